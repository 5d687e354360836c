"""Writing: one transaction, locks, constraints that answer with a sentence.

A deferred constraint fires at COMMIT, outside the action; `action` asks it before, so that a broken
invariant becomes a `Conflict` with the sentence registered for the constraint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import pghistory
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models, transaction

from fregat.lib.errors import Conflict, Invalid, NotFound, Sentence
from fregat.lib.once import forgotten

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

_sentences: dict[str, Sentence] = {}
_LOCK_NOT_AVAILABLE = {"55P03", "40P01", "40001"}
_RAISED_BY = re.compile(r"PL/pgSQL function (?:pgtrigger_(\w+)_[0-9a-f]+|(\w+))\(")


def explain(constraint: str, sentence: Sentence) -> None:
    """Register the sentence that people read when the database refuses by this constraint."""
    _sentences[constraint] = sentence


def explain_all(sentences: Mapping[str, Sentence]) -> None:
    """The same for a room's whole table; `tests/meta/test_constraints.py` fails for one that lacks a sentence."""
    _sentences.update(sentences)


def explained() -> set[str]:
    """Names of the constraints, and of the triggers that name none, that have a sentence."""
    return set(_sentences)


def refusal(error: Exception) -> Conflict | Invalid | None:
    """The refusal behind a database error, or None when it is a fault of ours."""
    diag = getattr(error.__cause__, "diag", None)
    name = getattr(diag, "constraint_name", None) or _raised_by(getattr(diag, "context", None) or "")
    if name in _sentences:
        return Conflict(_sentences[name], code=name)
    if getattr(error.__cause__, "pgcode", None) in _LOCK_NOT_AVAILABLE:
        from django.utils.translation import gettext as _

        return Conflict(_("Somebody is changing this record right now. Please try again."), code="busy")
    return None


def _raised_by(context: str) -> str:
    """The trigger's function that refused without naming a constraint; pgtrigger's by the trigger's own name."""
    found = _RAISED_BY.search(context)
    return (found[1] or found[2]) if found else ""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: one transaction, constraints asked inside it, refusals with sentences.

    Rows of the history written inside say `by` whom, at whatever door: a job has no request to tell it.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with forgotten(), _signed(kwargs.get("by")), transaction.atomic():
                result = function(*args, **kwargs)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
                return result
        except DatabaseError as error:
            refused = refusal(error)
            if refused is None:
                raise
            raise refused from error

    return cast(Callable[P, R], run)


def _signed(by: Any) -> AbstractContextManager[Any]:
    pk = getattr(by, "pk", None)
    return nullcontext() if pk is None else pghistory.context(user=pk)


def lock(rows: models.QuerySet[M], *, no_key: bool = False, **lookup: Any) -> M:
    """The one row, locked until the end of the transaction. Raises NotFound.

    `no_key`: rows that refer to it can be written meanwhile.
    """
    try:
        return rows.select_for_update(of=("self",), no_key=no_key).get(**lookup)
    except ObjectDoesNotExist:
        raise NotFound() from None

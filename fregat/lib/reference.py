"""Reference data, small tables that every page reads and hardly anybody changes, kept in the memory of a process.

    @kept
    def countries(language: str) -> ...   # asks the database

Triggers on those tables (`noted()` among a model's) give `Reference` another version with every change; the frame
of a request reads the version. What was read under the same version is not asked again: nobody sees old names, and
nothing has to be emptied. Outside a request, in jobs and commands, the database is asked each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

import pgtrigger
from django.db.models import Subquery
from django.db.models.expressions import Combinable

from fregat.lib.models import Reference
from fregat.lib.once import fixed, once

P = ParamSpec("P")
R = TypeVar("R")

VERSION = "reference"
"""What the frame fixes for the request."""

_kept: dict[Any, tuple[UUID, Any]] = {}


def changed() -> pgtrigger.Trigger:
    """Of a table of reference data: whoever changes it, in whatever way, changes the version."""
    return pgtrigger.Trigger(
        name="reference_changed",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            INSERT INTO lib_reference (id, version) VALUES (1, gen_random_uuid())
            ON CONFLICT (id) DO UPDATE SET version = excluded.version;
            RETURN NULL;
        """,
    )


@once
def version(reader: Any) -> UUID | None:
    """The version of the reference data; None when nothing was ever written."""
    return Reference.objects.values_list("version", flat=True).first()


def version_part(reader: Any, now: Any) -> Combinable:
    """The same inside the statement of the frame."""
    return Subquery(Reference.objects.values("version")[:1])


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Ask the database once for each version, by the arguments (hashable, few of them). Callers change nothing."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        seen = fixed(VERSION)
        if seen is None:
            return function(*args, **kwargs)
        question = (function, args, tuple(sorted(kwargs.items())))
        found = _kept.get(question)
        if found is None or found[0] != seen:
            found = _kept[question] = (seen, function(*args, **kwargs))
        return cast(R, found[1])

    return asked

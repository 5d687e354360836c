"""Queries whose SQL is built once: for the few that are asked on every page and never look different.

    @frozen
    def tasks_of(case: int) -> QuerySet[Task]:
        return Task.objects.filter(case=case).select_related("assignee")

    tasks_of(case.pk)   # a list

Django builds the SQL of a query set anew each time, which costs five to ten times what the database needs for it.
The function is called once, with stand-ins for its arguments, and the SQL is kept, and prepared in the database
(`fregat.lib.prepared`); a call gives the arguments. So it may do nothing with its arguments but hand them to the query:
integers and texts as they are, one moment to which spans may be added. What decides about the form of the query is
a keyword argument: for each value of it the SQL is built apart.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.core.signals import setting_changed
from django.db import connections
from django.db.models import QuerySet

from fregat.lib.prepared import Statement

M = TypeVar("M")
P = ParamSpec("P")

_KEY = -9_007_199_254_740_881
"""Stands in for the first integer, one more for the second: no key of ours."""
NOW = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for the moment; moments that are counted from it are counted from the caller's."""
_FAR = timedelta(days=1_000)

_forgetful: list[Callable[[], None]] = []


def key(place: int = 0) -> int:
    """The stand-in for the integer at this place among the arguments."""
    return _KEY + place


def stand_in(place: int, kind: type) -> Any:
    """The stand-in for an argument of this kind at this place."""
    return {datetime: NOW, str: f"\ufdd0{place}"}.get(kind) or key(place)


def _fits(value: Any) -> bool:
    """Can a row have it as its key? Django asks the same of a filter."""
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def checked(params: Any) -> list[Any]:
    """The parameters of a statement that was built with stand-ins. Raises TypeError for a moment of its own in it,
    which would be taken for one that is counted from the caller's."""
    for one in params:
        if isinstance(one, list | tuple):
            checked(one)
        elif isinstance(one, datetime) and abs(one - NOW) > _FAR:
            raise TypeError("a query that is built once has no moment but the one it is given")
    return list(params)


def forget_with(clear: Callable[[], None]) -> None:
    """Call `clear` when a setting was changed (in tests): what was built may depend on it."""
    _forgetful.append(clear)


def forget(**_signal: Any) -> None:
    """Build anew what was built: something has changed that decides about the form of queries."""
    for clear in _forgetful:
        clear()


setting_changed.connect(forget, dispatch_uid="frozen")


def frozen(build: Callable[P, QuerySet[Any, M]]) -> Callable[P, list[M]]:
    """The function, asking with SQL that is built once for each form."""

    @cache
    def built(
        kinds: tuple[type, ...], form: tuple[tuple[str, Any], ...]
    ) -> tuple[QuerySet[Any, M], Any, Statement | None]:
        stand_ins = tuple(stand_in(place, kind) for place, kind in enumerate(kinds))
        rows = build(*stand_ins, **dict(form))
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # of this form there is never a row
            return rows, compiler, None
        return rows, compiler, Statement(rows.db, sql, checked(params), stand_ins)

    @wraps(build)
    def asked(*args: P.args, **form: P.kwargs) -> list[M]:
        kinds = tuple(type(one) for one in args)
        rows, compiler, statement = built(kinds, tuple(sorted(form.items())))
        if statement is None or not all(_fits(one) for one in args):
            return []
        mine = copy(compiler)
        mine.connection = connections[rows.db]  # this thread's
        found = rows.all()
        found.query.get_compiler = lambda *_args, **_kwargs: mine  # type: ignore[method-assign]
        with statement.asked(*args) as asked_with:
            mine.as_sql = lambda *_args, **_kwargs: asked_with
            return list(found)

    forget_with(built.cache_clear)
    return asked

"""Queries whose SQL is built once: for the few that are asked on every page and never look different.

    @frozen
    def tasks_of(case: int) -> QuerySet[Task]:
        return Task.objects.filter(case=case).select_related("assignee")

    tasks_of(case.pk)   # a list

Django builds the SQL of a query set anew each time, which costs five to ten times what the database needs for it.
The function is called once, with stand-ins for its arguments, and the SQL is kept; a call replaces the stand-ins in
the parameters. So it may do nothing with its arguments but hand them to the query: integers as they are, one moment
to which spans may be added. What decides about the form of the query is a keyword argument, and each value of it is
built apart.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.signals import setting_changed
from django.db import connections, models
from django.db.models import QuerySet

M = TypeVar("M", bound=models.Model)
P = ParamSpec("P")

_KEY = -9_007_199_254_740_881
"""Stands in for the first integer, one more for the second: no key of ours."""
NOW = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for the moment; moments that are counted from it are counted from the caller's."""

_forgetful: list[Callable[[], None]] = []


def key(place: int = 0) -> int:
    """The stand-in for the integer at this place among the arguments."""
    return _KEY + place


def replaced(params: Any, values: dict[int, int], now: datetime | None = None) -> list[Any]:
    """The parameters of a built statement with what the stand-ins stand for."""
    return [_replaced(one, values, now) for one in params]


def _replaced(value: Any, values: dict[int, int], now: datetime | None) -> Any:
    if isinstance(value, list | tuple):
        return [_replaced(one, values, now) for one in value]
    if isinstance(value, datetime):
        if now is None:
            raise TypeError("the query has a moment, and none was given")
        return now + (value - NOW)
    if isinstance(value, int) and not isinstance(value, bool):
        return values.get(value, value)
    return value


def forget_with(clear: Callable[[], None]) -> None:
    """Call `clear` when a setting was changed (in tests): what was built may depend on it."""
    _forgetful.append(clear)


def _forget(**_signal: Any) -> None:
    for clear in _forgetful:
        clear()


setting_changed.connect(_forget, dispatch_uid="frozen")


def frozen(build: Callable[P, QuerySet[M]]) -> Callable[P, list[M]]:
    """The function, asking with SQL that is built once for each form."""

    @cache
    def built(
        kinds: tuple[bool, ...], form: tuple[tuple[str, Any], ...]
    ) -> tuple[QuerySet[M], Any, str, Any]:
        stand_ins = [NOW if is_moment else key(place) for place, is_moment in enumerate(kinds)]
        rows = build(*stand_ins, **dict(form))  # type: ignore[arg-type]
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, params

    @wraps(build)
    def asked(*args: P.args, **form: P.kwargs) -> list[M]:
        moments = [one for one in args if isinstance(one, datetime)]
        kinds = tuple(isinstance(one, datetime) for one in args)
        rows, compiler, sql, params = built(kinds, tuple(sorted(form.items())))
        values = {key(place): one for place, one in enumerate(args) if isinstance(one, int)}
        own = replaced(params, values, moments[0] if moments else None)
        mine = copy(compiler)
        mine.connection = connections[rows.db]  # this thread's
        mine.as_sql = lambda *_args, **_kwargs: (sql, tuple(own))
        found = rows.all()
        found.query.get_compiler = lambda *_args, **_kwargs: mine  # type: ignore[method-assign]
        return list(found)

    forget_with(built.cache_clear)
    return asked

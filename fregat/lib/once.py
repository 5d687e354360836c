"""What is asked again and again while one request is read, and answered once: who is on duty, who leads.

    @once
    def current_shift(employee, now): ...

The answers are the request's own: `RightsMiddleware` opens the notes and throws them away. The moment is among
the arguments, so another `now` is another question. An action works without notes and ends them: under its
locks it asks the database itself, and what is read after it is read anew. Jobs and commands have no notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from fregat.lib import clock

P = ParamSpec("P")
R = TypeVar("R")

_notes: ContextVar[dict[Any, Any] | None] = ContextVar("fregat_notes", default=None)
_fixed: ContextVar[dict[str, Any] | None] = ContextVar("fregat_fixed", default=None)


@contextmanager
def noted() -> Iterator[None]:
    """Remember answers of `once` functions until the end of the block."""
    token, fixed_token = _notes.set({}), _fixed.set({})
    try:
        yield
    finally:
        _notes.reset(token)
        _fixed.reset(fixed_token)


@contextmanager
def forgotten() -> Iterator[None]:
    """Ask the database inside the block; what was known before it is forgotten."""
    known = _notes.get()
    token = _notes.set(None)
    try:
        yield
    finally:
        _notes.reset(token)
        if known is not None:
            known.clear()


def forget() -> None:
    """Whoever changed something outside an action says so: what was known is out of date."""
    known = _notes.get()
    if known is not None:
        known.clear()


def once(function: Callable[P, R]) -> Callable[P, R]:
    """Answer a question of the read side once in a request, by its arguments (hashable)."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _notes.get()
        if known is None:
            return function(*args, **kwargs)
        question = (function, args, tuple(sorted(kwargs.items())))
        if question not in known:
            known[question] = function(*args, **kwargs)
        return cast(R, known[question])

    return asked


def know(function: Callable[..., Any], answer: Any, *args: Any) -> None:
    """Note the answer that was read with others: `function` (a `once` one) with these arguments is not asked."""
    known = _notes.get()
    if known is not None:
        known[function.__wrapped__, args, ()] = answer  # type: ignore[attr-defined]


def known(function: Callable[..., Any], *args: Any) -> Any:
    """The noted answer; None when nobody has asked in this request."""
    notes = _notes.get()
    return notes.get((function.__wrapped__, args, ())) if notes is not None else None  # type: ignore[attr-defined]


def fix(name: str, value: Any) -> None:
    """Say something of the beginning of this request that holds to its end, inside actions too."""
    said = _fixed.get()
    if said is not None:
        said[name] = value


def fixed(name: str) -> Any:
    """What was said; None outside a request."""
    return (_fixed.get() or {}).get(name)


@once
def moment() -> datetime:
    """The moment of this request: a page and the bar above it are read as of the same, and ask the same once."""
    return clock.now()

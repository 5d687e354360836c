"""What a person sends, and times as programs and as people say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fregat.lib import clock
from tests.meta.routes import Samples

Make = Callable[[Samples], dict[str, Any]]


@dataclass(frozen=True)
class Body:
    """A good body. `who`: of the cast, with the right and the object in their scope."""

    make: Make = field(default=lambda got: {})
    who: str = "operator"
    answers: tuple[int, ...] = (200, 201, 204, 302)
    """What it is answered with."""
    files: Callable[[], dict[str, Any]] | None = None
    """Fields that hold files."""


def ahead(hours: float) -> str:
    """An instant to come, as programs say it."""
    return (clock.now() + timedelta(hours=hours)).isoformat()


def said(hours: float) -> str:
    """An instant to come, as people say it."""
    return clock.local(clock.now() + timedelta(hours=hours)).strftime("%d.%m.%Y %H:%M")


def day(hours: float) -> str:
    """Its day."""
    return clock.local(clock.now() + timedelta(hours=hours)).strftime("%d.%m.%Y")

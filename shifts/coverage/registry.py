"""How many calls are expected: shifts know no cases, so the room of the cases says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

Demand = Callable[[Sequence[date], datetime], Mapping[date, Sequence[float]]]
"""`demand(days, now)` → day → calls expected in each of its 96 quarter-hours on the centre's clock."""

_demand: list[Demand] = []


def demand_said_by(source: Demand) -> None:
    """Name the room that knows the demand."""
    if source not in _demand:
        _demand.append(source)


def demand(days: Sequence[date], now: datetime) -> Mapping[date, Sequence[float]]:
    """Nothing is expected while no room knows it."""
    return _demand[0](days, now) if _demand else {}

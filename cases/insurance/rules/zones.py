"""The time zones of a country, by the table that comes with `tzdata`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_OF_NO_LAW = {("UA", "Europe/Simferopol")}
"""In the table, but the time of Kyiv is that of all Ukraine."""


@cache
def _zones() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _place, zone, *_comment = line.split("\t")
            if (code, zone) not in _OF_NO_LAW:
                found.setdefault(code, set()).add(zone)
    return {code: frozenset(zones) for code, zones in found.items()}


_ENDS = ("Pacific/Pago_Pago", "Pacific/Kiritimati")
"""Where people live and a day ends last and begins first."""


def days_in(country: str, at: datetime) -> frozenset[date]:
    """The days that it is in the country at an instant. Raises OverflowError and ValueError beyond all calendars."""
    return frozenset(at.astimezone(ZoneInfo(zone)).date() for zone in _zones().get(country, ()))


def days_anywhere(at: datetime) -> frozenset[date]:
    """The days that it is at an instant somewhere. Raises OverflowError and ValueError beyond all calendars."""
    return frozenset(at.astimezone(ZoneInfo(zone)).date() for zone in _ENDS)

"""The plan of shifts: cells of the month, publishing, rules of working time."""

from __future__ import annotations

from typing import Any

from fregat.lib import clock
from tests.meta.bodies.body import Body, ahead, day
from tests.meta.routes import Samples


def _next_week(got: Samples) -> dict[str, Any]:
    """A day on which nobody of the cast has a shift."""
    return {"employee": "operator2", "day": ahead(24 * 7)[:10], "kind": "night", "back": "view="}


PAGES: dict[str, Body] = {
    "roster:cell": Body(_next_week, "senior"),
    # There is no draft in the samples.
    "roster:publish": Body(lambda got: {"reason": "Так треба.", "back": "view="}, "senior", (409,)),
    "roster:undo": Body(lambda got: {"back": "view="}, "senior", (409,)),
    "roster:confirm": Body(lambda got: {"until": clock.now().isoformat(), "back": "view="}),
    "roster:patterns": Body(
        lambda got: {"name": "Два через два", "sequence": "Д Д - -", "pattern": ""}, "senior"
    ),
    "roster:pattern_use": Body(
        lambda got: {"employee": "operator2", "pattern": "", "starts_on": day(24)}, "senior"
    ),
    # Nobody of the samples works by a pattern.
    "roster:make": Body(lambda got: {"back": "view="}, "senior", (409,)),
    "proposal:proposals": Body(lambda got: {"month": day(24 * 40)[6:] + "-" + day(24 * 40)[3:5]}, "senior"),
    # The sample's search is over.
    "proposal:cancel": Body(who="senior", answers=(409,)),
    "proposal:write": Body(who="senior"),
    "roster:wish": Body(
        lambda got: {"kind": "off", "first_day": day(24), "last_day": day(48), "note": "День народження."}
    ),
    "roster:wish_withdraw": Body(lambda got: {"wish": "2000000001"}, answers=(404,)),
    "roster:calendar_key": Body(),
    "roster:calendar_withdraw": Body(),
    "roster:hours_export": Body(
        lambda got: {"kind": "xlsx", "purpose": "Табель.", "back": "month=2026-11"}, "head", (200,)
    ),
    "roster:rules": Body(
        lambda got: {"kind": "rest", "limit": "1.5", "on": "on", "since": day(24), "reason": "Наказ."}, "head"
    ),
}

QUESTIONS: dict[str, Body] = {
    "roster:patterns": Body(lambda got: {"pattern": "1", "employee": "operator"}, "senior"),
    "roster:make": Body(lambda got: {"month": "2026-12", "team": "senior", "person": "operator"}, "senior"),
    "roster:hours": Body(lambda got: {"month": "2026-11"}, "head"),
    "proposal:proposals": Body(lambda got: {"month": "2026-12", "team": "senior"}, "head"),
    "roster:calendar": Body(lambda got: {"key": "none-such"}, answers=(404,)),
    "roster:rules": Body(lambda got: {"change": "rest"}, "head"),
}

READ_ONLY = frozenset({"roster:mine", "roster:hours", "roster:calendar"})

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
    "roster:rules": Body(
        lambda got: {"kind": "rest", "limit": "1.5", "on": "on", "since": day(24), "reason": "Наказ."}, "head"
    ),
}

QUESTIONS: dict[str, Body] = {
    "roster:rules": Body(lambda got: {"change": "rest"}, "head"),
}

"""The plan of shifts: rules of working time."""

from __future__ import annotations

from tests.meta.bodies.body import Body, day

PAGES: dict[str, Body] = {
    "roster:rules": Body(
        lambda got: {"kind": "rest", "limit": "1.5", "on": "on", "since": day(24), "reason": "Наказ."}, "head"
    ),
}

QUESTIONS: dict[str, Body] = {
    "roster:rules": Body(lambda got: {"change": "rest"}, "head"),
}

"""Guarantee letters."""

from __future__ import annotations

from tests.meta.bodies.body import Body

_LETTER = {
    "kind": "visit", "provider": "Міська лікарня", "limit": "120.50", "currency": "EUR", "why": "Просять одразу.",
}  # fmt: skip
_REASON = {"reason": "Помилилися лікарнею."}

PAGES: dict[str, Body] = {
    "assistance:new": Body(lambda got: {**_LETTER, "token": ""}),
    "assistance:agree": Body(who="senior"),
    "assistance:refuse": Body(lambda got: _REASON, "senior"),
    "assistance:withdraw": Body(lambda got: _REASON, answers=(409,)),
}
CALLS: dict[str, Body] = {
    "POST api:case-letters": Body(lambda got: _LETTER),
    "POST api:letter-agree": Body(who="senior"),
    "POST api:letter-refuse": Body(lambda got: _REASON, "senior"),
    # It is not given yet.
    "POST api:letter-withdraw": Body(lambda got: _REASON, answers=(409,)),
}

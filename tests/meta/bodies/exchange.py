"""Exchanges of shifts: the sample waits for the senior manager; the shift of the samples has begun."""

from __future__ import annotations

from typing import Any

from tests.meta.bodies.body import Body
from tests.meta.routes import Samples

_FILTERS = {"state": "open", "person": "operator"}


def _asked(got: Samples) -> dict[str, Any]:
    return {"shift": got["shift"].pk, "colleague": "operator2", "wanted": None, "words": "Весілля."}


PAGES: dict[str, Body] = {
    "exchange:ask": Body(
        lambda got: {"colleague": "operator2", "wanted": "", "words": "Весілля."}, answers=(409,)
    ),
    "exchange:answer": Body(lambda got: {"agree": "yes", "words": "Добре."}, "operator2", (409,)),
    "exchange:decide": Body(lambda got: {"agree": "yes", "reason": "Так треба."}, "senior"),
    "exchange:withdraw": Body(),
}

CALLS: dict[str, Body] = {
    "POST api:exchanges": Body(_asked, answers=(409,)),
    "POST api:exchange-answer": Body(lambda got: {"agree": True, "words": "Добре."}, "operator2", (409,)),
    "POST api:exchange-decide": Body(lambda got: {"agree": True, "reason": "Так треба."}, "senior"),
    "POST api:exchange-withdraw": Body(),
}

QUESTIONS: dict[str, Body] = {
    "exchange:exchanges": Body(lambda got: dict(_FILTERS), "senior"),
    "exchange:ask": Body(lambda got: {"colleague": "operator2"}),
    "api:exchanges": Body(lambda got: {**_FILTERS, "cursor": "", "limit": "20"}, "senior"),
    "api:exchange-offers": Body(lambda got: {"colleague": "operator2"}),
}

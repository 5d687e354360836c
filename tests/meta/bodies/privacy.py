"""Broken glass, consents, what is passed on."""

from __future__ import annotations

from tests.cast import PASSWORD
from tests.meta.bodies.body import Body, said

_GIVEN = {"recipient_kind": "relative", "recipient": "Дружина", "parts": ["identity"]}

PAGES: dict[str, Body] = {
    "privacy:find": Body(lambda got: {"number": got["case"].number}, "senior"),
    "privacy:finding_take_up": Body(who="head", answers=(200, 302, 409)),
    "privacy:finding_explain": Body(
        lambda got: {"explanation": "Дзвонила родичка."}, answers=(200, 302, 400, 404, 409)
    ),
    "privacy:finding_decide": Body(
        lambda got: {"decision": "justified", "reason": "Так."}, "head", (200, 302, 400, 409)
    ),
    "privacy:verify": Body(who="head"),
    "privacy:consent_new": Body(
        lambda got: {
            **_GIVEN, "project": got["policy"].insurer.code, "since": said(-1), "until": said(240),
            "reference": "Лист № 7",
        },
        "senior",
    ),
    "privacy:consent_answer": Body(
        lambda got: {"answer": "yes", "until": said(240), "reference": "Лист № 8"}, "senior"
    ),
    "privacy:consent_withdraw": Body(lambda got: {"reason": "Відкликано."}, "senior"),
    "privacy:glass_new": Body(
        lambda got: {
            "kind": "case", "number": got["case"].number, "birth_date": "", "reason": "life",
            "words": "Дзвінок із лікарні.", "secret": PASSWORD,
        },
        answers=(302, 400, 403, 409),
    ),
    "privacy:glass_close": Body(answers=(302, 409)),
    "privacy:glass_review": Body(
        lambda got: {"outcome": "justified", "words": "Так."}, "senior", (200, 302)
    ),
    "casework:case_pass_on": Body(
        lambda got: {**_GIVEN, "service": "", "purpose": "Хоче знати.", "ask": "1"}, answers=(200, 409)
    ),
}  # fmt: skip

"""Absences: the sample is a sick leave of some days ago whose certificate came late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from fregat.lib import clock
from tests.meta.bodies.body import Body, day


def _certificate() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("довідка.pdf", b"%PDF-1.7 %%EOF", "application/pdf")}


def _on(hours: float) -> str:
    """A day to come, as programs say it."""
    return clock.local(clock.now() + timedelta(hours=hours)).date().isoformat()


PAGES: dict[str, Body] = {
    "absence:absences": Body(
        lambda got: {"kind": "vacation", "since": day(240), "until": day(264), "words": "Море."}
    ),
    "absence:record": Body(
        lambda got: {
            "employee": "operator", "kind": "sick", "since": day(480), "until": day(504), "words": "Дзвонила.",
        },
        "senior",
    ),
    # Sick leave needs nobody's agreement.
    "absence:agree": Body(who="senior", answers=(409,)),
    "absence:refuse": Body(lambda got: {"reason": "Ні."}, "senior", (409,)),
    "absence:withdraw": Body(answers=(409,)),
    "absence:bring": Body(files=_certificate),
    # The days are over: no shift of them is left to cover.
    "absence:cover": Body(
        lambda got: {"shift": got["shift"].pk, "employee": "operator2"}, "senior", (400,)
    ),
    "absence:explain": Body(lambda got: {"explanation": "Лікар у відпустці."}),
    "absence:judge": Body(lambda got: {"decision": "excused", "grounds": "Подано."}, "director"),
}  # fmt: skip

CALLS: dict[str, Body] = {
    "POST api:absences": Body(
        lambda got: {"kind": "vacation", "since": _on(720), "until": _on(744), "words": "Море."}
    ),
    "POST api:absences-record": Body(
        lambda got: {
            "employee": "operator", "kind": "sick", "since": _on(960), "until": _on(984), "words": "Дзвонила.",
        },
        "senior",
    ),
    "POST api:absence-agree": Body(who="senior", answers=(409,)),
    "POST api:absence-refuse": Body(lambda got: {"reason": "Ні."}, "senior", (409,)),
    "POST api:absence-withdraw": Body(answers=(409,)),
    "POST api:absence-cover": Body(
        lambda got: {"shift": got["shift"].pk, "employee": "operator2"}, "senior", (400,)
    ),
    "POST api:absence-explain": Body(lambda got: {"explanation": "Лікар у відпустці."}),
    "POST api:absence-judge": Body(lambda got: {"decision": "excused", "grounds": "Подано."}, "director"),
}  # fmt: skip

QUESTIONS: dict[str, Body] = {
    "api:absences": Body(
        lambda got: {
            "employee": "operator", "kind": "sick", "state": "agreed", "on": _on(0), "waits_for_me": "true",
            "cursor": "", "limit": "20",
        },
        "senior",
    ),
    "api:absence-kinds": Body(lambda got: {"cursor": "", "limit": "20"}),
}  # fmt: skip

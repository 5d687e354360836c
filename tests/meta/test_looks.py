"""Every page and call that shows a person or a case writes the look down (JD II.15, E1)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from staff.employees.models import Employee
from tests.meta.routes import PHONE, SURNAME, Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTIONS = {
    "search": {"q": SURNAME},
    "insurance:look_up": {"q": SURNAME},
    "casework:call_lookup": {"q": SURNAME},
    "api:insured-lookup": {"q": SURNAME},
}
"""Look-ups are POST: names do not belong in addresses."""


def test_whatever_shows_a_person_or_a_case_is_written_down(
    samples: Samples, operator: Employee, head: Employee
) -> None:
    unlogged, shown = [], set()
    for visitor in (Visitor(operator), Visitor(head)):
        for route, answer in _answers(visitor, samples):
            if _shows_the_person(answer):
                shown.add(route.name)
                if not visitor.looked_at & _uuids(samples):
                    unlogged.append(f"{visitor.who} {route.name}")
    assert not unlogged, "shown, and in no log: " + ", ".join(unlogged)
    assert shown >= {"casework:case", "api:case", "insurance:person", *QUESTIONS}


def test_what_the_log_cannot_take_is_not_shown(
    samples: Samples, operator: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cases.privacy.actions import log

    def fail(*_: object, **__: object) -> None:
        raise OSError("the log is away")

    monkeypatch.setattr(log, "_statement", fail)
    shown = [
        route.name for route, answer in _answers(Visitor(operator), samples) if _shows_the_person(answer)
    ]
    assert not shown, "shown without a log: " + ", ".join(shown)


def _answers(visitor: Visitor, samples: Samples) -> Iterator[tuple[Route, HttpResponse]]:
    """What this person reads: every GET, and every look-up."""
    for route in routes():
        method = "POST" if route.name in QUESTIONS else "GET"
        if visitor.may(route.action(method)):
            data = QUESTIONS.get(route.name)
            yield route, visitor.ask(route, method, samples.of(route), whole=True, data=data)


def _shows_the_person(answer: HttpResponse) -> bool:
    if answer.status_code != 200 or answer.streaming:
        return False
    text = answer.content.decode(errors="replace")  # of a PDF and a photograph too
    # The form of a look-up repeats the question: then only the number tells that somebody was found.
    return any(word in text for word in (f"{SURNAME} ", SURNAME.upper(), "KHRYSTENKO", PHONE, PHONE[-7:]))


def _uuids(samples: Samples) -> set[object]:
    return {samples.objects[name].uuid for name in ("case", "person", "policy")}

"""Five hundred rows and five thousand cost no more statements than ten, in every list of pages and API."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from cases.privacy.actions import Passing
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.meta.crowd import grow
from tests.meta.routes import Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SIZES = (10, 500, 5_000)
READERS = ("senior", "operator", "head", "director", "officer", "client", "admin_")
"""Who reads a list: the first of them who may."""
OF_OBJECTS = {
    "privacy:who",
    "employees:record",
    "insurance:person",
    "employees:history",
    "casework:case_history",
}
"""They name an object, and list what belongs to it."""
QUESTIONS = {"search": "q", "insurance:look_up": "q", "casework:call_lookup": "q", "api:insured-lookup": "q"}
NO_LISTS = {
    "healthz", "readyz", "metrics", "schema", "docs", "admin:jsi18n", "admin:autocomplete", "documents:new",
    "documents:decide", "employees:export", "privacy:consent_new", "privacy:glass_new",
}  # fmt: skip
"""They list nothing, or are forms; those of the administration (`…_add`) too."""


@pytest.fixture
def sample(samples: Samples, operator: Employee, senior: Employee, director: Employee) -> dict[str, Any]:
    """One row of each crowd."""
    from cases.casework.actions import add_note, pass_on
    from cases.insurance.models import PolicyPerson

    case, got = samples["case"], samples.objects
    add_note(by=operator, number=case.number, text="Нотатка.")
    passing = Passing(recipient_kind="insurer", recipient="", parts=("identity",), purpose="Звіт.")
    disclosed = pass_on(by=operator, number=case.number, passing=passing)
    handover = got["handover"]
    return {
        "employee": operator, "subordination": operator.subordinations.get(), "assignment": operator.assignments.get(),
        "shift": got["shift"], "attendance": got["shift"].attendance, "insurer": case.insurer, "person": got["person"],
        "policy": got["policy"], "named": PolicyPerson.objects.get(policy=got["policy"]), "case": case,
        "responsibility": case.responsibilities.get(), "task": case.tasks.first(),
        "told": case.escalations.get(reason="country"),
        "told_of_service": case.escalations.get(reason="hospital"), "service": case.services.first(),
        "entry": case.timeline.first(),
        "note": case.notes.first(), "handover": handover, "hop": handover.hops.get(), "order": got["order"],
        "import": got["staff_import"], "substitution": got["substitution"], "decision": got["decision"],
        "instruction": got["instruction"].assignment.instruction, "order_given": got["instruction"].assignment,
        "notice": Notice.objects.filter(employee=operator).first(), "session": got["session"], "look": got["look"],
        "finding": got["finding"], "glass": got["glass"], "consent": got["consent"],
        "request": got["consent_request"], "disclosure": disclosed,
    }  # fmt: skip


def _lists() -> list[Route]:
    """Every address that lists: it names no object, or is one of those that list what belongs to one."""
    return [
        route
        for route in routes()
        if (not route.arguments or route.name in OF_OBJECTS)
        and route.name not in NO_LISTS
        and not route.name.endswith("_add")
    ]


def _costs(visitors: dict[str, Visitor], samples: Samples) -> dict[str, int]:
    found = {}
    for route in _lists():
        method = "POST" if route.name in QUESTIONS else "GET"
        visitor = next((one for one in visitors.values() if one.may(route.action(method))), None)
        if visitor is None:
            continue
        data = {QUESTIONS[route.name]: "Христенко"} if route.name in QUESTIONS else None
        answer = visitor.ask(route, method, samples.of(route), whole=True, data=data)
        if answer.status_code == 200 and not answer.streaming:
            found[route.name] = len(visitor.statements)
    return found


def test_five_hundred_and_five_thousand_rows_cost_no_more_than_ten(
    samples: Samples, sample: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    visitors = {who: Visitor(request.getfixturevalue(who)) for who in READERS}
    visitors["operator"].page.get("/")  # content types and the like are read once
    last, costs = 0, []
    for size in SIZES:
        grow(sample, last + 1, size)
        last = size
        _costs(visitors, samples) if size == SIZES[0] else None
        reader = visitors["operator"].page  # reference data are read once after a change
        reader.get(reverse("casework:new_call"))
        reader.post(reverse("insurance:look_up"), {"q": "Христенко"})
        costs.append(_costs(visitors, samples))
    few, some, many = costs
    assert set(few) == set(some) == set(many)
    assert set(few) >= {
        "casework:cases", "desk:home", "desk:board", "employees:people", "employees:orders", "roster:roster", "search",
        "privacy:log", "privacy:who", "privacy:glasses", "privacy:disclosures", "privacy:consents", "tasks:tasks",
        "privacy:findings", "documents:decisions", "lib:notices", "insurance:look_up", "api:cases", "api:escalations",
        "api:handovers", "api:shifts", "api:insurers", "api:insured-lookup", "employees:me",
    }  # fmt: skip
    # Fewer is no fault: with a whole page of namesakes the look-up asks for no beginnings.
    grown = {
        name: (few[name], some[name], many[name]) for name in few if max(some[name], many[name]) > few[name]
    }
    assert not grown, f"statements with {SIZES} rows: {grown}"


def test_the_crowd_is_there(sample: dict[str, Any]) -> None:
    grow(sample, 1, SIZES[0])
    with connection.cursor() as cursor:
        for row in sample.values():
            cursor.execute(f'SELECT count(*) FROM "{row._meta.db_table}"')
            assert cursor.fetchone()[0] > SIZES[0], row._meta.label

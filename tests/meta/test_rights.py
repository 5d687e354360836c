"""Every address × every role × every method, through a real client, against the matrix (design: security).

New routes are found by themselves. An argument without a sample fails; a role let in without the right or
refused despite it, or refused in other words than ADR 0008 says, is a deviation. The tables themselves are
asked in `test_rows.py`.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from fregat.lib import rights
from fregat.lib.rights import PUBLIC
from staff.employees.models import Employee
from tests.meta.routes import METHODS, Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = pytest.mark.slow

PEOPLE = ("operator", "senior", "head", "director", "doctor", "client", "quality", "officer", "admin_")
"""One of each role, and of each department that has rights of its own."""

PAGE_METHODS = ("GET", "POST")

AT_WORK = frozenset({"operator", "senior", "head", "doctor"})
SEEN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("case", "task", "service", "person", "policy"), AT_WORK | {"client"}),
    "rulebook": AT_WORK | {"client", "director", "quality", "data", "admin"},
    **dict.fromkeys(("escalation", "handover", "letter"), AT_WORK),
    **dict.fromkeys(("contract", "programme"), frozenset({"operator", "senior", "head", "client"})),
    "record": frozenset({"operator", "senior", "head", "director"}),
    "staff_import": frozenset({"director"}),
    "insurers_list": frozenset({"head", "client"}),
    "substitution": frozenset({"senior", "head", "director"}),
    "account": frozenset({"operator", "senior", "head", "director", "admin"}),
    **dict.fromkeys(("consent", "consent_request"), frozenset({"senior", "head", "client", "data"})),
    "broken_glass": frozenset({"operator", "senior", "head", "data"}),
    "shift": frozenset({"operator", "senior", "head", "director"}),
    "proposal": frozenset({"senior", "head"}),
    **dict.fromkeys(
        ("break", "end_change", "exchange", "signed_sheet"), frozenset({"operator", "senior", "head"})
    ),
    **dict.fromkeys(("order", "absence"), frozenset({"operator", "senior", "head", "director"})),
    # Named for the operator alone; the head and the director see all.
    **dict.fromkeys(("document", "decision"), frozenset({"operator", "head", "director"})),
    **dict.fromkeys(("instruction", "instruction_report"), frozenset({"operator", "senior", "head"})),
    "article": AT_WORK | {"client", "director", "quality"},
    "conversation": frozenset({"operator", "head"}),
    "look": frozenset({"operator", "senior", "head", "director", "data"}),
    # Taken up, so she who looked may explain it.
    "finding": frozenset({"operator", "head", "director", "data"}),
    # Whoever sees the case, and whoever reads the whole log.
    "looked_at": AT_WORK | {"client", "director", "data"},
}
"""Who (`Visitor.who`) sees the sample of each kind, written out by hand from the design's matrix."""


def refused_at_the_door(answer: HttpResponse) -> bool:
    """Refused because the role has no such right, and not because of the object or of the state."""
    if answer.status_code != 403:
        return False
    if answer["Content-Type"] == "application/json":
        return bool(answer.json()["type"] == "no_right")
    return (answer.context or {}).get("code") == "no_right"


def expected(visitor: Visitor, route: Route, method: str) -> str:
    """What the matrix and ADR 0008 say: `sign in`, `404`, `405`, `403` (at the door), `pass`."""
    action = route.action(method)
    if action == PUBLIC:
        return "pass"
    if visitor.employee is None:
        return "sign in"
    if action is None and route.is_api:
        return "405"
    kind = rights.object_of(route.name)
    if kind and visitor.who not in SEEN[kind]:
        return "404"
    return "pass" if visitor.may(action) else "403"


def deviation(visitor: Visitor, route: Route, method: str, answer: HttpResponse) -> str:
    """What is wrong with an answer, or an empty string."""
    status, wanted = answer.status_code, expected(visitor, route, method)
    if status >= 500 and route.name != "readyz":
        return f"{visitor.who} {method} {route.name}: {status}, a fault"
    door = refused_at_the_door(answer)
    right = {
        "sign in": status == (403 if route.is_api else 401),
        "404": status == 404,
        "405": status == 405,
        "403": door,
        # What is there and may be done answers by its state and by what was sent.
        "pass": not door and (status != 404 or not rights.object_of(route.name)),
    }
    return "" if right[wanted] else f"{visitor.who} {method} {route.name}: {status}, and not {wanted}"


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*PEOPLE, "nobody"])
def test_nobody_passes_a_door_without_the_right_and_nobody_is_stopped_despite_it(
    samples: Samples, request: pytest.FixtureRequest, who: str
) -> None:
    visitor = Visitor(None if who == "nobody" else request.getfixturevalue(who))
    wrong = []
    for route in routes():
        values = samples.of(route)
        for method in METHODS if route.is_api else PAGE_METHODS:
            wrong.append(deviation(visitor, route, method, visitor.ask(route, method, values, watched=True)))
            cache.clear()
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


@pytest.mark.django_db
def test_pages_know_no_other_methods(
    samples: Samples, head: Employee, director: Employee, admin_: Employee
) -> None:
    wrong, visitors = [], [Visitor(person) for person in (head, director, admin_)]
    for route in routes():
        visitor = next((one for one in visitors if _at_home(one, route)), visitors[0])
        if not route.is_api:
            for method in set(METHODS) - set(PAGE_METHODS):
                answer = visitor.ask(route, method, samples.of(route))
                closed = {405} if route.action(method) else {403, 405}
                foreign = route.name.startswith(
                    ("admin:", "account_", "mfa_")
                )  # Django's and allauth's own pages
                if answer.status_code not in closed and not (foreign and answer.status_code < 500):
                    wrong.append(f"{method} {route.name}: {answer.status_code}")
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


def _at_home(visitor: Visitor, route: Route) -> bool:
    """May this person do something there, and do they see what the address names?"""
    kind = rights.object_of(route.name)
    allowed = any(route.action(method) and visitor.may(route.action(method)) for method in PAGE_METHODS)
    return allowed and (not kind or visitor.who in SEEN[kind])


@pytest.mark.django_db
def test_who_answers_for_the_work_and_the_head_see_it(
    samples: Samples, operator: Employee, head: Employee
) -> None:
    wrong = []
    for person in (operator, head):
        visitor = Visitor(person)
        for route in routes():
            if not route.arguments or not visitor.may(route.action("GET")):
                continue
            if route.name.startswith("admin:") or route.name in NOT_FOR_READING:
                continue
            answer = visitor.ask(route, "GET", samples.of(route), whole=True)
            if answer.status_code not in {200, 405}:
                wrong.append(f"{visitor.who} GET {route.name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


NOT_FOR_READING = {
    "casework:case_move",
    "casework:case_unfounded",
    "casework:case_responsible",
    "api:policy-verdict",
    "assistance:paper",
}
"""Forms whose answer to GET depends on the state of the case (409 with the sentence), or need more than arguments."""

"""Each look at a case is recorded with the ground it really had: one table, the most specific first (E1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from cases.casework import registry
from cases.casework.models import Case, Task
from cases.casework.querysets import ways
from cases.privacy.models import AccessLog
from cases.privacy.rules.log import GROUNDS
from fregat.lib import clock, frozen
from staff.employees.models import Employee
from tests.cast import make_case, make_employee
from tests.meta.conftest import handed_over
from tests.prepared import spelled_out

pytestmark = pytest.mark.django_db


class Centre:
    """The people of one shift, and the case that they look at."""

    def __init__(self, request: pytest.FixtureRequest, case: Case) -> None:
        self.request, self.case = request, case

    def __getattr__(self, name: str) -> Any:
        return self.request.getfixturevalue(name)

    def give(self, to: Employee) -> None:
        """Another answers for it now."""
        from cases.casework.actions import assign_case

        assign_case(by=self.senior, number=self.case.number, to=to, reason="Для проби.")

    def task(self, to: Employee) -> Task:
        now = clock.now()
        row: Task = Task.objects.create(
            case=self.case,
            at=now,
            by=self.operator,
            text="Дзвонити.",
            assignee=to,
            due_at=now + timedelta(hours=1),
        )
        return row

    def told(self, to: Employee) -> Any:
        now = clock.now()
        due_at = now + timedelta(minutes=5)
        return self.case.escalations.create(
            reason="unusual", text="x", raised_at=now, due_at=due_at, addressee=to
        )


@pytest.fixture
def centre(
    request: pytest.FixtureRequest,
    operator: Any,
    operator2: Any,
    senior: Any,
    on_shift: Any,
    policy: Any,
    person: Any,
) -> Centre:
    """Operators on shift, led by their senior manager; the case is of `operator`."""
    on_shift(senior, leads=True)
    on_shift(operator), on_shift(operator2)
    return Centre(request, make_case(operator, policy=policy, person=person))


def _handover(centre: Centre) -> Employee:
    centre.give(centre.operator2)
    handed_over(centre.case, centre.operator, centre.operator2)
    return centre.operator2


def _responsibility(centre: Centre) -> Employee:
    return centre.operator


def _escalation(centre: Centre) -> Employee:
    centre.told(centre.senior2)
    return centre.senior2


def _registered(ground: str) -> Callable[[Centre], Employee]:
    """A room above leads somebody of no project to the case: asked for an opinion, drawn into a sample."""

    def lead(centre: Centre) -> Employee:
        number = centre.case.number
        centre.request.getfixturevalue("monkeypatch").setitem(
            registry._grounds, ground, lambda user, now: Q(number=number)
        )
        frozen.forget()
        centre.request.addfinalizer(frozen.forget)
        centre.on_shift(centre.stranger)
        return centre.stranger

    return lead


def _task(centre: Centre) -> Employee:
    centre.task(centre.operator2)
    return centre.operator2


def _routed(centre: Centre) -> Employee:
    """Of no project and no team of hers: she leads the shift."""
    from shifts.roster.models import Shift

    Shift.objects.filter(employee=centre.senior).update(leads=False)
    centre.on_shift(centre.senior2, leads=True)
    return centre.senior2


def _team(centre: Centre) -> Employee:
    from shifts.roster.models import Shift

    Shift.objects.filter(employee=centre.senior).update(leads=False)
    return centre.senior


def _project(centre: Centre) -> Employee:
    return centre.operator2


def _centre(centre: Centre) -> Employee:
    return centre.head


WHO: dict[str, Callable[[Centre], Employee]] = {
    "handover": _handover, "responsibility": _responsibility, "escalation": _escalation, "task": _task,
    "consultation": _registered("consultation"), "sample": _registered("sample"), "routed": _routed,
    "team": _team, "project": _project, "centre": _centre,
}  # fmt: skip


@pytest.mark.parametrize("ground", WHO)
def test_the_page_the_call_and_the_lists_record_the_ground(
    centre: Centre, page: Any, api: Any, ground: str
) -> None:
    who, number = WHO[ground](centre), centre.case.number
    doors = (
        (page(who), f"/cases/{number}/"),
        (page(who), "/cases/"),
        (api(who), f"/api/v1/cases/{number}/"),
        (api(who), f"/api/v1/cases/{number}/timeline/"),
        (api(who), "/api/v1/cases/"),
    )
    for door, url in doors:
        last = AccessLog.objects.order_by("-id").values_list("id", flat=True).first() or 0
        assert door.get(url).status_code == 200
        looks = AccessLog.objects.filter(id__gt=last, objects_seen__contains=[centre.case.uuid])
        assert [look.ground for look in looks] == [ground], url


def test_of_several_grounds_the_first_of_the_table_is_recorded(centre: Centre, page: Any) -> None:
    senior = centre.senior
    centre.give(senior)
    handover = handed_over(centre.case, centre.operator, senior)
    told, task = centre.told(senior), centre.task(senior)
    browser, found = page(senior), []

    def look() -> None:
        assert browser.get(f"/cases/{centre.case.number}/").status_code == 200
        found.append(AccessLog.objects.filter(employee=senior.pk).latest("id").ground)

    def accept() -> None:
        handover.superseded_at = clock.now()
        handover.save()

    def rise() -> None:
        told.addressee = centre.head
        told.save()

    ends = (accept, lambda: centre.give(centre.operator), rise, task.delete)
    look()
    for end in ends:
        end()
        look()
    assert found == ["handover", "responsibility", "escalation", "task", "routed"]
    assert found == [word for word in GROUNDS if word in found], "the order of the table"


def test_a_list_records_each_case_on_its_own_ground(
    centre: Centre, page: Any, api: Any, project: Any
) -> None:
    mine, operator2 = make_case(centre.operator2, insurer=project), centre.operator2
    given = make_case(centre.operator, insurer=project)
    Task.objects.create(
        case=given, at=clock.now(), by=centre.operator, text="x", assignee=operator2, due_at=clock.now()
    )
    expected = {"responsibility": {mine.uuid}, "task": {given.uuid}, "project": {centre.case.uuid}}
    for door, url in ((page(operator2), "/cases/"), (api(operator2), "/api/v1/cases/")):
        last = AccessLog.objects.latest("id").pk if AccessLog.objects.exists() else 0
        assert door.get(url).status_code == 200
        looks = AccessLog.objects.filter(id__gt=last)
        assert {look.ground: set(look.objects_seen) for look in looks} == expected
    page(operator2).get("/")
    desk = AccessLog.objects.filter(employee=operator2.pk, route="desk:home")
    assert {look.ground: set(look.objects_seen) for look in desk} == {
        "responsibility": {mine.uuid}, "task": {given.uuid},
    }  # fmt: skip


def test_during_a_call_the_ground_is_the_call(centre: Centre, page: Any, api: Any, person: Any) -> None:
    page(centre.operator).post("/calls/new/lookup/", {"q": person.surname})
    look = AccessLog.objects.latest("id")
    assert (look.kind, look.ground, look.action) == ("person", "call", "search")
    page(centre.operator).post("/insured/", {"q": person.surname})
    assert AccessLog.objects.latest("id").ground == "project", "the look-up without a call"
    body = {
        "person": person.pk, "policy": centre.policy.pk, "caller": {"relation": "self"}, "place": {"country": "TR"},
        "description": "Гарячка.", "services": [{"kind": "visit"}],
    }  # fmt: skip
    answer = api(centre.operator).post("/api/v1/cases/", body, format="json")
    assert answer.status_code == 201 and answer.json()["possible_duplicates"]
    looks = AccessLog.objects.filter(route="api:cases")
    assert {(look.ground, look.part) for look in looks} == {("call", "list"), ("call", "medical")}


def test_a_person_looked_up_for_a_case_bears_its_ground_and_number(centre: Centre, page: Any) -> None:
    loose = make_case(centre.operator, insurer=centre.project, person_name="Ґалаган")
    assert page(centre.operator).get(f"/cases/{loose.number}/person/").status_code == 200
    look = AccessLog.objects.filter(kind="person").latest("id")
    assert (look.ground, look.reference) == ("responsibility", loose.number)


def test_the_answer_to_an_act_is_recorded_on_the_ground_that_let_it_in(centre: Centre, api: Any) -> None:
    url = f"/api/v1/cases/{centre.case.number}/responsible/"
    answer = api(centre.operator2).post(
        url, {"to": "operator2", "reason": "Беру."}, format="json", headers={"If-Match": "*"}
    )
    assert answer.status_code == 200
    assert AccessLog.objects.filter(employee=centre.operator2.pk).latest("id").ground == "project"


def test_every_way_to_a_case_is_a_word_of_the_log(centre: Centre) -> None:
    client = make_employee("client9", "client")
    for who in (centre.operator, centre.senior, centre.head, client):
        found = ways(who, clock.now())
        assert found and set(found) <= set(GROUNDS)


@pytest.mark.parametrize("who", ["operator", "senior", "client"])
def test_the_list_asks_for_the_grants_once(centre: Centre, page: Any, api: Any, who: str) -> None:
    """What is seen and on which ground: django-guardian's rows are read once in a statement, not for each ground."""
    person, door = getattr(centre, who), "/cases/"
    page(person).get(door)
    for ask, url in ((page(person).get, door), (api(person).get, "/api/v1/cases/")):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(url)
        said = [spelled_out(one["sql"]) for one in asked.captured_queries]
        assert any('"casework_case"."number"' in sql for sql in said)
        assert max(sql.count('FROM "insurance_insureruserobjectpermission"') for sql in said) == 1, said

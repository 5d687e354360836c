"""The personal record: which part of it is seen by whom, and how its work fields are changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib.errors import Invalid, NotAllowed, NotFound, Stale
from staff.employees import actions
from staff.employees.models import Employee
from tests.builders import give_order
from tests.staff.employees.crowd import make_crowd

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]
PRIVATE, WORK = "+380509990011", "+380447650011"


@pytest.fixture
def ring(operator: Employee) -> Employee:
    """`operator`, who can be reached."""
    return actions.change_work(
        by=None, employee=operator,
        changes={"phone": WORK, "private_phone": PRIVATE, "extension": "104", "email": "op@example.org"},
    )  # fmt: skip


def text_of(answer: Any) -> str:
    """What the page says, blanks left out of numbers."""
    return str(answer.content.decode()).replace(" ", "")


@pytest.mark.parametrize(
    ("who", "work", "private", "history"),
    [
        ("director", True, True, True), ("head", True, True, True), ("operator", True, True, True),
        ("senior", True, False, False),
    ],
)  # fmt: skip
def test_each_sees_the_part_that_is_theirs(
    page: Browser,
    ring: Employee,
    request: pytest.FixtureRequest,
    who: str,
    work: bool,
    private: bool,
    history: bool,
) -> None:
    Employee.objects.filter(pk=ring.pk).update(patronymic="Юріївна")
    said = text_of(page(request.getfixturevalue(who)).get("/staff/operator/"))
    assert (WORK[5:] in said, PRIVATE[5:] in said) == (work, private)
    assert ("Побатькові:" in said) == history


@pytest.mark.parametrize("who", ["senior2", "operator2", "doctor", "quality", "client_manager"])
@pytest.mark.parametrize("part", ["", "history/", "photo/"])
def test_outside_the_scope_nobody_exists(
    page: Browser, ring: Employee, request: pytest.FixtureRequest, who: str, part: str
) -> None:
    browser = page(request.getfixturevalue(who))
    assert browser.get(f"/staff/operator/{part}").status_code == 404
    assert browser.get(f"/staff/nobody-at-all/{part}").status_code == 404


def test_the_administrator_sees_the_account_alone(page: Browser, admin_: Employee, ring: Employee) -> None:
    browser = page(admin_)
    answer = browser.get("/staff/operator/")
    said = text_of(answer)
    assert (
        "Обліковийзапис" in said and WORK[5:] not in said and "Євтушенко" not in said and "Аврора" not in said
    )
    assert [browser.get(f"/staff/operator/{part}/").status_code for part in ("history", "photo")] == [
        404,
        404,
    ]


def test_the_record_says_who_was_the_senior_manager_before(
    page: Browser, director: Employee, operator: Employee, senior2: Employee
) -> None:
    give_order("senior_change", operator, by=director, senior=senior2)
    record = page(director).get("/staff/operator/").context["record"]
    assert (record.senior_now.senior.username, [tie.senior.username for tie in record.seniors_before]) == (
        "senior2", ["senior"],
    )  # fmt: skip


def test_the_history_says_who_changed_what_from_what_to_what(
    page: Browser, director: Employee, operator: Employee, senior2: Employee, project: Any, other_project: Any
) -> None:
    actions.change_work(
        by=director, employee=operator, changes={"extension": "104", "languages": ["uk", "pl"]}
    )
    give_order("senior_change", operator, by=director, senior=senior2)
    actions.set_projects(by=director, employee=operator, projects=["borey"])
    acts = page(director).get("/staff/operator/history/").context["acts"]
    said = {
        (change.name, change.old, change.new) for act in acts for change in act.changes if act.who == director
    }
    assert said == {
        ("Внутрішній номер", "—", "104"), ("Мови", "—", "українська, польська"),
        ("Старший менеджер", "Євтушенко Марко", "Щербак Лідія"),
        ("Проєкт", "СК «Аврора»", "—"), ("Проєкт", "—", "СК «Борей»"),
    }  # fmt: skip


def test_a_dismissal_stands_in_the_history(page: Browser, director: Employee, operator: Employee) -> None:
    give_order("dismissal", operator, by=director)
    acts = page(director).get("/staff/operator/").context["record"].acts
    names = {change.name: change.new for act in acts for change in act.changes if act.who == director}
    assert names["Може входити"] == "ні" and names["Старший менеджер"] == "—" and "Звільнено" in names


def test_the_senior_manager_reads_no_private_line_of_the_history(
    page: Browser, senior: Employee, ring: Employee
) -> None:
    said = text_of(page(senior).get("/staff/operator/history/"))
    assert WORK[5:] in said and PRIVATE[5:] not in said and "Особистийтелефон" not in said


# --- Changing ---------------------------------------------------------------------------------------------


def form(employee: Employee, **values: Any) -> dict[str, Any]:
    """What the form sends."""
    return {"version": employee.version, "phone": "", "extension": "", "email": "", "languages": [], **values}


def test_work_fields_are_changed_on_the_page(page: Browser, senior: Employee, operator: Employee) -> None:
    answer = page(senior).post(
        "/staff/operator/work/", form(operator, phone="067 123-45-67", languages=["pl", "uk"]), follow=True
    )
    operator.refresh_from_db()
    assert (operator.phone, operator.languages) == ("+380671234567", ["pl", "uk"])
    assert "+380 67 123 4567" in answer.content.decode()


def test_a_senior_manager_cannot_write_what_they_do_not_see(
    page: Browser, senior: Employee, ring: Employee
) -> None:
    page(senior).post("/staff/operator/work/", form(ring, private_phone="+380501112233"))
    ring.refresh_from_db()
    assert ring.private_phone == PRIVATE
    with pytest.raises(NotAllowed):
        actions.change_work(by=senior, employee=ring, changes={"private_phone": "1"})


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"phone": "мобільний"}, "не номер"), ({"phone": "12"}, "не номер"), ({"extension": "12a"}, "цифр"),
        ({"email": "пошта"}, "адрес"), ({"languages": ["xx"]}, "вибір"), ({"phone": "0" * 60}, "задовг"),
        ({"phone": "067\x00"}, "неможливо надрукувати"), ({"extension": "١٢"}, "цифр"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    page: Browser, head: Employee, operator: Employee, values: dict[str, Any], word: str
) -> None:
    answer = page(head).post("/staff/operator/work/", form(operator, **{"email": "a@example.org", **values}))
    body = answer.content.decode()
    assert answer.status_code == 400 and word in body
    assert "email" in values or "a@example.org" in body
    assert Employee.objects.get(pk=operator.pk).email == ""


def test_a_stale_save_shows_both_versions_and_the_next_one_passes(
    page: Browser, head: Employee, director: Employee, operator: Employee
) -> None:
    actions.change_work(by=director, employee=operator, changes={"extension": "200"})
    browser = page(head)
    answer = browser.post("/staff/operator/work/", form(operator, extension="300"))
    body = answer.content.decode()
    assert answer.status_code == 409 and "200" in body and "300" in body
    again = form(operator, extension="300") | {"version": answer.context["form"].data["version"]}
    assert browser.post("/staff/operator/work/", again).status_code == 302
    assert Employee.objects.get(pk=operator.pk).extension == "300"


def test_projects_are_set_as_a_whole_and_bind_at_once(
    page: Browser, head: Employee, operator: Employee, other_project: Any
) -> None:
    data = {"version": operator.version, "projects": ["borey"]}
    assert page(head).post("/staff/operator/projects/", data).status_code == 302
    assert set(operator.assignments.values_list("project", flat=True)) == {"borey"}
    from cases.insurance.models import Insurer

    assert [one.code for one in Insurer.objects.visible_to(Employee.objects.get(pk=operator.pk))] == ["borey"]
    stale = page(head).post("/staff/operator/projects/", {**data, "projects": ["aurora"]})
    assert (
        stale.status_code == 409 and "Аврора" in stale.content.decode() and "Борей" in stale.content.decode()
    )


def test_the_form_of_projects_shows_what_is_there(
    page: Browser, head: Employee, operator: Employee, other_project: Any
) -> None:
    body = page(head).get("/staff/operator/projects/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]*checked', body) == ["aurora"]


def test_a_project_that_is_none_is_refused(operator: Employee, head: Employee) -> None:
    with pytest.raises(Invalid):
        actions.set_projects(by=head, employee=operator, projects=["aurora", "nonsense"])
    assert operator.assignments.count() == 1


def test_nobody_gives_projects_to_themselves_or_without_the_right(
    head: Employee, senior: Employee, operator: Employee
) -> None:
    for by, whom in ((head, head), (senior, operator), (operator, operator)):
        with pytest.raises(NotAllowed):
            actions.set_projects(by=by, employee=whom, projects=[])


def test_whoever_may_not_see_may_not_write(senior2: Employee, operator: Employee) -> None:
    with pytest.raises(NotFound):
        actions.change_work(by=senior2, employee=operator, changes={"extension": "1"})
    with pytest.raises(NotAllowed):
        actions.change_work(by=operator, employee=operator, changes={"extension": "1"})


def test_a_version_is_compared_under_the_lock(operator: Employee, head: Employee) -> None:
    read = operator.version
    actions.change_work(by=head, employee=operator, changes={"extension": "1"}, version=read)
    with pytest.raises(Stale) as refused:
        actions.change_work(by=head, employee=operator, changes={"extension": "2"}, version=read)
    assert list(refused.value.mine.values()) == ["2"] and list(refused.value.theirs.values()) == ["1"]


def test_the_number_of_statements_of_a_record_does_not_grow_with_the_people(
    page: Browser, director: Employee, senior: Employee, operator: Employee
) -> None:
    browser, counts = page(director), {}
    for number in (10, 500, 5000):
        make_crowd(number, mark=f"{number}-")
        for address in ("/staff/operator/", "/staff/10-s0/"):
            with CaptureQueriesContext(connection) as said:
                assert browser.get(address).status_code == 200
            counts.setdefault(address, set()).add(len(said))
    assert all(len(seen) == 1 for seen in counts.values()), counts

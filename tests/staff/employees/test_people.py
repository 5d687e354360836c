"""The director's list of people: who is seen by whom, in what order, by which filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock
from fregat.lib.rights import Role
from staff.employees.models import Employee, Substitution
from tests.builders import give_order, make_employee
from tests.staff.employees.crowd import make_crowd

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]


def names(answer: Any) -> list[str]:
    """Who is on the page, in the order of the page."""
    return [row.employee.username for row in answer.context["people"].rows]


@pytest.fixture
def everybody(
    operator: Employee, operator2: Employee, night: Employee, stranger: Employee, doctor: Employee,
    senior: Employee, senior2: Employee, head: Employee, director: Employee, admin_: Employee, quality: Employee,
) -> None:  # fmt: skip
    """The whole cast."""


@pytest.mark.usefixtures("everybody")
def test_the_director_and_the_head_see_all_in_the_order_of_the_alphabet(
    page: Browser, director: Employee, head: Employee
) -> None:
    # Бойко, Ґалаган, Євтушенко, Зінченко, Їжакевич, Лисенко, Мельник, Ткач, Чорний, Щербак, Яременко
    order = [
        "stranger",
        "operator",
        "senior",
        "operator2",
        "head",
        "doctor",
        "night",
        "quality",
        "admin",
        "senior2",
    ]
    for person in (director, head):
        assert names(page(person).get("/staff/")) == [*order, "director"]


def test_namesakes_stand_by_name_in_the_same_order(
    director: Employee, senior: Employee, page: Browser
) -> None:
    for index, first in enumerate(("Юрій", "Іван", "Ґалина", "Ганна", "Їжак", "Євген")):
        make_employee(f"n{index}", last_name="Коваль", first_name=first, senior=senior)
    rows = page(director).get("/staff/").context["people"].rows
    assert [row.employee.first_name for row in rows if row.employee.last_name == "Коваль"] == [
        "Ганна", "Ґалина", "Євген", "Іван", "Їжак", "Юрій",
    ]  # fmt: skip


@pytest.mark.usefixtures("everybody")
def test_a_senior_manager_sees_the_own_team_and_whom_they_substitute(
    page: Browser, senior: Employee, senior2: Employee, head: Employee
) -> None:
    assert names(page(senior2).get("/staff/")) == ["stranger", "senior2"]
    now = clock.now()
    Substitution.objects.create(senior=senior, substitute=senior2, since=now, until=now.replace(year=2100))
    assert set(names(page(senior2).get("/staff/"))) == {
        "stranger", "operator", "senior", "operator2", "night", "senior2",
    }  # fmt: skip


@pytest.mark.usefixtures("everybody")
def test_the_leader_of_the_shift_sees_whoever_works_in_it(
    page: Browser, senior: Employee, stranger: Employee, on_shift: Callable[..., Any]
) -> None:
    on_shift(senior, leads=True)
    on_shift(stranger)
    assert "stranger" in names(page(senior).get("/staff/"))
    assert page(senior).get("/staff/stranger/").status_code == 200


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize("username", ["operator", "doctor", "quality"])
def test_others_have_no_list(page: Browser, username: str) -> None:
    assert page(Employee.objects.get(username=username)).get("/staff/").status_code == 403


@pytest.mark.usefixtures("everybody")
def test_the_administrator_sees_accounts_and_nothing_else(
    page: Browser, admin_: Employee, operator: Employee
) -> None:
    Employee.objects.filter(pk=operator.pk).update(phone="+380441234567", password="!none")
    answer = page(admin_).get("/staff/")
    body = answer.content.decode()
    assert "operator" in names(answer) and "обліковий запис не відкрито" in body
    assert "1234567" not in body and "Аврора" not in body and "Старший менеджер" not in body
    assert names(page(admin_).post("/staff/", {"q": "1234567"})) == []
    assert "operator" in names(page(admin_).get("/staff/?project=borey"))


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("role=senior", ["senior", "senior2"]),
        ("project=borey", ["stranger", "senior2"]),
        ("senior=senior", ["operator", "operator2", "night"]),
        ("senior=senior&role=operator&project=aurora", ["operator", "operator2", "night"]),
        ("state=dismissed", []),
        ("state=no_account", []),
        ("role=nonsense&state=nonsense", None),
    ],
)
def test_filters_stand_in_the_address(
    page: Browser, director: Employee, query: str, found: list[str] | None
) -> None:
    seen = names(page(director).get(f"/staff/?{query}"))
    assert seen == found if found is not None else len(seen) == 11


@pytest.mark.usefixtures("everybody")
def test_the_dismissed_are_found_by_their_state(
    page: Browser, director: Employee, operator: Employee
) -> None:
    give_order("dismissal", operator, by=director)
    browser = page(director)
    assert "operator" not in names(browser.get("/staff/"))
    assert names(browser.get("/staff/?state=dismissed")) == ["operator"]
    assert "operator" in names(browser.get("/staff/?state=all"))


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ґала", ["operator"]), ("ГАЛА", []), ("олена ґал", ["operator"]), ("Зінч", ["operator2"]),
        ("psyxtyrj", ["operator2"]), ("stran", ["stranger"]), ("044 765", ["stranger"]), ("%", []), ("'", []),
    ],
)  # fmt: skip
def test_the_search_forgives_case_and_layout_and_leaves_no_name_in_the_address(
    page: Browser, director: Employee, text: str, found: list[str]
) -> None:
    Employee.objects.filter(username="stranger").update(phone="+380447650011")
    answer = page(director).post("/staff/", {"q": text, "state": "employed"}, headers={"hx-request": "true"})
    assert names(answer) == found
    assert answer["HX-Push-Url"] == "/staff/"


def test_an_apostrophe_is_one_letter_whichever_is_typed(
    page: Browser, director: Employee, senior: Employee
) -> None:
    make_employee("apostrophe", last_name="Лук’яненко", senior=senior)
    for text in ("лук'ян", "Лукʼяненко", "ЛУК’ЯН"):
        assert names(page(director).post("/staff/", {"q": text})) == ["apostrophe"]


def test_pages_follow_each_other_without_gap_or_repetition(page: Browser, director: Employee) -> None:
    make_crowd(130)
    browser, seen, after = page(director), [], ""
    while True:
        answer = browser.post("/staff/", {"role": "operator", "after": after}, headers={"hx-request": "true"})
        seen += names(answer)
        after = answer.context["people"].following
        if not after:
            break
    right = Employee.objects.filter(role=Role.OPERATOR).by_name().values_list("username", flat=True)
    assert seen == list(right) and len(seen) == 117


@pytest.mark.parametrize("address", ["/staff/", "/staff/?view=tree", "/staff/?project=aurora&state=all"])
def test_the_number_of_statements_does_not_grow_with_the_people(
    page: Browser, director: Employee, project: Any, address: str
) -> None:
    counts: dict[int, int] = {}
    browser = page(director)
    for number in (10, 500, 5000):
        make_crowd(number, mark=f"{number}-")
        with CaptureQueriesContext(connection) as said:
            assert browser.get(address).status_code == 200
        counts[number] = len(said)
    assert len(set(counts.values())) == 1, counts
    assert counts[10] <= 24, counts


@pytest.mark.usefixtures("everybody")
def test_the_tree_shows_who_reports_to_whom(page: Browser, director: Employee, senior: Employee) -> None:
    tree = page(director).get("/staff/?view=tree").context["tree"]
    assert [one.username for one in (*tree.directors, *tree.heads)] == ["director", "head"]
    assert [(group.senior.username, [one.username for one in group.members]) for group in tree.teams] == [
        ("senior", ["operator", "operator2", "night"]), ("senior2", ["stranger"]),
    ]  # fmt: skip
    assert [group.role for group in (*tree.under_head, *tree.under_director)] == [
        "doctor",
        "department",
        "admin",
    ]


@pytest.mark.usefixtures("everybody")
def test_the_tree_of_a_senior_manager_is_the_own_team(page: Browser, senior2: Employee) -> None:
    tree = page(senior2).get("/staff/?view=tree").context["tree"]
    assert (tree.directors, tree.heads, tree.under_head, tree.under_director) == ([], [], [], [])
    assert [group.senior.username for group in tree.teams] == ["senior2"]


def test_a_large_team_shows_its_first_and_says_how_many_are_left(page: Browser, director: Employee) -> None:
    make_crowd(300)
    tree = page(director).get("/staff/?view=tree").context["tree"]
    assert len(tree.teams) == 20 and tree.following
    assert {len(group.members) for group in tree.teams} <= {9, 12} and tree.teams[0].total == 9
    more = page(director).get(f"/staff/?view=tree&after={tree.following}", headers={"hx-request": "true"})
    assert len(more.context["tree"].teams) == 10 and "<html" not in more.content.decode()


def test_the_search_leads_the_director_to_the_record(
    page: Browser, director: Employee, operator: Employee
) -> None:
    body = page(director).post("/search/", {"q": "ґала"}).content.decode()
    assert "/staff/operator/" in body and "/roster/?person=operator" not in body

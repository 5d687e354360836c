"""Who calls about a case says its number: the look-up finds the person (issue: what one field understands)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.insurance.selectors import look_up
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cast import make_case, make_person, make_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(project: Any, operator: Employee, on_shift: Callable[..., Any]) -> Any:
    on_shift(operator)
    policy = make_policy(project, make_person("Ґудзь", "Олена"))
    return make_case(operator, insurer=project, person=policy.persons.get(), policy=policy)


def found(user: Employee, text: str) -> list[tuple[str, str]]:
    return [(one.person.surname, one.match) for one in look_up(user, text, now=clock.now()).found]


def test_the_person_of_a_case_is_found_by_its_number(case: Any, operator: Employee) -> None:
    year, counter = case.number.split("-")
    for text in (case.number, f" {case.number} ", f"{year}-{int(counter)}"):
        assert found(operator, text) == [("Ґудзь", "case")]
    assert found(operator, f"{year}-{int(counter) + 1}") == []


@pytest.mark.parametrize(
    "written",
    ["{y}–{c}", "{y}—{c}", "{y} - {c}", "№{y}-{c}", "№ {y}-{c}", "#{y}-{c}", "{y}-{c}.", "({y}-{c})", "{y} {c}",
     "{y}/{c}", "{y}{c}", "справа {y}-{c}", "Справа № {y}-{c}", "case {y}-{c}"],
)  # fmt: skip
def test_it_is_read_as_people_write_it(case: Any, operator: Employee, written: str) -> None:
    year, counter = case.number.split("-")
    assert found(operator, written.format(y=year, c=counter)) == [("Ґудзь", "case")]


def test_digits_that_may_be_a_policy_too_show_both(case: Any, operator: Employee, project: Any) -> None:
    digits = case.number.replace("-", "")
    make_policy(project, make_person("Сіренко", "Надія", phone=""), number=digits)
    assert found(operator, digits) == [("Ґудзь", "case"), ("Сіренко", "number")]


def test_nobody_is_found_by_a_case_that_one_may_not_see(
    case: Any, stranger: Employee, on_shift: Callable[..., Any]
) -> None:
    on_shift(stranger)
    assert found(stranger, case.number) == []


def test_other_texts_cost_no_statement(case: Any, operator: Employee) -> None:
    for text, asked in (
        ("Ґудзь Олена", False),
        ("VZR-4471823", False),
        ("VZR 26-000001", False),
        ("067 123-45-67", False),
        (case.number, True),
    ):
        with CaptureQueriesContext(connection) as seen:
            look_up(operator, text, now=clock.now())
        assert any('FROM "casework_case"' in one["sql"] for one in seen.captured_queries) == asked


def test_it_says_why_beside_the_call(case: Any, operator: Employee, page: Callable[..., Client]) -> None:
    answer = page(operator).post("/calls/new/lookup/", {"q": case.number})
    assert "Ґудзь" in answer.content.decode()
    assert "номер справи" in answer.content.decode()

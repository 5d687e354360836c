"""The paper of a contract leaves the house by the one door: registered, one line of the log each time (E2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cases.contracts import paper
from cases.privacy.models import AccessLog, Disclosure
from staff.employees.models import Employee
from tests.cases.contracts.tables import make_contract

pytestmark = pytest.mark.django_db
Pages = Callable[[Employee], Client]


def logged() -> list[tuple[str, str]]:
    return list(
        AccessLog.objects.filter(route="contracts:paper").order_by("id").values_list("action", "kind")
    )


def test_each_download_is_one_line_and_says_what_went_to_whom(
    programme: Any,
    operator: Employee,
    client_manager: Employee,
    project: Any,
    page: Pages,
) -> None:
    row = make_contract(operator, project)
    for times, who in enumerate((operator, client_manager), 1):
        assert page(who).get(f"/contracts/{row.pk}/paper/?lang=en").status_code == 200
        assert logged() == [("disclose", "policy")] * times
    given = Disclosure.objects.earliest("id")
    assert (given.by, given.number, given.ground, given.project) == (
        operator,
        row.policy.number,
        "person",
        "aurora",
    )
    assert given.parts == ["identity", "contacts", "policy", "costs"] and len(given.persons) == 1
    assert given.purpose == f"Договір страхування {row.policy.number}"


def test_the_register_finds_it_by_the_number_of_the_policy(
    programme: Any,
    operator: Employee,
    project: Any,
    page: Pages,
) -> None:
    row, browser = make_contract(operator, project), page(operator)
    browser.get(f"/contracts/{row.pk}/paper/")
    said = browser.get(f"/privacy/disclosures/?number={row.policy.number}").content.decode()
    assert f"Договір страхування {row.policy.number}" in said


def test_a_refused_download_leaves_no_line(
    programme: Any,
    operator: Employee, operator2: Employee, stranger: Employee, doctor: Employee, project: Any,
    page: Pages,
) -> None:  # fmt: skip
    row = make_contract(operator, project)
    answers = [
        page(who).get(f"/contracts/{row.pk}/paper/").status_code for who in (operator2, stranger, doctor)
    ]
    assert answers == [404] * 3, "off shift, of another project, doctors do not sell"
    assert logged() == [] and not Disclosure.objects.exists()


def test_a_paper_that_cannot_be_drawn_was_not_passed_on(
    programme: Any,
    operator: Employee,
    project: Any,
    page: Pages,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = make_contract(operator, project)

    def broken(*_arguments: object) -> bytes:
        raise RuntimeError("no letters")

    monkeypatch.setattr(paper, "paper_of", broken)
    with pytest.raises(RuntimeError):
        page(operator).get(f"/contracts/{row.pk}/paper/")
    assert logged() == [] and not Disclosure.objects.exists()

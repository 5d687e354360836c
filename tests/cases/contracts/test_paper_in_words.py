"""What stands on the paper of a contract adds up for who reads nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from cases.contracts.paper import paper_of, values_of
from staff.employees.models import Employee
from tests.cases.contracts.tables import make_contract, make_tariff

pytestmark = pytest.mark.django_db


def test_the_paper_says_that_the_premium_was_raised(senior: Employee, project: Any) -> None:
    make_tariff(project, minimum=Decimal(500))
    row = make_contract(senior, project, expected=Decimal(500))
    with translation.override("en"):
        said = values_of(row)
    assert [line[-1] for line in said["persons"]] == ["168 UAH"] and said["total"][-1] == "500 UAH"
    assert said["raised"] == "The sum of 168 UAH is raised to the least premium of a contract."
    assert paper_of(row, "en").startswith(b"%PDF")


def test_a_premium_that_adds_up_needs_no_word(senior: Employee, project: Any) -> None:
    assert values_of(make_contract(senior, project))["raised"] == ""

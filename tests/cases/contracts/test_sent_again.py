"""A form that was sent already, and then changed, is another contract: nobody is told that it is entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cases.contracts.actions import PersonFacts, enter_contract
from cases.contracts.models import Contract
from fregat.lib.errors import Conflict
from staff.employees.models import Employee
from tests.cases.contracts.tables import (
    OLENA,
    contract_facts,
    today,
)

pytestmark = pytest.mark.django_db

PETRO = replace(OLENA, surname="Сорока", given_name="Петро", birth_date=date(1984, 3, 12), phone="")
TOKEN = "5a3b1c58-0000-4000-8000-0000000000c3"


@pytest.mark.parametrize(
    "more",
    [
        {"persons": (PETRO,)},
        {"persons": (OLENA, PETRO), "expected": Decimal(336)},
        {"ends": today() + timedelta(days=8), "expected": Decimal(192)},
        {"starts": today() + timedelta(days=2), "ends": today() + timedelta(days=8)},
        {"insured_sum": Decimal(50_000), "expected": Decimal("235.20")},
        {"risks": ("Активний спорт",), "expected": Decimal("294")},
    ],
)
def test_another_contract_under_one_token_is_not_taken_for_the_first(
    programme: Any, operator: Employee, more: dict[str, Any]
) -> None:
    facts = contract_facts(programme, persons=(OLENA,))
    row = enter_contract(by=operator, facts=facts)
    with pytest.raises(Conflict, match=row.policy.number):
        enter_contract(by=operator, facts=replace(facts, **more))
    assert Contract.objects.get() == row


def test_the_same_contract_again_is_the_first_one_whoever_is_known(
    programme: Any, operator: Employee
) -> None:
    facts = contract_facts(programme, persons=(OLENA, PETRO), expected=Decimal(336))
    row = enter_contract(by=operator, facts=facts)
    known = tuple(PersonFacts(known=pk) for pk in row.policy.persons.values_list("pk", flat=True))
    assert enter_contract(by=operator, facts=facts) == row
    assert enter_contract(by=operator, facts=replace(facts, persons=known)) == row


def test_the_page_says_so_and_the_next_time_enters_the_other_one(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    """Two tabs of one draft have one token; the second was meant for another client."""
    first = {
        "programme": programme.pk, "territory": "europe", "insured_sum": "30000", "token": TOKEN,
        "starts": f"{today() + timedelta(days=1):%d.%m.%Y}", "ends": f"{today() + timedelta(days=7):%d.%m.%Y}",
        "persons": "1", "p0-surname": "Ґалаган", "p0-given_name": "Олена", "p0-birth_date": "17.05.1990",
        "expected": "168.00", "act": "save",
    }  # fmt: skip
    browser = page(operator)
    assert browser.post("/contracts/new/", first).status_code == 302
    other = {**first, "p0-surname": "Сорока", "p0-given_name": "Петро", "p0-birth_date": "12.03.1984"}
    answer = browser.post("/contracts/new/", other)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "ДС-0001" in text and "Сорока" in text and TOKEN not in text
    token = answer.context["form"]["token"].value()
    assert browser.post("/contracts/new/", {**other, "token": token}).status_code == 302
    assert set(Contract.objects.values_list("policy__number", "holder_name")) == {
        ("ДС-0001", "Ґалаган Олена"), ("ДС-0002", "Сорока Петро"),
    }  # fmt: skip

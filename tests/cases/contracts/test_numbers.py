"""Numbers under real concurrency: each once, one after another, none lost by a failure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import DataError, connection

from cases.contracts.actions import enter_contract
from cases.contracts.models import Contract, NumberSeries
from fregat.lib.errors import Conflict
from staff.employees.models import Employee
from tests.builders import make_employee, make_project
from tests.cases.contracts.tables import OLENA, contract_facts, make_programme, make_series, make_tariff

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 12


def test_entered_at_once_every_contract_has_a_number_of_its_own() -> None:
    """Twelve at once for nine numbers in two series, every third one fails after it could have taken a number."""
    project = make_project("aurora")
    senior = make_employee("senior", "senior", projects=[project])
    make_tariff(project)
    make_series(project, 1, 5)
    make_series(project, 101, 102)
    programme, ready = make_programme(project), Barrier(AT_ONCE)

    def enter(place: int) -> str:
        try:
            ready.wait(timeout=30)
            return _enter(senior, programme, place)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = sorted(pool.map(enter, range(AT_ONCE)))
    entered = [f"ДС-{number:04d}" for number in (1, 2, 3, 4, 5, 101, 102)]
    assert sorted(Contract.objects.values_list("policy__number", flat=True)) == entered
    # Whoever fails while there is no number left is told so, whoever fails before gives it back.
    assert sorted(answers)[-len(entered) :] == entered
    assert set(answers) - set(entered) == {"failed", "used up"}
    assert [(row.next, row.last) for row in NumberSeries.objects.order_by("pk")] == [(6, 5), (103, 102)]


def _enter(by: Employee, programme: Any, place: int) -> str:
    # A name that the column cannot hold breaks the transaction at its last step, when the number has been taken.
    more: dict[str, Any] = {"holder_name": "Я" * 300} if place % 3 == 0 else {}
    more["persons"] = (replace(OLENA, birth_date=date(1990, 5, 1 + place), phone=""),)  # each somebody else
    try:
        return enter_contract(by=by, facts=contract_facts(programme, **more)).policy.number
    except Conflict:
        return "used up"
    except DataError:
        return "failed"

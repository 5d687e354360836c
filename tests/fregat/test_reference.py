"""Reference data in the memory of a process: read once, and never older than the request."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.insurance.models import Country, Insurer
from cases.insurance.selectors import catalogue
from fregat.lib import clock, frame, once
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db


class Asked:
    """One request of a reader: what it finds, and what it asks beside the frame."""

    def __init__(self, reader: Employee) -> None:
        with once.noted():
            frame.read(reader, clock.now())
            with CaptureQueriesContext(connection) as said:
                self.name = catalogue.countries()["TR"].name_uk
                with once.forgotten():  # inside an action
                    catalogue.countries()
            self.statements = len(said)


def test_a_second_request_asks_nothing(operator: Employee) -> None:
    Asked(operator)
    again = Asked(operator)
    assert (again.name, again.statements) == ("Туреччина", 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Country.objects.filter(pk="TR").update(name_uk="Туреччина (Тюркіє)"),
        lambda: Country(pk="TR", name_uk="Туреччина (Тюркіє)", name_en="Türkiye").save(),
        lambda: connection.cursor().execute(
            "UPDATE insurance_country SET name_uk = 'Туреччина (Тюркіє)' WHERE code = 'TR'"
        ),
    ],
)
def test_whoever_changes_it_the_next_request_reads_it(operator: Employee, change: Any) -> None:
    Asked(operator)
    change()
    after = Asked(operator)
    assert (after.name, after.statements) == ("Туреччина (Тюркіє)", 1)


def test_what_was_taken_back_is_not_kept(operator: Employee) -> None:
    Asked(operator)
    with transaction.atomic():
        Country.objects.filter(pk="TR").update(name_uk="Ніде")
        assert Asked(operator).name == "Ніде"
        transaction.set_rollback(True)
    assert Asked(operator).name == "Туреччина"


def test_outside_a_request_the_database_is_asked(operator: Employee) -> None:
    Asked(operator)
    with CaptureQueriesContext(connection) as said:
        catalogue.countries()
        catalogue.countries()
    assert len(said) == 2


def test_the_insurers_offered_are_those_that_one_may_see(
    operator: Employee, stranger: Employee, head: Employee, client: Any, officer: Employee
) -> None:
    """`insurers_of` takes from memory what `visible_to` asks the database."""
    for one in (operator, stranger, head, officer):
        assert catalogue.insurers_of(one) == list(Insurer.objects.visible_to(one)), one.role

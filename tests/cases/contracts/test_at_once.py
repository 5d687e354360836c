"""A contract is entered while the next version of its tariff is being published."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from cases.contracts.actions import enter_contract, publish_tariff
from cases.contracts.models import Tariff
from staff.employees.models import Employee
from tests.builders import make_employee, make_project
from tests.cases.contracts.tables import (
    contract_facts,
    make_programme,
    make_series,
    make_tariff,
    tariff_facts,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def aurora() -> tuple[Any, Employee]:
    project = make_project("aurora")
    make_tariff(project)
    make_series(project)
    return make_programme(project), make_employee("senior", "senior", projects=[project])


def beside(pool: ThreadPoolExecutor, call: Callable[[], Any]) -> Future[Any]:
    """In a connection of its own; returns when it waits for a row that this connection holds."""

    def run() -> Any:
        try:
            return call()
        finally:
            connection.close()

    future = pool.submit(run)
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while not future.done() and time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return future
            time.sleep(0.02)
    raise AssertionError(f"it waits for nothing: {future}")


def test_whoever_enters_and_whoever_publishes_do_not_wait_for_each_other(
    aurora: tuple[Any, Employee],
) -> None:
    programme, senior = aurora
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Tariff.objects.select_for_update().get()  # as far as the action is when another begins to publish
            facts = tariff_facts(note="Друга")
            published = beside(pool, lambda: publish_tariff(by=None, programme_id=programme.pk, facts=facts))
            row = enter_contract(by=senior, facts=contract_facts(programme))
        assert published.result(timeout=30).number == 2
    assert row.tariff.number == 1


def test_whoever_waited_for_a_version_that_is_replaced_enters_by_the_new_one(
    aurora: tuple[Any, Employee],
) -> None:
    programme, senior = aurora
    facts = contract_facts(programme)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            publish_tariff(by=None, programme_id=programme.pk, facts=tariff_facts(note="Друга"))
            entered = beside(pool, lambda: enter_contract(by=senior, facts=facts))
        assert entered.result(timeout=30).tariff.number == 2


def test_of_two_clicks_at_once_the_second_gets_what_the_first_has_entered(
    aurora: tuple[Any, Employee],
) -> None:
    programme, senior = aurora
    facts = contract_facts(programme)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            row = enter_contract(by=senior, facts=facts)
            again = beside(pool, lambda: enter_contract(by=senior, facts=facts))
        assert again.result(timeout=30) == row
    assert programme.insurer.series.get().next == 2

"""What lists have changed is read back on the person's card; rows of old lists are forgotten, the journal is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from cases.imports import actions
from cases.imports.models import Batch, Entry, Fault, Piece
from cases.insurance.models import InsuredPerson, Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import as_csv, ready, row, send, worked
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


def card(who: Employee) -> str:
    person = InsuredPerson.objects.get(surname="Ґудзь")
    return sign_in(Client(), who).get(f"/insured/{person.pk}/").content.decode()


def test_changes_are_told_on_the_card_of_the_person(
    client_manager: Employee, operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    ready(project)
    on_shift(operator)
    send(client_manager, project, as_csv([row("AU-1"), row("AU-2", "Щур")]))
    assert "Змінено за списками" not in card(operator)
    send(client_manager, project, as_csv([row("AU-1", until="30.06.2026", phone="0991112233")]))
    last = send(client_manager, project, as_csv([row("AU-2", "Щур")]), mode="full", day=date(2026, 11, 20))
    text = card(operator)
    for said in ("Змінено за списками", "AU-1", "31.12.2026", "30.06.2026", "+380671234567", "+380991112233"):
        assert said in text
    assert Policy.objects.get(number="AU-1").ended_on is None  # over in June already
    assert last.ended == 0


def test_a_name_that_looks_like_a_day_is_told(
    client_manager: Employee, operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    ready(project)
    on_shift(operator)
    for given in ("Анна-Лі-Ву", "АННА-ЛІ-ВУ"):
        send(client_manager, project, as_csv([row("AU-1", given=given)]))
    assert "АННА-ЛІ-ВУ" in card(operator)


def test_what_was_taken_back_has_changed_nothing(
    client_manager: Employee, operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    ready(project)
    on_shift(operator)
    send(client_manager, project, as_csv([row("AU-1")]))
    batch = send(client_manager, project, as_csv([row("AU-1", until="30.06.2027")]))
    assert "30.06.2027" in card(operator)
    actions.undo(by=client_manager, batch=batch)
    worked(batch)
    assert "30.06.2027" not in card(operator)


def test_rows_of_a_list_are_forgotten_after_a_month(client_manager: Employee, project: Any) -> None:
    ready(project)
    batch = send(client_manager, project, as_csv([row("AU-1"), row("AU-2", born="вчора")]))
    assert actions.forget_old(now=batch.uploaded_at + timedelta(days=29)) == 0
    assert actions.forget_old(now=batch.uploaded_at + timedelta(days=31)) == 1
    assert not Piece.objects.exists() and not Fault.objects.exists()
    assert Entry.objects.count() == Policy.objects.count() == 1
    assert Batch.objects.get().rejected == 1

"""What a list has changed is taken back as far as it is still as the list has left it, and always to an end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from cases.imports import actions, registry
from cases.imports.models import Entry
from cases.imports.selectors.history import changes
from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def test_what_cannot_begin_again_when_it_did_stays(
    client_manager: Employee, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    first = send(client_manager, project, as_csv([row("AU-1", since="01.07.2026")]))
    second = send(client_manager, project, as_csv([row("AU-1", since="01.01.2026", until="30.06.2026")]))
    assert (first.changed, second.added) == (1, 1)
    later = Policy.objects.get(valid_from=date(2026, 1, 1)).pk

    def used(policies: Collection[int], persons: Collection[int]) -> tuple[set[int], set[int]]:
        return {later} & set(policies), set()

    monkeypatch.setattr(registry, "used", used)
    actions.undo(by=client_manager, batch=second)
    second = worked(second)
    assert (second.status, second.kept) == ("undone", 1)
    actions.undo(by=client_manager, batch=first)
    first = worked(first)
    assert (first.status, first.kept) == ("undone", 1)
    assert sorted(Policy.objects.values_list("valid_from", flat=True)) == [date(2026, 1, 1), date(2026, 7, 1)]
    assert send(client_manager, project, as_csv([row("AU-2")])).status == "done"


def told() -> list[tuple[str, str]]:
    """What the card says that lists have changed: before, after."""
    person = InsuredPerson.objects.get()
    return sorted((one.before, one.after) for one in changes(person, person.insured_by.all()))


def test_what_was_done_by_hand_afterwards_stays(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    batch = send(client_manager, project, as_csv([row("AU-1", until="30.11.2026", phone="0991112233")]))
    Policy.objects.update(ended_on=date(2026, 11, 20))
    InsuredPerson.objects.update(phone="+380990000000", email="olena@example.com")
    assert told() == [("+380671234567", "+380991112233"), ("31.12.2026", "30.11.2026")]
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    policy, person = Policy.objects.get(), InsuredPerson.objects.get()
    assert (policy.valid_to, policy.ended_on) == (date(2026, 12, 31), date(2026, 11, 20))
    assert (person.phone, person.email) == ("+380990000000", "olena@example.com")


def test_an_ending_that_was_moved_by_hand_stays(client_manager: Employee, project: Any) -> None:
    family = [row("AU-1"), row("AU-1", given="Іван"), row("AU-2"), row("AU-3")]
    send(client_manager, project, as_csv(family))
    rows = [["AU-1", "Ґудзь", "Іван"], ["AU-2", "", ""], ["AU-3", "", ""]]
    batch = send(
        client_manager, project, as_csv(rows, headings=("Поліс", "Прізвище", "Ім'я")), mode="end",
        day=date(2026, 11, 10),
    )  # fmt: skip
    assert batch.ended == 3
    PolicyPerson.objects.filter(person__given_name="Іван").update(ended_on=date(2026, 11, 15))
    Policy.objects.filter(number="AU-2").update(ended_on=date(2026, 11, 15))
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert PolicyPerson.objects.get(person__given_name="Іван").ended_on == date(2026, 11, 15)
    ended = dict(Policy.objects.values_list("number", "ended_on"))
    assert ended == {"AU-1": None, "AU-2": date(2026, 11, 15), "AU-3": None}


def test_a_term_that_would_end_before_it_begins_stays(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    batch = send(client_manager, project, as_csv([row("AU-1", until="31.12.2027")]))
    Policy.objects.update(valid_from=date(2027, 2, 1))
    actions.undo(by=client_manager, batch=batch)
    batch = worked(batch)
    assert (batch.status, batch.kept) == ("undone", 1)
    assert Policy.objects.get().valid_to == date(2027, 12, 31)


def test_a_journal_of_before_is_read_and_put_back_whole(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    terms = Policy.objects.get().terms
    batch = send(client_manager, project, as_csv([row("AU-1", until="30.11.2026")]))
    Entry.objects.filter(batch=batch).update(policy_before=terms)
    assert told() == [("31.12.2026", "30.11.2026")]
    Policy.objects.update(ended_on=date(2026, 11, 20))
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    policy = Policy.objects.get()
    assert (policy.valid_to, policy.ended_on) == (date(2026, 12, 31), None)


def test_who_is_left_out_of_a_policy_that_goes_on_is_insured_again_as_before(
    client_manager: Employee, project: Any
) -> None:
    two = [row("AU-1"), row("AU-1", "Ґудзь", "Іван", "02.03.1989")]
    send(client_manager, project, as_csv([*two, row("AU-2")]))
    Policy.objects.filter(number="AU-1").update(ended_on=date(2026, 12, 20))
    batch = send(client_manager, project, as_csv([two[0], row("AU-2")]), mode="full", day=date(2026, 11, 20))
    left = PolicyPerson.objects.filter(policy__number="AU-1", person__given_name="Іван")
    assert batch.ended == 1 and left.get().ended_on == date(2026, 11, 20)
    assert Entry.objects.filter(batch=batch, link_before__isnull=False).count() == 1
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert left.get().ended_on is None
    assert Policy.objects.get(number="AU-1").ended_on == date(2026, 12, 20)

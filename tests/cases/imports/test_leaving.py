"""Who is said to end ends alone: those of a policy whom the list does not name stay as they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.imports import actions
from cases.insurance.models import Policy, PolicyPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db

ENDING = (*HEADINGS, "Припинено")
FAMILY = [row("AU-7", "Ґудзь", name, born) for name, born in (
    ("Олена", "24.08.1991"), ("Іван", "02.03.1989"), ("Леся", "11.11.2019"),
)]  # fmt: skip
DAY = date(2026, 11, 15)


@pytest.fixture(autouse=True)
def _family(client_manager: Employee, project: Any) -> None:
    ready(project)
    send(client_manager, project, as_csv(FAMILY))


def ends() -> dict[str, date | None]:
    """Given name → from when nothing insures them: the policy's own end, or theirs."""
    return {
        link.person.given_name: link.as_insured().ended_on
        for link in PolicyPerson.objects.filter(policy__number="AU-7").select_related("policy", "person")
    }


def said(*ended: tuple[list[str], str]) -> bytes:
    return as_csv([[*one, day] for one, day in ended], headings=ENDING)


def test_one_who_ends_by_additions_leaves_alone(client_manager: Employee, project: Any) -> None:
    content = said((FAMILY[0], "15.11.2026"))
    first = send(client_manager, project, content, at_once=False)
    assert (first.status, first.changed, first.rejected) == ("preview", 1, 0)
    actions.apply(by=client_manager, batch=first)
    assert worked(first).changed == 1
    assert ends() == {"Олена": DAY, "Іван": None, "Леся": None}
    assert Policy.objects.get().ended_on is None
    again = send(client_manager, project, content)
    assert (again.changed, again.same, again.added) == (0, 1, 0)
    for later in (again, first):
        actions.undo(by=client_manager, batch=later)
        assert worked(later).status == "undone"
    assert set(ends().values()) == {None}


def test_with_the_last_of_them_the_policy_ends(client_manager: Employee, project: Any) -> None:
    for one, day in zip(FAMILY, ("15.11.2026", "16.11.2026", "17.11.2026"), strict=True):
        send(client_manager, project, said((one, day)))
    assert ends() == {"Олена": DAY, "Іван": date(2026, 11, 16), "Леся": date(2026, 11, 17)}
    assert Policy.objects.get().ended_on == date(2026, 11, 17)


def test_who_joins_and_ends_leaves_alone(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, said((row("AU-7", "Ґудзь", "Юрій", "01.02.2000"), "15.11.2026")))
    assert (batch.added, batch.changed) == (1, 0)
    assert ends() == {"Олена": None, "Іван": None, "Леся": None, "Юрій": DAY}


def test_the_end_of_one_does_not_put_the_end_of_the_others_off(
    client_manager: Employee, project: Any
) -> None:
    Policy.objects.update(ended_on=date(2026, 11, 1))
    batch = send(client_manager, project, said((FAMILY[0], "15.11.2026")))
    assert batch.changed == 1
    assert ends() == {"Олена": DAY, "Іван": date(2026, 11, 1), "Леся": date(2026, 11, 1)}
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert set(ends().values()) == {date(2026, 11, 1)}
    assert set(PolicyPerson.objects.values_list("ended_on", flat=True)) == {None}


@pytest.mark.parametrize("mode", ["add", "full"])
def test_who_is_insured_again_is_so_alone(client_manager: Employee, project: Any, mode: str) -> None:
    Policy.objects.update(ended_on=date(2026, 11, 1))
    batch = send(client_manager, project, as_csv(FAMILY[:1]), mode=mode, day=DAY, at_once=False)
    assert (batch.changed, batch.ended) == (1, 0)
    actions.apply(by=client_manager, batch=batch)
    batch = worked(batch)
    assert (batch.changed, batch.ended) == (1, 0)
    assert ends() == {"Олена": None, "Іван": date(2026, 11, 1), "Леся": date(2026, 11, 1)}
    again = send(client_manager, project, as_csv(FAMILY[:1]), mode=mode, day=DAY)
    assert (again.changed, again.same, again.ended) == (0, 1, 0)
    for later in (again, batch):
        actions.undo(by=client_manager, batch=later)
        worked(later)
    assert set(ends().values()) == {date(2026, 11, 1)}


@pytest.mark.parametrize("end", ["05.11.2026", "31.12.2026"])
def test_in_a_full_list_who_is_missing_leaves_on_its_date(
    client_manager: Employee, project: Any, end: str
) -> None:
    content = said((FAMILY[0], end))
    mine = date(2026, *map(int, end.split(".")[1::-1]))
    batch = send(client_manager, project, content, mode="full", day=DAY, at_once=False)
    expected = (batch.changed, batch.ended)
    assert expected == (1, 2)
    actions.apply(by=client_manager, batch=batch)
    batch = worked(batch)
    assert (batch.changed, batch.ended) == expected
    assert ends() == {"Олена": mine, "Іван": DAY, "Леся": DAY}
    again = send(client_manager, project, content, mode="full", day=DAY)
    assert (again.changed, again.same, again.ended) == (0, 1, 0)


@pytest.mark.parametrize("mode", ["add", "full"])
def test_who_is_named_wrongly_does_not_end_with_the_others(
    client_manager: Employee, project: Any, mode: str
) -> None:
    wrong = row("AU-7", "Ґудзь", "Іван", "31.02.1989")
    batch = send(
        client_manager,
        project,
        said((FAMILY[0], "15.11.2026"), (wrong, ""), (FAMILY[2], "15.11.2026")),
        mode=mode,
    )
    assert (batch.rejected, batch.changed) == (1, 2)
    assert ends() == {"Олена": DAY, "Іван": None, "Леся": DAY}

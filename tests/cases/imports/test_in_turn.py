"""Lists by chance, one after another: each does what its preview told, changes nothing the second time, and all of them
are taken back to what was there.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from cases.imports import actions
from cases.imports.models import Batch
from cases.insurance.models import Policy, PolicyPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db

PEOPLE = (
    ("Ґудзь", "Олена", "24.08.1991"), ("Ґудзь", "Іван", "02.03.1989"), ("Коваль", "Леся", "11.11.2019"),
    ("Коваль", "Олена", "01.01.2000"),
)  # fmt: skip
NUMBERS = ("AU-12345", "AU-12345", "AU-2", "AU-3")
TERMS = (
    ("01.01.2026", "31.12.2026"), ("01.01.2026", "31.12.2026"), ("01.01.2027", "31.12.2027"),
    ("01.01.2027", "31.12.2027"), ("01.06.2026", "31.05.2027"), ("01.01.2026", "30.12.2026"),
)  # fmt: skip
ENDS = ("", "", "", "15.11.2026", "30.11.2026", "10.12.2026", "20.12.2026", "15.02.2027")
HIDDEN = ((), (), (), (0, 1, 2), (1, 2), (0, 2))
"""Of an ending, what it does not tell of the person."""


def content(chance: random.Random, mode: str) -> bytes:
    """One to five rows."""
    rows = []
    for _row in range(chance.randint(1, 5)):
        who, (since, until) = chance.choice(PEOPLE), chance.choice(TERMS)
        phone = chance.choice(("", "067 123 45 67", "067 123 45 68"))
        if mode == "end":
            hidden = chance.choice(HIDDEN)
            who = tuple("" if n in hidden else text for n, text in enumerate(who))  # type: ignore[assignment]
            phone = ""
            since, until = (since, until) if chance.random() < 0.3 else ("", "")
        number = chance.choice(NUMBERS)
        rows.append([*row(number, *who, phone=phone, since=since, until=until), chance.choice(ENDS)])
    return as_csv(rows, headings=(*HEADINGS, "Припинено"))


def state() -> tuple[Any, ...]:
    """Policies, and whom they insure until when."""
    policies = Policy.objects.order_by("pk").values_list("pk", "number", "valid_from", "valid_to", "ended_on")
    links = PolicyPerson.objects.order_by("policy", "person").values_list(
        "policy", "person", "ended_on", "person__surname", "person__phone"
    )
    return tuple(policies), tuple(links)


def counts(batch: Batch) -> tuple[int, ...]:
    return batch.added, batch.changed, batch.same, batch.ended, batch.rejected


@pytest.mark.parametrize("seed", [2, 6])
def test_lists_in_turn(client_manager: Employee, project: Any, seed: int) -> None:
    ready(project)
    chance = random.Random(seed)
    done: list[tuple[Batch, tuple[Any, ...]]] = []
    for number in range(7):
        mode = chance.choice(("add", "full", "end")) if number else "add"
        list_of_it, day = content(chance, mode), chance.choice((date(2026, 11, 20), date(2026, 11, 30)))
        was = state()
        batch = send(client_manager, project, list_of_it, mode=mode, day=day, at_once=False)
        assert state() == was
        if batch.attention == "nothing":
            actions.discard(by=client_manager, batch=batch)
            continue
        told = counts(batch)
        actions.apply(by=client_manager, batch=batch)
        batch = worked(batch)
        assert (batch.status, counts(batch)) == ("done", told)
        done.append((batch, was))
        now = state()
        again = send(client_manager, project, list_of_it, mode=mode, day=day)
        assert state() == now
        if again.status == "done":
            done.append((again, now))
    for batch, was in reversed(done):
        actions.undo(by=client_manager, batch=batch)
        assert worked(batch).status == "undone"
        assert state() == was

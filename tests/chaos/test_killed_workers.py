"""Workers killed with `kill -9` during 50 shift ends, half of the kills inside an open handover transaction (B6)."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count

from cases.casework.models import Case, Responsibility
from cases.handover.models import EndOfShiftCheck, Handover, HandoverHop
from fregat.lib import clock
from fregat.lib.models import Job, Pulse
from shifts.roster.actions import change_shift
from shifts.roster.models import Shift
from staff.employees.models import Employee
from tests.cast import make_case, make_employee, make_project, make_shift
from tests.chaos.workers import Crew, second_connection, wait_inside

SHIFTS, CASES_EACH = 50, 4
ROUNDS, AT_ONCE = 12, 4
"""In each round so many shifts end together, and two workers are killed: one inside a transaction, one anywhere."""
PROMISE = 60
"""Seconds after the end of a shift within which somebody on duty answers for its cases (B5)."""


@dataclass
class Centre:
    """Who works where, and whom B5 names for the cases of each project."""

    now: datetime
    senior: Employee
    names: dict[str, set[str]] = field(default_factory=dict)
    shifts: list[Shift] = field(default_factory=list)
    cases: dict[int, list[Case]] = field(default_factory=dict)


def on_shift(centre: Centre, person: Employee, *, began: float, **values: Any) -> Shift:
    """Signed in `began` hours ago, until long after the test."""
    starts_at = centre.now - timedelta(hours=began)
    shift: Shift = make_shift(
        person, starts_at, centre.now + timedelta(hours=6), begun_at=starts_at, **values
    )
    return shift


def staffed(senior: Employee, username: str, project: Any) -> Employee:
    return make_employee(username, senior=senior, projects=[project])


def receivers(centre: Centre, senior: Employee) -> list[Any]:
    """Five projects, each with another answer of B5."""
    projects = [make_project(f"p{number}") for number in range(5)]
    on_shift(centre, senior, began=8, leads=True)
    on_shift(centre, staffed(senior, "night-p0", projects[0]), began=0.2, kind="night")
    on_shift(centre, staffed(senior, "follower-p0", projects[0]), began=1)
    for name in ("night-p1-a", "night-p1-b"):
        on_shift(centre, staffed(senior, name, projects[1]), began=0.2, kind="night")
    on_shift(centre, staffed(senior, "follower-p2", projects[2]), began=1)
    on_shift(centre, staffed(senior, "colleague-p3", projects[3]), began=8)
    on_shift(centre, staffed(senior, "follower-p4", projects[4]), began=1)
    type(projects[4]).objects.filter(pk=projects[4].pk).update(day_follower=False)
    centre.names = {
        "p0": {"night-p0"},
        "p1": {"night-p1-a", "night-p1-b"},
        "p2": {"follower-p2"},
        "p3": {"senior"},
        "p4": {"senior"},
    }
    return projects


@pytest.fixture
def centre(transactional_db: None) -> Centre:
    """Fifty operators with four open cases each, whose shifts end one after the other."""
    with transaction.atomic():
        make_employee("head", "head")
        centre = Centre(clock.now(), make_employee("senior", "senior"))
        projects = receivers(centre, centre.senior)
        givers = [
            staffed(centre.senior, f"giver-{number:02}", projects[number % len(projects)])
            for number in range(SHIFTS)
        ]
        for number, giver in enumerate(givers):
            plan(centre, giver, projects[number % len(projects)])
    return centre


def plan(centre: Centre, giver: Employee, project: Any) -> None:
    """A running shift, and the open cases of who works it."""
    starts_at, ends_at = centre.now - timedelta(hours=8), centre.now + timedelta(hours=2)
    shift = make_shift(giver, starts_at, ends_at, begun_at=starts_at)
    opened = centre.now - timedelta(hours=2)
    centre.shifts.append(shift)
    centre.cases[shift.pk] = [make_case(giver, insurer=project, now=opened) for _ in range(CASES_EACH)]


def end_now(shifts: list[Shift]) -> None:
    """The ends of these shifts come in a moment."""
    for shift in shifts:
        soon = clock.now() + timedelta(seconds=1.5)
        change_shift(by=None, shift_id=shift.pk, changes={"ends_at": soon}, reason="For the test.")


def kill_inside(crew: Crew, centre: Centre, shifts: list[Shift], holder: Any, watcher: Any) -> None:
    """Hold a case of a shift that ends, wait until a worker stands inside its transaction, kill it there."""
    with holder.cursor() as cursor:
        case = centre.cases[shifts[0].pk][-1]
        cursor.execute("SELECT id FROM casework_case WHERE id = %s FOR UPDATE", [case.pk])
    end_now(shifts)
    name = wait_inside(holder, watcher, PROMISE)
    assert name is not None, "no worker came to end the shift"
    crew.called(name).kill()
    holder.rollback()
    crew.called(name).start()


def disturb(crew: Crew, centre: Centre) -> int:
    """End all shifts and kill meanwhile. Returns the number of kills, half of them inside a transaction."""
    chance = random.Random(20261123)
    with second_connection() as holder, second_connection() as watcher:
        for number in range(ROUNDS):
            kill_inside(crew, centre, centre.shifts[number * AT_ONCE :][:AT_ONCE], holder, watcher)
            time.sleep(chance.random())
            victim = chance.choice(crew.workers)
            victim.kill()
            victim.start()
    end_now(centre.shifts[ROUNDS * AT_ONCE :])
    return 2 * ROUNDS


def wait_for_the_first_sweep() -> None:
    """Until a worker is at work."""
    deadline = time.monotonic() + 60
    while not Pulse.objects.filter(name="sweep").exists() and time.monotonic() < deadline:
        time.sleep(0.2)


def wait_until_passed_on(centre: Centre) -> None:
    """Until every shift is ended by the program, at most until the promise is broken for the last one."""
    deadline = clock.now() + timedelta(seconds=PROMISE)
    while clock.now() < deadline:
        if not EndOfShiftCheck.objects.filter(shift__in=centre.shifts, ended_at=None).exists():
            return
        time.sleep(0.5)


@pytest.mark.chaos
@pytest.mark.slow
def test_every_case_has_one_responsible_person_the_one_that_the_roster_names(centre, capsys):
    crew = Crew(4, "chaos:")
    with crew.at_work():
        wait_for_the_first_sweep()
        kills = disturb(crew, centre)
        wait_until_passed_on(centre)
    latest, handovers = 0.0, 0
    for shift in Shift.objects.filter(pk__in=centre.cases):
        for case in centre.cases[shift.pk]:
            row = Responsibility.objects.select_related("employee").get(case=case, until=None)
            case.refresh_from_db()
            assert case.responsible_id == row.employee_id
            assert row.employee.username in centre.names[case.insurer.code], case.insurer.code
            assert row.reason in {"shift_end", "orphan"}
            seconds = (row.since - shift.ends_at).total_seconds()
            assert 0 <= seconds <= PROMISE, f"{shift} passed on after {seconds} s"
            latest = max(latest, seconds)
            before = Responsibility.objects.get(case=case, until=row.since)
            assert before.employee_id == shift.employee_id
            assert HandoverHop.objects.filter(handover__case=case).count() == 1
            assert Job.objects.filter(key=f"acceptance:{case.handovers.get().pk}", done_at=None).exists()
            handovers += 1
    doubled = Handover.objects.values("case", "shift").annotate(rows=Count("id")).filter(rows__gt=1)
    assert not doubled.exists()
    assert Handover.objects.count() == handovers == SHIFTS * CASES_EACH
    with capsys.disabled():
        print(
            f"\nshiftend.kills {kills} ({ROUNDS} inside a handover transaction),"
            f" shiftend.cases {handovers}, shiftend.latest_s {latest:.1f}"
        )

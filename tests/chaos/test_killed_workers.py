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
from fregat.lib.models import Job
from shifts.roster.models import Shift
from staff.employees.models import Employee
from tests.cast import make_case, make_employee, make_project, make_shift
from tests.chaos.workers import Crew, second_connection, wait_inside

SHIFTS, CASES_EACH = 50, 4
KILLS_INSIDE, KILLS_AT_RANDOM, ENOUGH = 12, 12, 8
FIRST_END, SPREAD = 12, 60
"""Seconds from the start of the test to the first end, and from the first to the last."""
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
        first_end = clock.now() + timedelta(seconds=FIRST_END)
        for number, giver in enumerate(givers):
            plan(
                centre,
                giver,
                projects[number % len(projects)],
                first_end + timedelta(seconds=SPREAD * number / SHIFTS),
            )
    return centre


def plan(centre: Centre, giver: Employee, project: Any, ends_at: datetime) -> None:
    """A shift that ends then, and the open cases of who works it."""
    starts_at = centre.now - timedelta(hours=8)
    shift = make_shift(giver, starts_at, ends_at, begun_at=starts_at)
    opened = centre.now - timedelta(hours=2)
    centre.shifts.append(shift)
    centre.cases[shift.pk] = [make_case(giver, insurer=project, now=opened) for _ in range(CASES_EACH)]


def kill_inside(crew: Crew, centre: Centre, holder: Any, watcher: Any) -> bool:
    """Hold a case of the next shift to end, wait until a worker stands inside its transaction, kill it there."""
    coming = [shift for shift in centre.shifts if shift.ends_at > clock.now() + timedelta(seconds=0.3)]
    if not coming:
        return False
    shift = coming[0]
    with holder.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM casework_case WHERE id = %s FOR UPDATE", [centre.cases[shift.pk][-1].pk]
        )
    try:
        wait = (shift.ends_at - clock.now()).total_seconds() + 8
        name = wait_inside(holder, watcher, wait)
        if name is None:
            return False
        victim = crew.called(name)
        victim.kill()
    finally:
        holder.rollback()
    victim.start()
    return True


def kill_at_random(crew: Crew, chance: random.Random) -> None:
    victim = chance.choice(crew.workers)
    victim.kill()
    victim.start()


def disturb(crew: Crew, centre: Centre) -> tuple[int, int]:
    """Kill until all shifts have ended and the kills are done. Returns how many inside and at random."""
    chance, inside, anywhere = random.Random(20261123), 0, 0
    give_up = centre.shifts[-1].ends_at + timedelta(seconds=20)
    with second_connection() as holder, second_connection() as watcher:
        while clock.now() < give_up and (inside < KILLS_INSIDE or anywhere < KILLS_AT_RANDOM):
            if inside < KILLS_INSIDE and kill_inside(crew, centre, holder, watcher):
                inside += 1
            if anywhere < KILLS_AT_RANDOM and anywhere < inside:
                kill_at_random(crew, chance)
                anywhere += 1
            if clock.now() > centre.shifts[-1].ends_at:
                break
    return inside, anywhere


def wait_until_passed_on(centre: Centre) -> None:
    """Until every shift is ended by the program, at most until the promise is broken for the last one."""
    deadline = centre.shifts[-1].ends_at + timedelta(seconds=PROMISE)
    while clock.now() < deadline:
        if not EndOfShiftCheck.objects.filter(shift__in=centre.shifts, ended_at=None).exists():
            return
        time.sleep(0.5)


@pytest.mark.chaos
@pytest.mark.slow
def test_every_case_has_one_responsible_person_the_one_that_the_roster_names(centre, capsys):
    crew = Crew(4, "chaos:")
    with crew.at_work():
        inside, anywhere = disturb(crew, centre)
        wait_until_passed_on(centre)
    latest, handovers = 0.0, 0
    for shift in centre.shifts:
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
            f"\nshiftend.kills {inside + anywhere} ({inside} inside a handover transaction),"
            f" shiftend.cases {handovers}, shiftend.latest_s {latest:.1f}"
        )
    assert inside >= ENOUGH, "too few kills inside a transaction to prove anything"
    assert inside * 2 >= inside + anywhere

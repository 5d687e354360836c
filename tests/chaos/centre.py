"""A contact centre whose shifts end: who works where, who holds which cases, and whom B5 names for them.

Written in bulk, by the rows: ten thousand cases in seconds. The end of a shift is moved instead of the clock.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import transaction

from cases.casework.models import Case, Responsibility
from cases.handover.models import EndOfShiftCheck, Handover
from cases.insurance.models import InsurerUserObjectPermission
from fregat.lib import clock, jobs
from fregat.lib.models import Job
from shifts.attendance.models import Attendance
from shifts.roster.models import Shift
from shifts.roster.rules import wall
from staff.employees.models import Employee, ProjectAssignment, Subordination
from tests.builders import make_country, make_employee, make_project

CHECK = timedelta(minutes=20)
_numbers = count(1)
_crowds = count(1)


@dataclass
class Centre:
    """Who works where, and whom B5 names for the cases of each project."""

    now: datetime
    senior: Employee
    names: dict[str, set[str]] = field(default_factory=dict)
    projects: list[Any] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    cases: dict[int, list[Case]] = field(default_factory=dict)
    """By the shift of who holds them."""


def found(now: datetime | None = None, crowd: str = "") -> Centre:
    """The head, who leads, and whoever may receive: five projects, each with another answer of B5.

    `now`: of another day than today; the sign-in names of such a centre begin with `crowd`.
    """
    with transaction.atomic():
        if not Employee.objects.heads().exists():
            make_employee("head", "head")
        centre = Centre(now or clock.now(), make_employee(f"{crowd}lead", "senior"))
        _receivers(centre, crowd)
    return centre


def staff(ground: Centre, shifts: int, cases_each: int) -> Centre:
    """So many operators more with so many open cases each. Their shifts end later."""
    centre = Centre(clock.now(), ground.senior, ground.names, ground.projects)
    name = f"giver{next(_crowds)}"
    with transaction.atomic():
        givers: list[tuple[Employee, Any]] = []
        for number, project in enumerate(centre.projects):
            size = len(range(number, shifts, len(centre.projects)))
            givers += [(person, project) for person in copies(centre, name, project, size)]
        random.Random(20261128).shuffle(givers)
        begun = centre.now - timedelta(hours=8)
        centre.shifts = plan([giver for giver, _project in givers], begun, centre.now + timedelta(hours=2))
        for shift, (giver, project) in zip(centre.shifts, givers, strict=True):
            centre.cases[shift.pk] = hold(giver, project, cases_each, centre.now - timedelta(hours=2))
        keep([case for cases in centre.cases.values() for case in cases])
    return centre


@transaction.atomic
def keep(cases: list[Case]) -> None:
    """Write these cases, each with the first row of its chain."""
    Case.objects.bulk_create(cases, batch_size=1000)
    Responsibility.objects.bulk_create(
        [
            Responsibility(
                case=case, employee=case.responsible, since=case.opened_at, reason="registered", by=case.opened_by
            )
            for case in cases
        ],
        batch_size=1000,
    )  # fmt: skip


def put_off_acceptance() -> None:
    """A long test must not run into the quarter of an hour after which a case rises."""
    later = clock.now() + timedelta(days=1)
    Handover.objects.pending().update(due_at=later)
    Job.objects.filter(kind="acceptance", done_at=None).update(due_at=later)


def copies(centre: Centre, name: str, project: Any, number: int) -> list[Employee]:
    """So many operators of the project, as the first of them was appointed."""
    if not number:
        return []
    first = make_employee(f"{name}-{project.code}-0", senior=centre.senior, projects=[project])
    values = {
        one.attname: getattr(first, one.attname)
        for one in Employee._meta.concrete_fields
        if one.name not in {"id", "username", "uuid"}
    }
    rest = [Employee(**values, username=f"{name}-{project.code}-{index}") for index in range(1, number)]
    Employee.objects.bulk_create(rest)
    for model, whose in (
        (ProjectAssignment, "employee"),
        (Subordination, "employee"),
        (InsurerUserObjectPermission, "user"),
    ):
        own = model._default_manager.filter(**{whose: first}).values().get()
        del own["id"]
        model._default_manager.bulk_create(model(**{**own, f"{whose}_id": one.pk}) for one in rest)
    return [first, *rest]


def _receivers(centre: Centre, crowd: str) -> None:
    """Five projects, each with another answer of B5."""
    centre.projects = [make_project(f"p{number}") for number in range(5)]
    long = centre.now + timedelta(hours=30)

    def works(people: Iterable[Employee], began: float, **values: Any) -> set[str]:
        listed = list(people)
        plan(listed, centre.now - timedelta(hours=began), long, **values)
        return {person.username for person in listed}

    works([centre.senior], 12, leads=True)
    p0, p1, p2, p3, p4 = centre.projects
    centre.names["p0"] = works(copies(centre, f"{crowd}night", p0, 1), 0.2, kind="night")
    works(copies(centre, f"{crowd}follower", p0, 1), 1)
    centre.names["p1"] = works(copies(centre, f"{crowd}night", p1, 2), 0.2, kind="night")
    centre.names["p2"] = works(copies(centre, f"{crowd}follower", p2, 1), 1)
    works(copies(centre, f"{crowd}colleague", p3, 1), 12)
    works(copies(centre, f"{crowd}follower", p4, 1), 1)
    type(p4).objects.filter(pk=p4.pk).update(day_follower=False)
    centre.names["p3"] = centre.names["p4"] = {centre.senior.username}


def plan(people: Sequence[Employee], starts_at: datetime, ends_at: datetime, **values: Any) -> list[Shift]:
    """Running shifts, signed in to, each with its check and its two jobs."""
    rows = [
        Shift(
            employee=person, starts_at=starts_at, ends_at=ends_at, local_start=wall(starts_at, "Europe/Kyiv"),
            local_end=wall(ends_at, "Europe/Kyiv"), created_at=starts_at, published_at=starts_at,
            **{"kind": "day", **values},
        )
        for person in people
    ]  # fmt: skip
    Shift.objects.bulk_create(rows)
    Attendance.objects.bulk_create(Attendance(shift=row, begun_at=starts_at) for row in rows)
    EndOfShiftCheck.objects.bulk_create(
        EndOfShiftCheck(shift=row, ends_at=ends_at, due_at=ends_at - CHECK, set_at=starts_at) for row in rows
    )
    jobs.schedule_many("check_start", [(row.pk, ends_at - CHECK) for row in rows])
    jobs.schedule_many("shift_end", [(row.pk, ends_at) for row in rows])
    return rows


def hold(giver: Employee, project: Any, number: int, opened: datetime) -> list[Case]:
    """Open cases of this giver, not saved yet."""
    country = make_country("TR")
    return [
        Case(
            number=f"26-{500_000 + next(_numbers):06d}", status="reported", responsible=giver, opened_at=opened,
            opened_by=giver, registered_at=opened, status_at=opened, insurer=project, person_name="KHRYSTENKO",
            provisional=True, caller_name="Олена Ґалаган", caller_relation="self", caller_phone="+380671234567",
            country=country, city="Анталья", description="Гарячка 39.",
        )
        for _each in range(number)
    ]  # fmt: skip


def end_at(shifts: Sequence[Shift], moment: datetime) -> None:
    """The plan says that these shifts end then: the rows, their checks and their jobs, as if always planned so."""
    ids = [shift.pk for shift in shifts]
    with transaction.atomic():
        Shift.objects.filter(pk__in=ids).update(ends_at=moment, local_end=wall(moment, "Europe/Kyiv"))
        EndOfShiftCheck.objects.filter(shift__in=ids).update(
            ends_at=moment, due_at=moment - CHECK, started_at=None, ended_at=None
        )
        for kind, due in (("check_start", moment - CHECK), ("shift_end", moment)):
            Job.objects.filter(kind=kind, subject_id__in=ids).update(due_at=due, done_at=None, attempts=0)
    for shift in shifts:
        shift.ends_at = moment

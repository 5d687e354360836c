"""One world of data: the people of every scope, and one object of each kind that each scope leads to.

Nothing here asks production code who may see what. Every object is put where it is by its rows alone, so that
one scope and no other leads to it: what must be reached by the team, the shift or by being routed belongs to
the project «Борей», on which none of those who walk works; what must be reached by the project belongs to
somebody whom none of them leads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fregat.lib import clock
from fregat.lib.rights import Role
from staff.employees.models import Employee, Substitution
from tests.builders import give_photograph, make_employee, make_project, make_shift, with_password

VISITORS = (
    "operator", "operator_off", "doctor", "doctor_off", "senior", "senior_off", "leader", "deputy",
    "head", "director", "client", "quality", "officer", "admin",
)  # fmt: skip
"""Who walks: each role and department, in each state in which it stands elsewhere. `…_off`: off shift."""

OWNERS = {"team": "mate", "acting": "orphan", "shift": "far_on", "project": "near", "other": "far"}
"""Whose the objects of a scope are; `mine` are the visitor's own, `routed` are `far`'s and told to the visitor."""

AURORA, BOREY = "aurora", "borey"


@dataclass
class World:
    """Everybody and everything, by name."""

    now: datetime
    people: dict[str, Employee] = field(default_factory=dict)
    projects: dict[str, Any] = field(default_factory=dict)
    shifts: dict[str, Any] = field(default_factory=dict)
    insured: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """A person and their policy, by project."""
    samples: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    """(kind, scope, visitor or empty) → objects for `Samples`."""

    def scopes(self) -> list[tuple[str, str, Employee]]:
        """Every (scope, visitor or empty, owner) whose owner is a person of their own."""
        own = [("mine", name, self.people[name]) for name in VISITORS]
        return own + [(scope, "", self.people[name]) for scope, name in OWNERS.items()]

    def of(self, kind: str, visitor: str) -> dict[str, dict[str, Any]]:
        """By scope: the samples of a kind over which this visitor walks."""
        return {
            scope: values
            for (its_kind, scope, whose), values in self.samples.items()
            if its_kind == kind and whose in {"", visitor}
        }


def people_and_shifts() -> World:
    """The world before there is anything in it; in the transaction of the caller."""
    world = World(clock.now())
    world.projects = {AURORA: make_project(AURORA, "СК «Аврора»"), BOREY: make_project(BOREY, "СК «Борей»")}
    _leaders(world)
    _others(world)
    _substitutions(world)
    _shifts(world)
    return world


def _hire(world: World, name: str, role: Role, project: str = "", **more: Any) -> None:
    surname = f"Людина{len(world.people)}"
    projects = [world.projects[project]] if project else []
    employee = make_employee(name, role, last_name=surname, projects=projects, **more)
    give_photograph(employee)
    with_password(Employee.objects.get(pk=employee.pk))
    world.people[name] = Employee.objects.get(pk=employee.pk)


def _leaders(world: World) -> None:
    _hire(world, "head", Role.HEAD)
    _hire(world, "director", Role.DIRECTOR)
    _hire(world, "signer", Role.DIRECTOR)
    # To these report the visitors, and those whom no visitor leads.
    _hire(world, "far_senior", Role.SENIOR, BOREY)
    _hire(world, "absent", Role.SENIOR, BOREY)
    for name in ("senior", "senior_off", "leader", "deputy"):
        _hire(world, name, Role.SENIOR, AURORA)


def _others(world: World) -> None:
    led_by = world.people
    for name in ("operator", "operator_off", "near"):
        _hire(world, name, Role.OPERATOR, AURORA, senior=led_by["far_senior"])
    for name in ("far", "far_on"):
        _hire(world, name, Role.OPERATOR, BOREY, senior=led_by["far_senior"])
    _hire(world, "mate", Role.OPERATOR, BOREY, senior=led_by["senior"])
    _hire(world, "orphan", Role.OPERATOR, BOREY, senior=led_by["absent"])
    for name in ("doctor", "doctor_off"):
        _hire(world, name, Role.DOCTOR, AURORA)
    _hire(world, "client", Role.CLIENT, AURORA)
    _hire(world, "quality", Role.DEPARTMENT, department="quality")
    _hire(world, "officer", Role.DEPARTMENT, department="data")
    _hire(world, "admin", Role.ADMIN)


def _substitutions(world: World) -> None:
    """`deputy` acts for `absent` now; the others are to come, so that they widen no team today."""

    def acts(senior: str, substitute: str, since: float) -> Substitution:
        begins = world.now + timedelta(hours=since)
        row: Substitution = Substitution.objects.create(
            senior=world.people[senior], substitute=world.people[substitute],
            since=begins, until=begins + timedelta(hours=48),
        )  # fmt: skip
        return row

    def sample(scope: str, visitor: str, row: Substitution) -> None:
        world.samples["substitution", scope, visitor] = {"substitution": row}

    sample("mine", "deputy", acts("absent", "deputy", -1))
    for name in ("senior", "senior_off", "leader"):
        sample("mine", name, acts(name, "far_senior", 240))
    sample("other", "", acts("far_senior", "absent", 480))


def _shifts(world: World) -> None:
    """On shift and signed in: whoever of the visitors works on shift, the leader, `far_on`."""

    def plan(name: str, since: float, **more: Any) -> None:
        starts = world.now + timedelta(hours=since)
        begun = {"begun_at": starts} if since < 0 else {}
        world.shifts[name] = make_shift(
            world.people[name], starts, starts + timedelta(hours=9), **begun, **more
        )

    for name in ("operator", "doctor", "senior", "deputy", "far_on"):
        plan(name, -1)
    plan("leader", -1, leads=True)
    plan("near", 12)  # within the day that colleagues of the project see, after the shift that is led
    for name in world.people:
        if name not in world.shifts:
            plan(name, 72)
    for scope, visitor, owner in world.scopes():
        world.samples["shift", scope, visitor] = {"shift": world.shifts[owner.username]}

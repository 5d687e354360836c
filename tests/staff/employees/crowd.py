"""A centre of many people, written at once: for what must not grow with their number."""

from __future__ import annotations

from datetime import timedelta

from fregat.lib import clock
from fregat.lib.rights import Role
from staff.employees.models import Employee, ProjectAssignment, Subordination

SURNAMES = ("Ґудзь", "Іваненко", "Їжак", "Єременко", "Яценко", "Гончар", "Зуб", "Щука", "Ємець", "Коваль")


def make_crowd(number: int, *, project: str = "aurora", mark: str = "") -> None:
    """So many employees more, whose sign-in names begin with `mark`: one in ten leads the others."""
    now = clock.now() - timedelta(days=1)
    seniors = Employee.objects.bulk_create(
        _one(Role.SENIOR, f"{mark}s{index}", index) for index in range(max(1, number // 10))
    )
    operators = Employee.objects.bulk_create(
        _one(Role.OPERATOR, f"{mark}o{index}", index) for index in range(number - len(seniors))
    )
    Subordination.objects.bulk_create(
        Subordination(employee=one, senior=seniors[index % len(seniors)], since=now)
        for index, one in enumerate(operators)
    )
    ProjectAssignment.objects.bulk_create(
        ProjectAssignment(employee=one, project=project, since=now) for one in operators
    )


def _one(role: Role, username: str, index: int) -> Employee:
    surname = SURNAMES[index % len(SURNAMES)]
    return Employee(
        username=username, role=role, last_name=f"{surname}-{index:05d}", first_name="Олена", password="md5$x$y",
        phone=f"+38044{index:07d}",
    )  # fmt: skip

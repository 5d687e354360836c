"""A centre of the size it is meant for, put into the test's database by a few statements over whole sets.

The rows are copies of one good row each, made by the builders, with what must differ computed from the number of
the copy. The owner of the tables makes them, with the row triggers off: histories of 200,000 cases are not what
is measured, and the deferred check of the responsible person is asked once, over all of them.
"""

from __future__ import annotations

import os
from typing import Any

import psycopg2
from django.db import connection, models

from cases.casework.models import Case, Escalation, Responsibility, Task
from cases.insurance.models import InsuredPerson, Insurer, InsurerUserObjectPermission
from staff.employees.models import Employee, ProjectAssignment, Subordination

PEOPLE, PROJECTS, CASES, INSURED = 500, 30, 200_000, 20_000
OPEN_EACH = 100
"""One case of so many is open."""
PROJECTS_EACH = 3


class Copies:
    """Writes copies of rows as the owner."""

    def __init__(self) -> None:
        name = connection.settings_dict["NAME"]
        self.link = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=name)
        self.link.autocommit = True  # a table whose deferred checks wait cannot be altered
        self.cursor = self.link.cursor()

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        self.cursor.execute("VACUUM ANALYZE")
        self.link.close()

    def make(
        self, model: type[models.Model], like: models.Model, times: int, where: str = "true", **differing: str
    ) -> None:
        """`times` copies of `like`, numbered `n` from 1, with columns computed in SQL; `where`: of which numbers."""
        table = model._meta.db_table
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if not field.primary_key and not getattr(field, "generated", False)
        ]
        values = [f"({differing[name]})" if name in differing else f'"like"."{name}"' for name in columns]
        assert set(differing) <= set(columns), set(differing) - set(columns)
        self.cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        self.cursor.execute(
            f'INSERT INTO "{table}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in columns)})'
            f' SELECT {", ".join(values)} FROM "{table}" AS "like", generate_series(1, {times}) AS n'
            f' WHERE "like"."id" = {int(like.pk)} AND {where}'
        )
        self.cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        self.cursor.execute("UPDATE lib_reference SET version = gen_random_uuid()")  # as the triggers would

    def first_id(self, model: type[models.Model], **named: Any) -> int:
        """The lowest id of the copies: they were numbered without gaps."""
        row = model._default_manager.filter(**named).order_by("pk").first()
        assert row is not None
        return int(row.pk)


def grow(operator: Employee, senior: Employee, project: Insurer, case: Case) -> None:
    """Five hundred people, thirty projects, two hundred thousand cases around these. `case`: with an insured person,
    a task and an escalation.
    """
    tie = Subordination.objects.get(employee=operator)
    with Copies() as copies:
        copies.make(Insurer, project, PROJECTS - 1, code="'project-' || n")
        copies.make(Employee, operator, PEOPLE, username="'person-' || n", last_name="'Людина' || n")
        copies.make(InsuredPerson, case.person, INSURED, uuid="gen_random_uuid()", surname_key="'zzz' || n",
                    phone="'+38067' || (1000000 + n)")  # fmt: skip
    first = {
        Insurer: Insurer.objects.get(code="project-1").pk,
        Employee: Employee.objects.get(username="person-1").pk,
        InsuredPerson: InsuredPerson.objects.exclude(pk=case.person_id)
        .order_by("pk")
        .values_list("pk", flat=True)[0],
    }
    assignment, grant = ProjectAssignment.objects.filter(employee=operator).get(), _grant(operator)
    project_of = f"{first[Insurer]} + (n * 7 + n / {PEOPLE}) % {PROJECTS - 1}"
    person_of = f"{first[Employee]} + n % {PEOPLE}"
    with Copies() as copies:
        copies.make(Subordination, tie, PEOPLE, employee_id=f"{first[Employee]} + n - 1")
        copies.make(ProjectAssignment, assignment, PEOPLE * PROJECTS_EACH, employee_id=person_of,
                    project=f"'project-' || (1 + (n * 7 + n / {PEOPLE}) % {PROJECTS - 1})")  # fmt: skip
        copies.make(InsurerUserObjectPermission, grant, PEOPLE * PROJECTS_EACH, user_id=person_of,
                    content_object_id=project_of)  # fmt: skip
        copies.make(
            Case, case, CASES, uuid="gen_random_uuid()", number="'25-' || (1000000 + n)", token="NULL",
            status=f"CASE WHEN n % {OPEN_EACH} = 0 THEN 'reported' ELSE 'closed' END",
            insurer_id=f"CASE WHEN n % {PROJECTS} = 0 THEN {project.pk} ELSE {project_of} END",
            responsible_id=person_of, person_id=f"{first[InsuredPerson]} + n % {INSURED}",
        )  # fmt: skip
    start = Case.objects.get(number="25-1000001").pk - 1
    with Copies() as copies:
        copies.make(
            Responsibility, case.responsibilities.get(), CASES, case_id=f"{start} + n", employee_id=person_of
        )
        of_open = f"n % {OPEN_EACH} = 0"
        copies.make(Task, case.tasks.get(), CASES, of_open, case_id=f"{start} + n", assignee_id="NULL")
        copies.make(
            Escalation, case.escalations.get(), CASES, f"n % {OPEN_EACH * 10} = 0", case_id=f"{start} + n",
            addressee_id=str(senior.pk),
        )  # fmt: skip


def _grant(operator: Employee) -> InsurerUserObjectPermission:
    row: InsurerUserObjectPermission = InsurerUserObjectPermission.objects.filter(user=operator).get()
    return row

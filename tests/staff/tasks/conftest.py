"""A senior manager who leads the shift, and what they order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fregat.lib import clock, files
from fregat.lib.models import Notice
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def give(senior: Employee) -> Callable[..., Assignment]:
    """`give(operator)`: an instruction due in two hours; `hours=-1`: due an hour ago, given two hours before."""

    def order(
        to: Employee, *, by: Employee | None = None, hours: float = 2, text: str = "Звірити рахунки."
    ) -> Any:
        now = clock.now()
        given = actions.give(
            by=by or senior, text=text, to=to, due_at=now + timedelta(hours=hours),
            now=now + timedelta(hours=min(0, hours) - 1) if hours < 0 else None,
        )  # fmt: skip
        return given.assignments.get()

    return order


@pytest.fixture
def reported(give: Callable[..., Assignment], operator: Employee) -> Assignment:
    """What the operator has reported as done."""
    row = give(operator)
    actions.report(by=operator, assignment_id=row.pk, text="Звірено 12 рахунків.")
    row.refresh_from_db()
    return row


def upload(name: str = "акт.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def proof() -> files.Accepted:
    """A proof that was looked at."""
    return files.accept(upload())


def told(person: Employee) -> list[str]:
    """Kinds of the notices a person has, oldest first."""
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def waiting(row: Assignment) -> int:
    """The id of the report that waits for an answer."""
    found = Assignment.objects.get(pk=row.pk).waiting_report
    assert found is not None
    return found.pk

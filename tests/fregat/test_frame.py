"""What every request asks about its reader in one statement says the same as the questions asked one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy

from cases.insurance.querysets import project_ids
from fregat.lib import clock, frame, notices, once
from shifts.attendance import selectors as attendance
from shifts.roster.models import Shift
from staff.documents import permissions as documents
from staff.employees.models import Employee
from staff.messenger import actions as messenger
from staff.messenger import selectors as messages
from tests.builders import make_document, make_shift

pytestmark = pytest.mark.django_db
KIND = "frame.kind"

QUESTIONS: dict[str, Callable[[Employee, Any], Any]] = {
    "notices": lambda one, now: notices.unread(one),
    "messages": lambda one, now: messages.waiting(one),
    "begins": attendance.anything_to_begin,
    "shift": attendance.current_shift,
    "projects": lambda one, now: sorted(project_ids(one)),
    "unsigned": documents.first_unsigned,
}


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    notices.register(KIND, gettext_lazy("Nobody leads this shift now."), "flag")
    yield
    notices._kinds.pop(KIND)


def asked(employee: Employee, now: Any) -> dict[str, Any]:
    """Each question by itself."""
    return {name: question(employee, now) for name, question in QUESTIONS.items()}


def framed(employee: Employee, now: Any) -> dict[str, Any]:
    """All of them from the frame: one statement."""
    with once.noted():
        with CaptureQueriesContext(connection) as statements:
            frame.read(employee, now)
            found = asked(employee, now)
        assert len(statements) == 1, [one["sql"] for one in statements]
    return found


def fields(shift: Shift | None) -> Any:
    """All that a shift and its beginning hold."""
    if shift is None:
        return None
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for row in (shift, shift.attendance)
    ]


def test_a_reader_for_whom_nothing_waits(operator: Employee) -> None:
    now = clock.now()
    assert framed(operator, now) == asked(operator, now)


def test_a_reader_for_whom_everything_waits(
    operator: Employee, operator2: Employee, director: Employee, on_shift: Callable[..., Any]
) -> None:
    now = clock.now()
    begun = on_shift(operator)
    make_document(director, roles=["operator"], now=now - timedelta(days=60))
    notices.tell([operator], KIND, now=now)
    messenger.write_to(by=operator2, to=operator, text="Потрібен лікар", now=now)
    found = framed(operator, now)
    alone = asked(operator, now)
    assert fields(found.pop("shift")) == fields(alone.pop("shift"))
    assert found == alone
    assert found["notices"] and found["messages"].unread == 1 and found["unsigned"]
    assert begun == attendance.current_shift(operator, now)


@pytest.mark.parametrize("minutes", [-61, -59, 5, 30, 31])
def test_a_shift_in_its_window_is_begun_by_the_same_request(operator: Employee, minutes: int) -> None:
    now = clock.now()
    make_shift(operator, now + timedelta(minutes=minutes), now + timedelta(minutes=minutes + 60))
    assert (
        framed(operator, now)["begins"]
        == attendance.anything_to_begin(operator, now)
        == (-60 < minutes <= 30)
    )


def test_what_is_of_one_reader_is_not_told_another(
    operator: Employee, operator2: Employee, doctor: Employee, on_shift: Callable[..., Any]
) -> None:
    now = clock.now()
    on_shift(operator)
    notices.tell([operator], KIND, now=now)
    framed(operator, now)  # the statement of this role is compiled
    for other in (operator2, doctor):
        assert framed(other, now) == asked(other, now)
        assert framed(other, now)["shift"] is None and framed(other, now)["notices"] == 0


def test_after_an_action_the_database_is_asked_anew(operator: Employee) -> None:
    now = clock.now()
    with once.noted():
        frame.read(operator, now)
        assert notices.unread(operator) == 0
        notices.tell([operator], KIND, now=now)
        with once.forgotten():
            assert notices.unread(operator) == 1
        assert notices.unread(operator) == 1

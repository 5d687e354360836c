"""Whoever has not signed or acknowledged is reminded, once a day for each text, not at night (A4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from fregat.lib import clock, jobs
from fregat.lib.models import Job, Notice
from staff.documents import actions
from staff.documents.models import Decision, DocumentVersion, Reminder
from staff.employees.models import Employee
from tests.builders import make_document
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def noon() -> datetime:
    """Noon of tomorrow in Kyiv."""
    tomorrow = clock.local(clock.now()) + DAY
    return tomorrow.replace(hour=12, minute=0, second=0, microsecond=0)


def reminded(kind: str = "document_again") -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("id").select_related("employee")
    return [row.employee.username for row in rows]


def test_the_day_after_whoever_has_not_signed_is_reminded_once(
    operator: Employee, operator2: Employee, version: DocumentVersion, noon: datetime
) -> None:
    actions.sign(by=with_password(operator), version_id=version.pk, secret=PASSWORD)
    assert actions.remind(noon) == 1
    assert actions.remind(noon + timedelta(hours=5)) == 0
    assert reminded() == ["operator2"]
    assert actions.remind(noon + DAY) == 1
    assert reminded() == ["operator2", "operator2"]


def test_who_was_told_today_is_not_reminded_today(
    operator: Employee, director: Employee, noon: datetime
) -> None:
    make_document(director, roles=["operator"], now=noon - timedelta(hours=2))
    assert actions.remind(noon) == 0
    assert reminded("document_new") == ["operator"]


def test_nobody_is_reminded_before_the_morning(version: DocumentVersion, noon: datetime) -> None:
    assert actions.remind(noon.replace(hour=settings.FREGAT["REMIND_HOUR"] - 1, minute=59)) == 0
    assert actions.remind(noon.replace(hour=settings.FREGAT["REMIND_HOUR"])) == 1


def test_of_decisions_too(operator: Employee, decision: Decision, noon: datetime) -> None:
    assert actions.remind(noon) == 1
    assert reminded("decision_again") == ["operator"]
    actions.acknowledge(by=operator, decision_id=decision.pk)
    assert actions.remind(noon + DAY) == 0


def test_of_what_was_withdrawn_nobody_is_reminded(head: Employee, decision: Decision, noon: datetime) -> None:
    actions.withdraw(by=head, decision_id=decision.pk, reason="Помилка.")
    assert actions.remind(noon) == 0


def test_two_documents_are_two_reminders(
    director: Employee, version: DocumentVersion, noon: datetime
) -> None:
    make_document(director, title="Правила", kind="rules", roles=["operator"])
    assert actions.remind(noon) == 2


def test_the_database_keeps_one_mark_a_day(
    operator: Employee, version: DocumentVersion, noon: datetime
) -> None:
    actions.remind(noon)
    mark = Reminder.objects.get(on=noon.date())
    mark.pk = None
    with pytest.raises(IntegrityError, match="reminded_once_a_day"), transaction.atomic():
        mark.save(force_insert=True)


def test_old_marks_are_forgotten(version: DocumentVersion, noon: datetime) -> None:
    actions.remind(noon)
    actions.remind(noon + 60 * DAY)
    assert list(Reminder.objects.values_list("on", flat=True)) == [(noon + 60 * DAY).date()]


def test_the_clock_does_it_by_itself(
    version: DocumentVersion,
    noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
    settings_hour: Callable[[int], None],
) -> None:
    settings_hour(0)
    monkeypatch.setattr(clock, "now", lambda: noon)
    jobs.sweep()
    assert reminded() == ["operator"]
    assert Job.objects.get(key="documents_remind:0").last_error == ""
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=1))
    jobs.sweep()
    assert reminded() == ["operator"]


@pytest.fixture
def settings_hour(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`settings_hour(9)`: reminders go out from that hour on."""
    return lambda hour: monkeypatch.setitem(settings.FREGAT, "REMIND_HOUR", hour)

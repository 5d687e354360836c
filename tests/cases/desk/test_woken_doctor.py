"""A doctor who is woken answers within the time limit, else it goes on to whoever decides, and to the head (C5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.casework.actions import acknowledge_escalation, answer_woken, raise_overdue
from cases.casework.models import Escalation, TimelineEntry
from cases.casework.permissions import check_confirm
from cases.desk.actions import wake
from fregat.lib import clock, jobs
from fregat.lib.errors import Conflict, NotAllowed, NotFound
from fregat.lib.models import Job, Notice
from staff.employees.models import Employee
from tests.cast import make_case

pytestmark = pytest.mark.django_db
SAID = "Хворому гірше, потрібне рішення."


@pytest.fixture
def case(operator: Employee, project: Any, on_shift: Any) -> Any:
    on_shift(operator)
    return make_case(operator, insurer=project, country="TR", city="Анталія", zone="Europe/Istanbul")


@pytest.fixture
def told(operator: Employee, doctor: Employee, case: Any) -> Escalation:
    """The doctor sleeps at home; the operator has woken them."""
    wake(by=operator, number=case.number, to=doctor.username, text=SAID)
    row: Escalation = Escalation.objects.get(case=case, reason="woken")
    return row


def overdue(row: Escalation) -> datetime:
    """Its time is over, and the program looks; returns when."""
    row.refresh_from_db()
    moment = row.due_at + timedelta(seconds=1)
    raise_overdue(escalation_id=row.pk, now=moment)
    row.refresh_from_db()
    return moment


def lines(case: Any) -> list[str]:
    return list(TimelineEntry.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


def test_at_home_the_doctor_answers_by_one_key_and_is_shown_nothing_of_the_case(
    operator: Employee, doctor: Employee, case: Any, told: Escalation, page: Any
) -> None:
    assert (told.addressee, told.doctor, told.text) == (doctor, doctor, SAID)
    assert "ще не підтверджено" in page(operator).get("/night/").content.decode()
    browser = page(doctor)
    notice = Notice.objects.get(employee=doctor, kind="woken")
    assert notice.url == "/woken/"
    shown = browser.get("/woken/").content.decode()
    assert case.number in shown and operator.full_name in shown and "data-countdown-to" in shown
    assert SAID not in shown and "Анталія" not in shown and f"/cases/{case.number}/" not in shown
    assert browser.get(f"/cases/{case.number}/").status_code == 404
    answer = browser.post("/woken/", {"escalation": told.pk}, follow=True)
    assert "підтверджено о" in answer.content.decode()
    told.refresh_from_db()
    assert told.acknowledged_by == doctor
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "підтверджено о" in page(operator).get("/night/").content.decode()
    assert lines(case)[-2:] == ["escalation_doctor", "escalation_acknowledged"]


def test_a_doctor_who_does_not_answer_is_passed_over_to_who_leads_and_then_to_the_head(
    operator: Employee, doctor: Employee, senior: Employee, head: Employee, case: Any, told: Escalation,
    on_shift: Any, page: Any,
) -> None:  # fmt: skip
    on_shift(senior, leads=True)
    first_due = told.due_at
    moment = overdue(told)
    assert (told.addressee, told.doctor, told.risen_at) == (senior, doctor, None)
    assert told.due_at - moment == first_due - told.raised_at  # as much time again
    assert Job.objects.get(kind="escalation_overdue", subject_id=told.pk).due_at == told.due_at
    assert Notice.objects.filter(employee=senior, kind="doctor_silent").count() == 1
    shown = page(operator).get("/night/").content.decode()
    assert doctor.full_name in shown
    assert f"не відповідає; передано: {senior.full_name}" in shown
    assert "передано" in page(doctor).get("/woken/").content.decode()
    overdue(told)
    assert told.addressee == head
    assert told.risen_at is not None
    assert lines(case)[-3:] == ["escalation_doctor", "escalation_passed", "escalation_risen"]
    overdue(told)
    assert lines(case)[-1] == "escalation_risen"


def test_with_nobody_leading_it_goes_to_the_head_at_once(head: Employee, told: Escalation) -> None:
    moment = overdue(told)
    assert (told.addressee, told.risen_at) == (head, moment)


def test_it_passes_by_the_work_of_the_clock_itself(senior: Employee, told: Escalation, on_shift: Any) -> None:
    on_shift(senior, leads=True)
    Escalation.objects.filter(pk=told.pk).update(
        raised_at=clock.now() - timedelta(minutes=20), due_at=clock.now() - timedelta(minutes=1)
    )
    Job.objects.filter(kind="escalation_overdue").update(due_at=clock.now() - timedelta(minutes=1))
    jobs.sweep()
    told.refresh_from_db()
    assert told.addressee == senior
    job = Job.objects.get(kind="escalation_overdue", subject_id=told.pk)
    assert (job.done_at, job.due_at) == (None, told.due_at)


def test_a_late_answer_counts_while_nobody_has_acknowledged_and_not_after(
    doctor: Employee, senior: Employee, told: Escalation, on_shift: Any, page: Any
) -> None:
    on_shift(senior, leads=True)
    overdue(told)
    with transaction.atomic():
        answer_woken(by=doctor, escalation_id=told.pk)
        told.refresh_from_db()
        assert told.acknowledged_by == doctor
        transaction.set_rollback(True)
    acknowledge_escalation(by=senior, escalation_id=told.pk)
    with pytest.raises(Conflict):
        answer_woken(by=doctor, escalation_id=told.pk)
    assert page(doctor).post("/woken/", {"escalation": told.pk}).status_code == 409
    assert senior.full_name in page(doctor).get("/woken/").content.decode()


def test_who_answered_in_the_doctors_place_is_said_to_the_operator(
    operator: Employee, senior: Employee, told: Escalation, on_shift: Any, page: Any
) -> None:
    on_shift(senior, leads=True)
    acknowledge_escalation(by=senior, escalation_id=told.pk)
    assert f"підтверджує {senior.full_name}" in page(operator).get("/night/").content.decode()


@pytest.mark.parametrize("key", ["", "x", "0", "²", "9" * 30, "-1"])
def test_what_one_was_not_woken_for_one_does_not_answer(
    doctor: Employee, operator: Employee, told: Escalation, page: Any, key: str
) -> None:
    assert page(doctor).post("/woken/", {"escalation": key}).status_code == 404
    with pytest.raises(NotFound):
        answer_woken(by=operator, escalation_id=told.pk)


def test_to_be_woken_gives_no_right_over_the_case(
    doctor: Employee, case: Any, told: Escalation, on_shift: Any, page: Any
) -> None:
    on_shift(doctor)
    with pytest.raises(NotAllowed):
        check_confirm(doctor, case, clock.now())
    shown = page(doctor).get("/woken/").content.decode()
    assert f"/cases/{case.number}/" in shown
    assert page(doctor).post(f"/board/escalations/{told.pk}/acknowledge/").status_code == 403


def test_the_database_lets_a_doctor_be_told_of_a_waking_alone(told: Escalation) -> None:
    with pytest.raises(IntegrityError, match="escalation_wakes_a_doctor"), transaction.atomic():
        Escalation.objects.filter(pk=told.pk).update(reason="complaint")

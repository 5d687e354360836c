"""Night mode: two lists, and waking whoever is needed, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework.actions import acknowledge_escalation
from cases.casework.models import Escalation, Task, TimelineEntry
from cases.desk import selectors
from cases.desk.actions import wake
from cases.privacy.models import AccessLog
from fregat.lib import clock, notices
from fregat.lib.errors import Conflict, Invalid, NotFound
from fregat.lib.models import Notice
from tests.cast import make_case

pytestmark = pytest.mark.django_db

ZONES = ("Asia/Tokyo", "America/New_York")
SAID = "Хворому гірше, потрібне рішення."


@pytest.fixture
def case(operator: Any, project: Any, on_shift: Any) -> Any:
    """The only operator on duty answers for it; where it happened it is not nearly eight o'clock."""
    on_shift(operator)
    now = clock.now()
    zone = next(name for name in ZONES if now.astimezone(ZoneInfo(name)).hour not in {7, 8})
    return make_case(operator, insurer=project, zone=zone, city="Осака", description="Висока температура.")


def halves(operator: Any, page: Any) -> tuple[str, str]:
    urgent, later = page(operator).get("/night/").content.decode().split('id="night-later"')
    return urgent, later


def test_a_quiet_case_waits_and_one_with_a_danger_does_not(
    operator: Any, project: Any, case: Any, page: Any
) -> None:
    now = clock.now()
    grave = make_case(operator, insurer=project, zone="Asia/Tokyo")
    Task.objects.create(case=grave, at=now, by=operator, text="Дзвінок", due_at=now - timedelta(minutes=5))
    urgent, later = halves(operator, page)
    assert grave.number in urgent and case.number not in urgent
    assert case.number in later and grave.number not in later
    assert "Осака" in later
    look = AccessLog.objects.filter(employee=operator.pk, part="list").latest("pk")
    assert set(look.objects_seen) == {case.uuid, grave.uuid}


def test_what_is_due_before_eight_there_cannot_wait(operator: Any, case: Any, page: Any) -> None:
    now = clock.now()
    (line,) = selectors.night_lines(operator, type(case).objects.all(), now)
    task = Task.objects.create(case=case, at=now, by=operator, text="Дзвінок", due_at=line.morning)
    assert case.number in halves(operator, page)[1]
    task.due_at = line.morning - timedelta(seconds=1)
    task.save()
    assert case.number in halves(operator, page)[0]


def test_cases_of_colleagues_on_duty_are_theirs_and_of_those_off_duty_are_mine(
    operator: Any, operator2: Any, night: Any, project: Any, case: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator2)
    theirs, nobodys = make_case(operator2, insurer=project), make_case(night, insurer=project)
    urgent, later = halves(operator, page)
    assert nobodys.number in urgent
    assert theirs.number not in urgent + later


def test_the_desk_offers_it_to_who_is_alone_and_to_nobody_else(
    operator: Any, operator2: Any, case: Any, on_shift: Any, page: Any
) -> None:
    assert "data-alone" in page(operator).get("/").content.decode()
    on_shift(operator2)
    assert "data-alone" not in page(operator).get("/").content.decode()


def test_it_is_the_operators_page(senior: Any, on_shift: Any, page: Any) -> None:
    on_shift(senior, leads=True)
    assert page(senior).get("/night/").status_code == 403


def test_the_senior_manager_is_woken_with_the_summary_until_they_acknowledge(
    operator: Any, senior: Any, case: Any, on_shift: Any, page: Any
) -> None:
    on_shift(senior, leads=True)
    browser = page(operator)
    form = browser.get(f"/night/{case.number}/wake/").content.decode()
    assert senior.full_name in form and "Висока температура." in form
    answer = browser.post(f"/night/{case.number}/wake/", {"to": "=", "text": SAID})
    assert (answer.status_code, answer["Location"]) == (302, "/night/")
    row = Escalation.objects.get(case=case, reason="woken")
    assert (row.addressee, row.text, row.raised_by) == (senior, SAID, operator)
    assert TimelineEntry.objects.get(case=case, kind="escalation_raised").text == SAID
    (line,) = notices.latest(senior, clock.now())
    assert case.number in line.text and SAID not in line.text
    assert "ще не підтверджено" in halves(operator, page)[0]
    acknowledge_escalation(by=senior, escalation_id=row.pk)
    shown = browser.get("/night/").content.decode()
    assert "ще не підтверджено" not in shown and "підтверджено о" in shown


def test_with_nobody_leading_the_head_is_woken(operator: Any, head: Any, case: Any) -> None:
    wake(by=operator, number=case.number, to=selectors.TOLD, text=SAID)
    assert Escalation.objects.get(case=case, reason="woken").addressee == head


@pytest.mark.parametrize("to", ["=", "doctor"])
def test_nobody_is_woken_twice_within_ten_minutes(
    operator: Any, doctor: Any, case: Any, to: str, page: Any
) -> None:
    now = clock.now()
    wake(by=operator, number=case.number, to=to, text=SAID, now=now)
    with pytest.raises(Conflict):
        wake(by=operator, number=case.number, to=to, text=SAID, now=now + timedelta(minutes=9))
    answer = page(operator).post(f"/night/{case.number}/wake/", {"to": to, "text": "Ще гірше."})
    assert answer.status_code == 409
    assert "Зателефонуйте" in answer.content.decode() and "Ще гірше." in answer.content.decode()
    assert Notice.objects.filter(kind="woken").count() == 1
    wake(by=operator, number=case.number, to=to, text=SAID, now=now + timedelta(minutes=11))
    assert Notice.objects.filter(kind="woken").count() == 2


def test_nobody_else_is_woken_and_nobody_without_a_word(
    operator: Any, operator2: Any, case: Any, page: Any
) -> None:
    for to, text in ((operator2.username, SAID), ("=", "  ")):
        with pytest.raises(Invalid):
            wake(by=operator, number=case.number, to=to, text=text)
        answer = page(operator).post(f"/night/{case.number}/wake/", {"to": to, "text": text})
        assert answer.status_code == 400
    assert not Notice.objects.filter(kind="woken").exists()


def test_for_a_case_that_is_open_no_more_nobody_is_woken(operator: Any, project: Any, case: Any) -> None:
    done = make_case(operator, insurer=project, status="assisted")
    with pytest.raises(Conflict):
        wake(by=operator, number=done.number, to="=", text=SAID)


def test_a_stranger_to_the_case_wakes_nobody(stranger: Any, case: Any, on_shift: Any) -> None:
    on_shift(stranger)
    with pytest.raises(NotFound):
        wake(by=stranger, number=case.number, to="=", text=SAID)


def test_the_number_of_statements_does_not_grow_with_the_cases(
    operator: Any, project: Any, case: Any, page: Any
) -> None:
    client = page(operator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            assert client.get("/night/").status_code == 200
        return len(statements)

    cost()
    one = cost()
    for _ in range(8):
        other = make_case(operator, insurer=project)
        wake(by=operator, number=other.number, to="=", text=SAID)
    assert cost() == one

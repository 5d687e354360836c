"""What began and ended while the watch was down is on record all the same (B5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework.actions import assign_case, move_case
from cases.casework.models import Case
from cases.handover import actions
from cases.handover.models import Lapse
from fregat.lib.models import Job
from shifts.attendance.models import Attendance
from tests.cast import make_case, make_service_kind

MINUTE = timedelta(minutes=1)


@pytest.fixture
def left(works, operator, project, now):
    """An open case of an operator whose shift was over an hour ago; nobody has looked since."""
    works(operator, -10, -1)
    case = make_case(operator, insurer=project, now=now - timedelta(hours=3))
    at = now - timedelta(hours=3)
    Case.objects.filter(pk=case.pk).update(opened_at=at, registered_at=at, status_at=at)
    return case


def the_watch_looked(at):
    Job.objects.filter(key="watch:0").delete()
    Job.objects.create(key="watch:0", kind="watch", subject_id=0, due_at=at + MINUTE, created_at=at)


def ended():
    row = Lapse.objects.get()
    return row.responsible.username, row.began_at, row.ended_at, row.ended_by


def test_taken_over_by_hand_before_anybody_looked(left, works, operator2, now):
    works(operator2)
    assign_case(by=operator2, number=left.number, to=operator2, reason="Нікого немає.", now=now)
    assert ended() == ("operator", now - timedelta(hours=1), now, "moved")


def test_given_by_the_senior_manager_it_is_written_once(left, works, senior, operator2, now):
    works(senior, leads=True)
    works(operator2)
    actions.look(now)
    assign_case(by=senior, number=left.number, to=operator2, reason="Нікого немає.", now=now + MINUTE)
    assert ended()[2:] == (now + MINUTE, "moved")


def test_help_given_before_anybody_looked(left, works, senior, now):
    works(senior, leads=True)
    left.services.create(kind=make_service_kind(), added_at=now, added_by=senior)
    move_case(by=senior, number=left.number, to="assisted", reason="Перевірено.", now=now)
    assert ended() == ("operator", now - timedelta(hours=1), now, "not_open")


def test_from_somebody_on_duty_nothing_is_written(works, operator, operator2, project, now):
    works(operator)
    works(operator2)
    case = make_case(operator, insurer=project, now=now - timedelta(hours=1))
    assign_case(by=operator2, number=case.number, to=operator2, reason="Беру.", now=now)
    assert not Lapse.objects.exists()


def test_a_case_opened_again_had_nobody_on_duty_rightly(works, operator, senior, project, now):
    works(operator, -10, -1)
    works(senior, leads=True)
    case = make_case(operator, insurer=project, status="assisted", now=now - timedelta(hours=3))
    move_case(by=senior, number=case.number, to="reported", reason="Знову гарячка.", now=now)
    assert not Lapse.objects.exists()


def test_the_next_paper_of_a_case_that_is_open_no_more_is_none(works, operator, senior, project, now):
    works(operator, -10, -1)
    works(senior, leads=True)
    case = make_case(operator, insurer=project, status="assisted", now=now - timedelta(hours=3))
    move_case(by=senior, number=case.number, to="documents", reason="Папери є.", now=now)
    assert not Lapse.objects.exists()


def test_the_person_came_while_the_watch_was_down(left, works, operator, now):
    the_watch_looked(now - timedelta(hours=2))
    shift = works(operator, -0.5, 8, begun=False)
    Attendance.objects.create(shift=shift, begun_at=now - 10 * MINUTE)
    assert actions.look(now) == 0
    assert ended() == ("operator", now - timedelta(hours=1), now - 10 * MINUTE, "came")
    the_watch_looked(now)
    actions.look(now + MINUTE)
    assert Lapse.objects.count() == 1


def test_who_came_in_time_left_no_lapse(works, operator, project, now):
    the_watch_looked(now - timedelta(hours=2))
    works(operator, -1, 8)
    make_case(operator, insurer=project, now=now - timedelta(minutes=30))
    actions.look(now)
    assert not Lapse.objects.exists()

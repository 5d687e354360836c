"""What waits for the senior manager on the board: requests, people by state, notices (JD II.9-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.desk import selectors
from cases.desk.rules import PRESENCES
from cases.desk.waiting import waiting
from fregat.lib import clock, notices
from shifts.absence import actions as absence
from shifts.attendance import actions as attendance
from tests.builders import make_employee, make_shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def works():
    """`works(employee, from_, to)`: a shift, in hours from now."""

    def plan(employee, from_, to, *, begun=True, **values):
        now = clock.now()
        starts_at = now + timedelta(hours=from_)
        begun_at = starts_at if begun else None
        return make_shift(employee, starts_at, now + timedelta(hours=to), begun_at=begun_at, **values)

    return plan


@pytest.fixture
def asked(operator, works):
    """The operator asks to leave earlier today, and to be away in a week."""
    now = clock.now()
    shift = works(operator, -4, 4)
    attendance.ask_end(by=operator, ends_at=shift.ends_at - timedelta(hours=1), reason="До лікаря.")
    day = clock.local(now).date() + timedelta(days=7)
    return absence.ask(by=operator, kind="vacation", since=day, until=day + timedelta(days=3))


def test_requests_stand_on_the_board_until_they_are_decided(asked, senior, works, page):
    works(senior, -4, 4, leads=True)
    now = clock.now()
    assert [line.what for line in waiting(senior, now)] == ["end", "absence"]
    text = page(senior).get("/board/").content.decode()
    assert "просить змінити кінець зміни" in text and "просить про відсутність" in text
    absence.agree(by=senior, absence_id=asked.pk)
    assert [line.what for line in waiting(senior, now)] == ["end"]


def test_nobody_is_asked_for_what_they_may_not_decide(asked, operator, head):
    other = make_employee("stranger", "senior")
    now = clock.now()
    assert waiting(operator, now) == waiting(other, now) == []
    assert {line.what for line in waiting(head, now)} == {"end", "absence"}


def test_people_are_summed_up_by_state(works, operator, operator2, senior):
    works(operator, -4, 4), works(operator2, -7.9, 0.2)
    works(make_employee("late", senior=senior), -1, 4, begun=False)
    lines = selectors.people(senior, clock.now())
    assert selectors.tally(lines) == [("takes", 1), ("finishing", 1), ("late", 1)]
    assert {line.presence for line in lines} <= set(PRESENCES)


def test_what_is_not_read_stands_on_the_board_and_goes_when_it_is_read(senior, page):
    now = clock.now()
    notices.register("of_this_test", "Знак %(n)s", "bell")
    notices.tell([senior], "of_this_test", values={"n": 77}, now=now)
    browser = page(senior)
    assert "Знак 77" in browser.get("/board/").content.decode()
    notices.read(senior.pk, now=now)
    assert "Знак 77" not in browser.get("/board/").content.decode()

"""The real beginning and end of a break are on record, and who is away gets no new case (B2)."""

from __future__ import annotations

import pytest

from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.models import Job, Notice
from shifts.breaks import actions, rules, selectors
from shifts.roster.actions import cancel_shift, change_shift
from tests.shifts.breaks.conftest import at


@pytest.fixture
def agreed(asked, senior):
    return actions.agree(by=senior, break_id=asked.pk, now=at(10))


def test_it_begins_and_ends_when_it_really_does(agreed, operator):
    actions.begin(by=operator, break_id=agreed.pk, now=at(63))
    assert selectors.away_ids(at(70)) == {operator.pk}
    row = actions.end(by=operator, break_id=agreed.pk, now=at(120))
    assert (row.state, row.begun_at, row.ended_at) == ("over", at(63), at(120))
    assert selectors.away_ids(at(121)) == set()


def test_it_cannot_begin_before_it_is_agreed_nor_much_earlier(asked, operator, senior):
    with pytest.raises(Conflict):
        actions.begin(by=operator, break_id=asked.pk, now=at(60))
    actions.agree(by=senior, break_id=asked.pk, now=at(10))
    with pytest.raises(Invalid):
        actions.begin(by=operator, break_id=asked.pk, now=at(49))
    assert actions.begin(by=operator, break_id=asked.pk, now=at(50)).state == "running"


def test_nobody_is_sent_on_a_break_by_somebody_else(agreed, senior):
    with pytest.raises(NotAllowed):
        actions.begin(by=senior, break_id=agreed.pk, now=at(60))


def test_what_is_over_is_over(agreed, operator, senior):
    actions.begin(by=operator, break_id=agreed.pk, now=at(60))
    actions.end(by=operator, break_id=agreed.pk, now=at(100))
    for act, by in ((actions.begin, operator), (actions.withdraw, operator), (actions.agree, senior)):
        with pytest.raises(Conflict):
            act(by=by, break_id=agreed.pk, now=at(110))


def test_the_hour_is_over_after_an_hour():
    assert not rules.overrun(at(60), "lunch", at(120))
    assert rules.overrun(at(60), "lunch", at(127)).total_seconds() == 7 * 60


@pytest.fixture
def running(agreed, operator):
    return actions.begin(by=operator, break_id=agreed.pk, now=at(60))


def told(person):
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def test_a_break_nobody_ended_ends_with_the_shift_and_is_marked(running, operator, senior):
    job = Job.objects.get(key=f"break_close:{running.pk}")
    assert job.due_at == at(12 * 60)
    assert selectors.away_ids(at(12 * 60)) == set()
    actions.close(running.pk, now=at(12 * 60 + 3))
    running.refresh_from_db()
    assert (running.state, running.ended_at, running.ended_by_program) == ("over", at(12 * 60), True)
    assert told(operator)[-1] == "break_closed"
    assert told(senior)[-1] == "break_closed_of"


def test_one_that_was_ended_is_not_ended_again(running, operator):
    actions.end(by=operator, break_id=running.pk, now=at(100))
    assert not Job.objects.filter(key=f"break_close:{running.pk}").exists()
    assert actions.close(running.pk, now=at(12 * 60)) is None
    running.refresh_from_db()
    assert (running.ended_at, running.ended_by_program) == (at(100), False)


def test_a_prolonged_shift_takes_the_end_of_its_break_along(running, on_shift, senior):
    change_shift(by=senior, shift_id=on_shift.pk, changes={"ends_at": at(800)}, now=at(90))
    assert Job.objects.get(key=f"break_close:{running.pk}").due_at == at(800)
    assert actions.close(running.pk, now=at(12 * 60)) is None  # by an alarm of before
    running.refresh_from_db()
    assert running.state == "running"


def test_a_shift_that_is_cancelled_ends_the_break_that_runs(running, on_shift, senior):
    cancel_shift(by=senior, shift_id=on_shift.pk, reason="Захворіла.", now=at(90))
    running.refresh_from_db()
    assert (running.state, running.ended_at, running.ended_by_program) == ("over", at(90), True)


def test_an_agreed_break_may_be_moved_or_taken_back_until_it_begins(agreed, operator, senior):
    with pytest.raises(Invalid):
        actions.agree(by=senior, break_id=agreed.pk, now=at(20))  # nothing would change
    moved = actions.agree(by=senior, break_id=agreed.pk, starts_at=at(120), now=at(20))
    assert (moved.state, moved.starts_at, moved.asked_for) == ("agreed", at(120), at(60))
    assert told(operator)[-1] == "break_moved"
    back = actions.refuse(by=senior, break_id=agreed.pk, reason="Двоє захворіли.", now=at(30))
    assert (back.state, told(operator)[-1]) == ("refused", "break_refused")


def test_one_that_runs_is_neither_moved_nor_taken_back(running, senior):
    with pytest.raises(Conflict):
        actions.agree(by=senior, break_id=running.pk, starts_at=at(120), now=at(70))
    with pytest.raises(Conflict):
        actions.refuse(by=senior, break_id=running.pk, reason="Пізно.", now=at(70))

"""The real beginning and end of a break are on record, and who is away gets no new case (B2)."""

from __future__ import annotations

import pytest

from fregat.lib.errors import Conflict, Invalid, NotAllowed
from shifts.breaks import actions, rules, selectors
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


def test_a_break_nobody_ended_ends_with_the_shift(agreed, operator):
    actions.begin(by=operator, break_id=agreed.pk, now=at(60))
    assert selectors.away_ids(at(12 * 60)) == set()

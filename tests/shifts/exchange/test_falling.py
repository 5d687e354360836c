"""What becomes of a request when its shifts or its people change meanwhile, and of two decisions at once (B3, B6)."""

from __future__ import annotations

import pytest

from fregat.lib import jobs
from fregat.lib.errors import Conflict
from shifts.exchange import actions
from shifts.exchange.models import Exchange
from shifts.roster.actions import cancel_shift, change_shift
from tests.builders import give_order
from tests.shifts.conftest import Role, T, shift
from tests.shifts.exchange.conftest import HOUR, accept, agree, standing, told

NOW = {"now": T}


def fallen():
    row = Exchange.objects.get()
    return row.state, row.fallen_why


def test_a_shift_that_moves_lets_the_request_fall(given, operator, operator2, senior, mine):
    accept(given)
    changes = {"starts_at": mine.starts_at + HOUR}
    change_shift(by=senior, shift_id=mine.pk, changes=changes, reason="Так треба.", **NOW)
    assert fallen() == ("fallen", "moved")
    assert told(operator2)[-1] == "exchange_fallen_moved"
    assert "exchange_fallen_moved" in told(operator)
    with pytest.raises(Conflict):
        agree(given, senior)


def test_a_shift_that_is_cancelled_does_too(swap, senior, theirs):
    cancel_shift(by=senior, shift_id=theirs.pk, reason="Скорочення.", **NOW)
    assert fallen() == ("fallen", "cancelled")


@pytest.mark.parametrize("who", ["giver", "colleague"])
def test_a_dismissal_lets_it_fall(given, operator, operator2, director, who):
    give_order("dismissal", getattr(given, who), by=director, now=T)
    assert fallen() == ("fallen", "dismissed")
    left = operator2 if who == "giver" else operator
    assert told(left)[-1] == "exchange_fallen_dismissed"


def test_a_transfer_to_other_work_does_too(given, operator2, director):
    give_order("transfer", operator2, by=director, role=Role.CLIENT, now=T)
    assert fallen() == ("fallen", "transferred")


def test_undecided_it_falls_when_the_shift_is_about_to_begin(given, operator, operator2, senior):
    accept(given)
    assert actions.expire(given.pk, now=given.expires_at - HOUR) is None
    with pytest.raises(Conflict) as refused:
        agree(given, senior, now=given.expires_at)  # before the job has run
    assert refused.value.code == "begins"
    actions.expire(given.pk, now=given.expires_at)
    assert fallen() == ("fallen", "begins")
    assert standing(operator) == [78]


def test_the_job_does_it(given):
    Exchange.objects.filter(pk=given.pk).update(expires_at=T - HOUR)
    jobs.schedule("exchange_expires", given.pk, T - HOUR)
    jobs.sweep()
    assert fallen() == ("fallen", "begins")


def test_decided_it_does_not_expire(given, senior):
    agree(accept(given), senior)
    assert actions.expire(given.pk, now=given.expires_at) is None
    assert Exchange.objects.get().state == "done"


def test_the_second_decision_finds_the_first(given, operator, operator2, senior, head):
    accept(given)
    agree(given, senior)
    for by in (senior, head):
        with pytest.raises(Conflict) as refused:
            agree(given, by)
        assert refused.value.code == "moved_on"
    assert (standing(operator), standing(operator2)) == ([], [78])


def test_another_shift_planned_there_meanwhile_stops_it_and_nothing_is_lost(
    given, operator, operator2, senior
):
    accept(given)
    shift(operator2, 80, 84)
    with pytest.raises(Conflict) as refused:
        agree(given, senior, reason="Треба.")
    assert operator2.full_name in str(refused.value.sentence)
    assert (standing(operator), standing(operator2)) == ([78], [80])
    assert Exchange.objects.get().state == "accepted"

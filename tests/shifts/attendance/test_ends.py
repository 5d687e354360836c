"""The real end of a shift, and ends that both sides agree to (B1, B6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore

from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Notice
from shifts.attendance import actions, rules, selectors
from shifts.attendance.models import Attendance, EndChange
from shifts.roster.actions import cancel_shift, change_shift
from tests.shifts.conftest import T, shift
from tests.shifts.roster.test_pages import page

MINUTE = timedelta(minutes=1)


def at(minutes=0):
    """So many minutes after the beginning of the shift, which lasts twelve hours."""
    return T + minutes * MINUTE


@pytest.fixture
def day(operator, senior, head):
    """Both have begun; returns the operator's shift."""
    shift(senior, leads=True)
    mine = shift(operator)
    for one in (senior, operator):
        actions.begin(employee=one, now=T)
    return mine


def told(person):
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def came(row):
    return Attendance.objects.get(shift=row)


# --- The real end ----------------------------------------------------------------------------------
def test_who_stays_ends_with_the_shift(day):
    assert actions.finish(now=at(719)) == 0
    assert actions.finish(now=at(725)) == 2
    assert (came(day).ended_at, came(day).early_seconds) == (at(720), 0)
    assert actions.finish(now=at(726)) == 0


def test_who_signs_out_everywhere_before_the_end_left_early_and_the_leader_is_told(day, operator, senior):
    actions.leave(employee=operator, now=at(650))
    assert told(senior)[-1] == "signed_out_early"
    actions.finish(now=at(721))
    assert (came(day).ended_at, came(day).early_seconds) == (at(650), 70 * 60)


def test_who_comes_back_has_not_left(day, operator):
    actions.leave(employee=operator, now=at(300))
    assert selectors.anything_to_begin(operator, at(310))
    actions.begin(employee=operator, now=at(310))
    assert came(day).left_at is None
    assert not selectors.anything_to_begin(operator, at(311))
    actions.finish(now=at(721))
    assert (came(day).ended_at, came(day).begun_at) == (at(720), T)


def test_signed_in_elsewhere_nobody_has_left(day, operator):
    from allauth.usersessions.models import UserSession

    other = SessionStore()
    other.set_expiry(10_000_000_000)
    other.save()
    UserSession.objects.create(user=operator, session_key=other.session_key, ip="127.0.0.1", user_agent="")
    assert actions.leave(employee=operator, session_key="mine", now=at(300)) is None
    assert actions.leave(employee=operator, session_key=other.session_key, now=at(300)) is not None


def test_a_shift_that_is_cancelled_while_it_runs_ends_then(day, senior):
    cancel_shift(by=senior, shift_id=day.pk, reason="Захворіла.", now=at(100))
    assert came(day).ended_at == at(100)
    assert actions.finish(now=at(721)) == 1  # the leader's


def test_off_shift_nothing_is_noted(operator):
    assert actions.leave(employee=operator, now=at(10)) is None


# --- Another end, agreed ------------------------------------------------------------------------------
@pytest.fixture
def early(day, operator):
    """She asks to leave two hours early."""
    return actions.ask_end(by=operator, ends_at=at(600), reason="До лікаря.", now=at(60))


def test_an_earlier_end_that_is_agreed_shortens_the_shift_and_counts_as_no_leaving(
    early, day, operator, senior
):
    assert told(senior)[-1] == "end_asked_early"
    assert selectors.end_changes_to_decide(senior, at(61)) == [early]
    actions.agree_end(by=senior, change_id=early.pk, now=at(70))
    day.refresh_from_db()
    assert (day.ends_at, day.reason) == (at(600), "До лікаря.")
    assert told(operator)[-1] == "end_agreed"
    actions.leave(employee=operator, now=at(600))
    actions.finish(now=at(601))
    assert (came(day).ended_at, came(day).early_seconds) == (at(600), 0)


def test_a_longer_one_that_she_asks_for(day, operator, senior):
    row = actions.ask_end(by=operator, ends_at=at(780), reason="Закінчу справу.", now=at(60))
    actions.agree_end(by=senior, change_id=row.pk, now=at(70))
    day.refresh_from_db()
    assert day.ends_at == at(780)


def test_to_stay_longer_asks_the_senior_manager_and_she_agrees_herself(day, operator, senior, head):
    row = actions.prolong(by=senior, shift_id=day.pk, ends_at=at(780), reason="Двоє захворіли.", now=at(60))
    assert told(operator) == ["end_asked_of_you"]
    for other in (senior, head):
        with pytest.raises(NotAllowed):
            actions.agree_end(by=other, change_id=row.pk, now=at(65))
    actions.agree_end(by=operator, change_id=row.pk, now=at(70))
    day.refresh_from_db()
    assert day.ends_at == at(780)
    assert told(senior)[-1] == "end_agreed"


@pytest.fixture
def tomorrow(day, operator):
    """Her next shift begins twenty-four hours after this one's end: the rest is just enough."""
    return shift(operator, 36, 48)


def test_a_longer_end_that_takes_the_rest_needs_a_reason_of_who_agrees(day, tomorrow, operator, senior):
    row = actions.ask_end(by=operator, ends_at=at(780), reason="Закінчу справу.", now=at(60))
    with pytest.raises(Invalid) as refused:
        actions.agree_end(by=senior, change_id=row.pk, now=at(70))
    first = str(refused.value.errors["reason"][0])
    assert "23 год" in first
    assert "26 год" in first
    day.refresh_from_db()
    assert (day.ends_at, day.overridden) == (at(720), [])
    actions.agree_end(by=senior, change_id=row.pk, reason="Нікого більше немає.", now=at(71))
    day.refresh_from_db()
    assert (day.ends_at, day.overridden, day.reason) == (at(780), ["rest"], "Нікого більше немає.")


def test_who_is_asked_to_stay_reads_which_rest_it_takes_and_the_askers_reason_overrides(
    day, tomorrow, operator, senior
):
    row = actions.prolong(by=senior, shift_id=day.pk, ends_at=at(780), reason="Двоє захворіли.", now=at(60))
    (said,) = selectors.own_day(operator, now=at(61)).breaks
    assert "23 год" in said
    actions.agree_end(by=operator, change_id=row.pk, now=at(70))
    day.refresh_from_db()
    assert (day.overridden, day.reason) == (["rest"], "Двоє захворіли.")


def test_the_page_asks_for_the_reason_beside_the_rule_and_keeps_nothing_before(
    day, tomorrow, operator, senior
):
    row = actions.ask_end(by=operator, ends_at=at(780), reason="Закінчу справу.", now=at(60))
    with time_machine.travel(at(70), tick=False):
        client = page(senior)
        answer = client.post(f"/shift/change/{row.pk}/agree/")
        assert answer.status_code == 400
        assert "а треба 26 год" in answer.content.decode()
        agreed = client.post(f"/shift/change/{row.pk}/agree/", {"reason": "Нікого більше немає."})
        assert agreed.status_code == 302
    day.refresh_from_db()
    assert day.overridden == ["rest"]


def test_she_may_refuse_with_a_reason(day, operator, senior):
    row = actions.prolong(by=senior, shift_id=day.pk, ends_at=at(780), reason="Двоє захворіли.", now=at(60))
    with pytest.raises(Invalid):
        actions.refuse_end(by=operator, change_id=row.pk, reason=" ", now=at(65))
    actions.refuse_end(by=operator, change_id=row.pk, reason="Діти вдома самі.", now=at(65))
    assert told(senior)[-1] == "end_refused"
    day.refresh_from_db()
    assert day.ends_at == at(720)


def test_nobody_agrees_to_their_own_wish_and_another_team_does_not_know_of_it(
    early, operator, senior2, operator2
):
    with pytest.raises(NotAllowed):
        actions.agree_end(by=operator, change_id=early.pk, now=at(70))
    for one in (senior2, operator2):
        with pytest.raises(NotFound):
            actions.agree_end(by=one, change_id=early.pk, now=at(70))


def test_one_wish_at_a_time_and_it_can_be_taken_back(early, operator):
    with pytest.raises(Conflict) as refused:
        actions.ask_end(by=operator, ends_at=at(500), reason="Раніше.", now=at(61))
    assert refused.value.code == "one_end_change_asked"
    actions.withdraw_end(by=operator, change_id=early.pk, now=at(62))
    assert actions.ask_end(by=operator, ends_at=at(500), reason="Раніше.", now=at(63)).pk


def test_a_shift_that_was_changed_meanwhile_is_not_changed_by_the_old_wish(early, day, senior):
    change_shift(by=senior, shift_id=day.pk, changes={"ends_at": at(660)}, reason="Обмін.", now=at(65))
    with pytest.raises(Conflict) as refused:
        actions.agree_end(by=senior, change_id=early.pk, now=at(70))
    assert refused.value.code == "shift_moved"
    assert EndChange.objects.get(pk=early.pk).state == "asked"


def test_where_another_shift_stands_nobody_stays_longer(day, operator, senior):
    row = actions.ask_end(by=operator, ends_at=at(780), reason="Закінчу.", now=at(60))
    shift(operator, start=12.5, end=16)
    with pytest.raises(Conflict):
        actions.agree_end(by=senior, change_id=row.pk, now=at(70))
    assert EndChange.objects.get(pk=row.pk).state == "asked"


@pytest.mark.parametrize(
    ("minutes", "fault"), [(720, "same_end"), (50, "passed"), (720 + 361, "much_longer")]
)
def test_not_any_end(day, operator, minutes, fault):
    with pytest.raises(Invalid):
        actions.ask_end(by=operator, ends_at=at(minutes), reason="Так.", now=at(60))
    assert rules.end_fault(T, at(720), at(minutes), at(60)) == fault


def test_only_ends_that_can_be_are_offered():
    offered = list(rules.ends(T, at(720), at(60)))
    assert (offered[0], offered[-1]) == (at(75), at(1080))
    assert at(720) not in offered

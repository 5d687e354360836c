"""What else can come between a shift and its end: moved with its desk open, a receiver sent home, a giver dismissed,
nobody there at all, another rule of the zone (B6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import actions as casework
from cases.casework.models import Responsibility
from cases.handover import actions
from cases.handover.models import CheckDecision, EndOfShiftCheck, Handover
from cases.handover.selectors import current_check
from fregat.lib import clock, jobs
from fregat.lib.errors import Conflict, DomainError, NotFound
from fregat.lib.models import Job
from shifts.roster import actions as roster
from shifts.roster.models import Shift
from shifts.roster.rules import wall
from tests.cases.handover.conftest import at_end_of, end, handover_of, responsible
from tests.cast import give_order, make_case, make_service_kind

MINUTE = timedelta(minutes=1)


@pytest.fixture
def decided(ending, operator, case, now):
    """The desk is open, and the card is written."""
    actions.start_check(ending.pk, now)
    return actions.decide(
        by=operator, number=case.number, decision="hand_over", summary="Дзвонили.", next_step="Передзвонити.",
        next_at=now + timedelta(hours=2), now=now,
    )  # fmt: skip


# --- The shift is moved while its desk is open -------------------------------------------------------------
def test_moved_to_another_day_with_the_desk_open_its_cases_pass_to_somebody_on_duty(
    works, ending, operator, case, decided, night, senior, now
):
    works(senior, leads=True)
    works(night, -1, 8, kind="night")
    starts_at = now + timedelta(days=1)
    roster.change_shift(
        by=senior, shift_id=ending.pk, reason="Обмін.", now=now,
        changes={"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=8)},
    )  # fmt: skip
    assert current_check(operator, now) is None, "the desk closes: there is no shift"
    assert actions.rescue(now + timedelta(seconds=10)) == 1
    assert responsible(case) == "night"
    check = EndOfShiftCheck.objects.get(shift=ending)
    assert (check.started_at, check.due_at) == (None, starts_at + timedelta(hours=8) - 20 * MINUTE)
    assert Job.objects.get(key=f"shift_end:{ending.pk}").due_at == starts_at + timedelta(hours=8)


def test_moved_by_an_hour_with_the_desk_open_what_was_decided_stays(
    works, ending, operator, case, decided, night, senior, now
):
    works(senior, leads=True)
    later = ending.ends_at + timedelta(hours=1)
    roster.change_shift(by=senior, shift_id=ending.pk, reason="Просила.", changes={"ends_at": later}, now=now)
    works(night, 0, 12, kind="night")
    assert end(ending, 1) == 0
    ending.refresh_from_db()
    assert end(ending, 1) == 1
    assert handover_of(case).next_step == "Передзвонити."
    assert CheckDecision.objects.count() == 1


# --- The receiver is sent home after they accepted -----------------------------------------------------------
def test_the_receivers_shift_is_cancelled_after_acceptance(works, ending, case, night, senior, now):
    works(senior, leads=True)
    shift = works(night, -1, 8, kind="night")
    end(ending)
    moment = at_end_of(ending, 60)
    first = handover_of(case)
    actions.accept(by=night, handover_id=first.pk, read_back="Передзвоню.", now=moment)
    roster.cancel_shift(by=senior, shift_id=shift.pk, reason="Захворіла.", now=moment + MINUTE)
    actions.end_shift(shift.pk, moment + MINUTE + timedelta(seconds=2))
    assert responsible(case) == "senior"
    first.refresh_from_db()
    assert first.accepted_by == night, "what was accepted stays accepted"
    row = Handover.objects.get(case=case, shift=shift)
    assert (row.giver, row.receiver, row.is_pending) == (night, senior, True)


def test_the_receivers_shift_is_cancelled_before_acceptance(works, ending, case, night, senior, now):
    works(senior, leads=True)
    shift = works(night, -1, 8, kind="night")
    end(ending)
    moment = at_end_of(ending, 60)
    first = handover_of(case)
    roster.cancel_shift(by=senior, shift_id=shift.pk, reason="Захворіла.", now=moment)
    actions.end_shift(shift.pk, moment + timedelta(seconds=2))
    first.refresh_from_db()
    assert first.superseded_at is not None
    assert responsible(case) == "senior"
    actions.expire(first.pk, first.due_at + MINUTE)
    assert responsible(case) == "senior", "the old term moves nothing any more"


# --- The giver is dismissed during the handover --------------------------------------------------------------
def test_the_giver_is_dismissed_with_the_desk_open(
    works, ending, operator, case, decided, night, senior, director, now
):
    works(senior, leads=True)
    works(night, -1, 8, kind="night")
    give_order("dismissal", operator, by=director)
    assert responsible(case) == "senior"
    assert end(ending) == 0
    assert responsible(case) == "senior"
    with pytest.raises(DomainError):
        actions.decide(by=operator, number=case.number, decision="senior", now=now)


def test_the_giver_is_dismissed_between_the_move_and_the_acceptance(
    works, ending, operator, case, night, senior, director
):
    works(senior, leads=True)
    works(night, -1, 8, kind="night")
    end(ending)
    row = handover_of(case)
    give_order("dismissal", operator, by=director)
    assert responsible(case) == "night", "it is no longer the giver's"
    moment = at_end_of(ending, 60)
    operator.refresh_from_db()
    with pytest.raises(NotFound):
        actions.complete_card(
            by=operator, handover_id=row.pk, summary="x", next_step="y", next_at=moment, now=moment
        )
    actions.accept(by=night, handover_id=row.pk, read_back="Передзвоню.", now=moment)
    assert handover_of(case).accepted_by == night


# --- Several at once -------------------------------------------------------------------------------------------
def test_two_shifts_ending_in_the_same_minute_give_to_the_same_receiver(
    works, operator, operator2, night, project, now
):
    one, two = works(operator, -8, 1 / 6), works(operator2, -8, 1 / 6)
    works(night, 0, 12, kind="night")
    rows = [
        make_case(person, insurer=project, now=now) for person in (operator, operator2) for _each in range(2)
    ]
    assert [end(one), end(two)] == [2, 2]
    assert {responsible(case) for case in rows} == {"night"}
    assert Handover.objects.pending().filter(receiver=night).count() == 4
    assert {row.shift_id for row in Handover.objects.all()} == {one.pk, two.pk}


def test_the_receiver_ends_in_the_same_second_and_receives_nothing(works, ending, case, night, senior):
    works(senior, leads=True)
    works(night, -4, 1 / 6, kind="night")
    end(ending, 0)
    assert responsible(case) == "senior"


# --- The last second -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("milliseconds", "moved"), [(-1, 0), (1, 1)])
def test_help_given_in_the_last_millisecond_stays_and_a_millisecond_later_it_is_refused(
    works, ending, operator, case, night, now, milliseconds, moved
):
    works(night, 0, 12, kind="night")
    case.services.create(kind=make_service_kind(), added_at=now, added_by=operator)
    at = ending.ends_at + timedelta(milliseconds=milliseconds)
    if moved:
        with pytest.raises(DomainError):
            casework.move_case(by=operator, number=case.number, to="assisted", now=at)
    else:
        casework.move_case(by=operator, number=case.number, to="assisted", now=at)
    assert end(ending) == moved
    assert responsible(case) == ("night" if moved else "operator")


def test_a_case_reopened_when_everybody_has_gone_goes_to_the_head(works, ending, operator, case, head, now):
    case.services.create(kind=make_service_kind(), added_at=now, added_by=operator)
    casework.move_case(by=operator, number=case.number, to="assisted", now=now)
    end(ending)
    assert responsible(case) == "operator"
    casework.move_case(
        by=head, number=case.number, to="reported", reason="Знову погано.", now=at_end_of(ending, 60)
    )
    assert responsible(case) == "head"


# --- Nobody at all ---------------------------------------------------------------------------------------------
def test_nobody_on_duty_at_all_the_head_answers_and_keeps_what_is_not_accepted(works, ending, case, head):
    end(ending)
    row = handover_of(case)
    assert (responsible(case), row.receiver) == ("head", head)
    actions.expire(row.pk, row.due_at + MINUTE)
    assert responsible(case) == "head"
    assert handover_of(case).is_pending, "it stays on the board until the head accepts it"
    assert not Responsibility.objects.filter(case=case, reason="not_accepted").exists()


def test_without_even_a_head_nothing_is_lost_and_the_job_stays_due(works, ending, case, head, db):
    type(head).objects.filter(pk=head.pk).update(role="operator")
    with pytest.raises(Conflict, match="керівник"):
        end(ending)
    assert responsible(case) == "operator"
    assert Job.objects.get(key=f"shift_end:{ending.pk}").done_at is None
    type(head).objects.filter(pk=head.pk).update(role="head")
    assert end(ending, 60) == 1
    assert responsible(case) == "head"


# --- Another rule of the zone ---------------------------------------------------------------------------------
def test_when_the_zones_rules_change_the_check_and_the_end_follow(works, operator):
    """The wall times that were planned read as other instants now: here they are an hour apart from what they were."""
    shift = works(operator, 30, 38, begun=False)
    before = shift.ends_at
    hour = timedelta(hours=1)
    Shift.objects.filter(pk=shift.pk).update(
        local_start=wall(shift.starts_at + hour, shift.zone), local_end=wall(shift.ends_at + hour, shift.zone)
    )
    moved = roster.recompute(now=clock.now())
    shift.refresh_from_db()
    assert [row.pk for row in moved] == [shift.pk]
    assert shift.ends_at != before
    check = EndOfShiftCheck.objects.get(shift=shift)
    assert check.due_at == shift.ends_at - 20 * MINUTE
    assert Job.objects.get(key=f"check_start:{shift.pk}").due_at == check.due_at
    assert Job.objects.get(key=f"shift_end:{shift.pk}").due_at == shift.ends_at


# --- Never signed in, prolonged, shortened -----------------------------------------------------------------------
def test_of_a_shift_to_which_nobody_came_the_end_does_nothing_and_is_over(works, operator, night, case, now):
    works(night, -1, 8, kind="night")
    shift = works(operator, -8, 1 / 6, begun=False)
    actions.rescue(now)
    assert responsible(case) == "night"
    assert end(shift) == 0
    assert EndOfShiftCheck.objects.get(shift=shift).ended_at is not None
    assert Handover.objects.filter(case=case).count() == 1


def test_when_the_zones_rules_change_the_check_of_a_running_shift_moves_with_its_end(ending, now):
    type(ending).objects.filter(pk=ending.pk).update(
        local_end=wall(ending.ends_at + 60 * MINUTE, ending.zone)
    )
    assert roster.recompute(now=now) == [ending]
    until = (ending.ends_at + 60 * MINUTE).replace(second=0, microsecond=0)
    check = EndOfShiftCheck.objects.get(shift=ending)
    assert (check.ends_at, check.due_at) == (until, until - 20 * MINUTE)
    due = dict(Job.objects.filter(subject_id=ending.pk, done_at=None).values_list("kind", "due_at"))
    assert due == {"check_start": until - 20 * MINUTE, "shift_end": until}


def test_prolonged_in_the_last_second_nothing_moves(works, ending, case, night, senior):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    last = ending.ends_at - timedelta(seconds=1)
    roster.change_shift(
        by=senior,
        shift_id=ending.pk,
        reason="Ще година.",
        changes={"ends_at": ending.ends_at + 60 * MINUTE},
        now=last,
    )
    assert actions.end_shift(ending.pk, ending.ends_at + timedelta(seconds=1)) == 0
    assert responsible(case) == "operator"
    assert actions.rescue(ending.ends_at + 2 * MINUTE) == 0


def test_shortened_to_end_in_a_minute_it_ends_then(works, ending, case, night, senior, now):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    roster.change_shift(
        by=senior, shift_id=ending.pk, reason="Тихо.", changes={"ends_at": now + MINUTE}, now=now
    )
    ending.refresh_from_db()
    assert end(ending) == 1
    assert responsible(case) == "night"
    assert Shift.objects.get(pk=ending.pk).ends_at == now + MINUTE
    jobs.sweep()
    assert Handover.objects.count() == 1

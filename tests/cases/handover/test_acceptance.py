"""Acceptance is a fact of its own: with a read-back, refused, too late, by another (B5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework.actions import assign_case
from cases.casework.labels import timeline_text
from cases.casework.models import Case, Responsibility
from cases.handover import actions
from cases.handover.models import Handover
from cases.handover.selectors import not_accepted, pending_for
from fregat.lib import jobs
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job
from shifts.attendance.models import Attendance
from tests.cases.handover.conftest import at_end_of, end, handover_of, responsible

READ_BACK = "Дзвоню лікарю о дев’ятій."


@pytest.fixture
def team(works, ending, case, night, senior):
    """The night operator and the senior manager are on duty; the case waits for the night operator."""
    works(senior, -1, 12, leads=True)
    works(night, -0.1, 12, kind="night")
    end(ending)
    return handover_of(case)


@pytest.fixture
def moment(ending):
    """A minute after the end."""
    return at_end_of(ending, 60)


def test_accepted_with_a_read_back(team, night, moment):
    actions.accept(by=night, handover_id=team.pk, read_back=READ_BACK, now=moment)
    team.refresh_from_db()
    assert (team.accepted_at, team.accepted_by, team.read_back) == (moment, night, READ_BACK)
    assert pending_for(night, moment) == []
    assert responsible(team.case) == "night"
    entry = team.case.timeline.get(kind="handover_accepted")
    assert (entry.by, entry.text) == (night, READ_BACK)
    assert timeline_text(entry) != entry.kind, "the time line has words for it"


def test_responsibility_does_not_wait_for_acceptance(team):
    assert team.accepted_at is None
    assert responsible(team.case) == "night"


def test_accepted_once(team, night, moment):
    actions.accept(by=night, handover_id=team.pk, read_back=READ_BACK, now=moment)
    with pytest.raises(Conflict):
        actions.accept(by=night, handover_id=team.pk, read_back=READ_BACK, now=moment)
    with pytest.raises(Conflict):
        actions.refuse(by=night, handover_id=team.pk, reason="No.", now=moment)


@pytest.mark.parametrize("text", ["", "   "])
def test_without_a_read_back_it_is_not_accepted(team, night, moment, text):
    with pytest.raises(Invalid):
        actions.accept(by=night, handover_id=team.pk, read_back=text, now=moment)


def test_another_operator_does_not_accept(team, operator2, stranger, works, moment):
    works(operator2)
    works(stranger)
    with pytest.raises(NotAllowed):
        actions.accept(by=operator2, handover_id=team.pk, read_back=READ_BACK, now=moment)
    with pytest.raises(NotFound):
        actions.accept(by=stranger, handover_id=team.pk, read_back=READ_BACK, now=moment)


def test_refused_with_a_reason_it_moves_to_the_senior_manager_on_duty(team, night, moment):
    actions.refuse(by=night, handover_id=team.pk, reason="Три виклики одразу.", now=moment)
    assert responsible(team.case) == "senior"
    team.refresh_from_db()
    assert team.receiver.username == "senior"
    assert team.due_at == moment + timedelta(minutes=15)
    assert [(hop.to.username, hop.reason, hop.text) for hop in team.hops.all()] == [
        ("night", "shift_end", ""),
        ("senior", "refused", "Три виклики одразу."),
    ]


def test_refused_by_the_senior_manager_it_moves_to_the_head_who_cannot_refuse(
    team, night, senior, head, moment
):
    actions.refuse(by=night, handover_id=team.pk, reason="Зайнята.", now=moment)
    actions.refuse(by=senior, handover_id=team.pk, reason="Зайнятий.", now=moment + timedelta(minutes=1))
    assert responsible(team.case) == "head"
    with pytest.raises(NotAllowed):
        actions.refuse(by=head, handover_id=team.pk, reason="Ні.", now=moment + timedelta(minutes=2))
    actions.accept(by=head, handover_id=team.pk, read_back=READ_BACK, now=moment + timedelta(minutes=3))
    team.refresh_from_db()
    assert team.accepted_by == head


def test_a_refusal_needs_a_reason(team, night, moment):
    with pytest.raises(Invalid):
        actions.refuse(by=night, handover_id=team.pk, reason=" ", now=moment)


def test_not_accepted_in_fifteen_minutes_it_rises_and_rises_again(team, night, senior):
    due = team.due_at
    actions.expire(team.pk, due - timedelta(seconds=1))
    assert responsible(team.case) == "night"
    actions.expire(team.pk, due)
    assert responsible(team.case) == "senior"
    team.refresh_from_db()
    assert team.due_at == due + timedelta(minutes=15)
    assert list(not_accepted(due)) == [team]
    actions.expire(team.pk, team.due_at)
    assert responsible(team.case) == "head"
    team.refresh_from_db()
    actions.expire(team.pk, team.due_at)
    assert responsible(team.case) == "head", "the last resort keeps it"
    assert [hop.reason for hop in team.hops.all()] == ["shift_end", "not_accepted", "not_accepted"]


def test_without_a_senior_manager_on_duty_it_rises_to_the_head(works, ending, case, night):
    works(night, -0.1, 12, kind="night")
    end(ending)
    row = handover_of(case)
    actions.expire(row.pk, row.due_at)
    assert responsible(case) == "head"


def test_accepted_the_time_out_does_nothing(team, night, moment):
    actions.accept(by=night, handover_id=team.pk, read_back=READ_BACK, now=moment)
    actions.expire(team.pk, team.due_at + timedelta(seconds=1))
    assert responsible(team.case) == "night"
    assert team.hops.count() == 1


def test_the_sweep_does_the_time_out(team):
    Handover.objects.update(due_at=team.moved_at - timedelta(hours=1))
    Job.objects.filter(key=f"acceptance:{team.pk}").update(due_at=team.moved_at - timedelta(hours=1))
    jobs.sweep()
    assert responsible(team.case) == "senior"


def test_the_senior_manager_takes_from_an_absent_receiver(team, night, senior, moment):
    Attendance.objects.filter(shift__employee=night).update(begun_at=moment + timedelta(hours=5))
    actions.accept(by=senior, handover_id=team.pk, read_back=READ_BACK, now=moment)
    assert responsible(team.case) == "senior"
    team.refresh_from_db()
    assert (team.receiver, team.accepted_by) == (senior, senior)
    assert [hop.reason for hop in team.hops.all()] == ["shift_end", "taken"]


def test_but_not_from_a_present_one(team, senior, moment):
    with pytest.raises(NotAllowed):
        actions.accept(by=senior, handover_id=team.pk, read_back=READ_BACK, now=moment)


def test_a_senior_manager_of_another_team_does_not_take(team, night, senior2, works, moment):
    works(senior2, -1, 12)
    Attendance.objects.filter(shift__employee=night).update(begun_at=moment + timedelta(hours=5))
    with pytest.raises((NotAllowed, NotFound)):
        actions.accept(by=senior2, handover_id=team.pk, read_back=READ_BACK, now=moment)


def test_taken_over_by_another_nothing_is_left_to_accept(team, operator2, works, night, moment):
    works(operator2)
    assign_case(
        by=operator2, number=team.case.number, to=operator2, reason="The clinic calls me.", now=moment
    )
    team.refresh_from_db()
    assert team.superseded_at is not None
    with pytest.raises(Conflict):
        actions.accept(by=night, handover_id=team.pk, read_back=READ_BACK, now=moment + timedelta(minutes=1))
    actions.expire(team.pk, team.due_at)
    assert responsible(team.case) == "operator2"


def test_a_case_that_leaves_the_open_statuses_needs_no_acceptance(team, moment):
    from cases.casework import registry

    Case.objects.filter(pk=team.case_id).update(status="assisted")
    registry.status_changed(Case.objects.get(pk=team.case_id), moment)
    team.refresh_from_db()
    assert team.superseded_at == moment


def test_the_receivers_own_end_of_shift_opens_the_next_handover(team, night, works, operator2):
    works(operator2, 10, 20)
    Attendance.objects.filter(shift__employee=operator2).update(begun_at=team.moved_at)
    shift = night.shifts.get()
    end(shift)
    assert responsible(team.case) == "operator2"
    team.refresh_from_db()
    assert team.superseded_at is not None
    assert handover_of(team.case).shift_id == shift.pk


def test_the_chain_says_why(team, night, moment):
    actions.refuse(by=night, handover_id=team.pk, reason="Зайнята.", now=moment)
    rows = Responsibility.objects.filter(case=team.case).order_by("since")
    assert [(row.employee.username, row.reason) for row in rows] == [
        ("operator", "registered"),
        ("night", "shift_end"),
        ("senior", "refused"),
    ]


@pytest.mark.parametrize(("seconds", "allowed"), [(0, True), (14 * 60, True), (15 * 60 + 1, False)])
def test_the_giver_completes_the_card_for_a_quarter_of_an_hour(team, operator, seconds, allowed):
    now = team.moved_at + timedelta(seconds=seconds)
    given = {"summary": "Клініка чекає.", "next_step": "Подзвонити.", "next_at": now + timedelta(hours=1)}
    if not allowed:
        with pytest.raises(NotFound):
            actions.complete_card(by=operator, handover_id=team.pk, now=now, **given)
        return
    actions.complete_card(by=operator, handover_id=team.pk, now=now, **given)
    team.refresh_from_db()
    assert (team.next_step, team.card_at) == ("Подзвонити.", now)


def test_once_accepted_the_card_is_closed(team, operator, night, moment):
    actions.accept(by=night, handover_id=team.pk, read_back=READ_BACK, now=moment)
    with pytest.raises(NotFound):
        actions.complete_card(
            by=operator,
            handover_id=team.pk,
            summary="x",
            next_step="y",
            next_at=moment + timedelta(hours=1),
            now=moment,
        )

"""The end of a shift under everything that can go wrong (B6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import actions as casework
from cases.casework.models import Case, Responsibility
from cases.handover import actions
from cases.handover.models import CheckDecision, EndOfShiftCheck, Handover
from fregat.lib import clock, jobs
from fregat.lib.models import Job
from shifts.roster.actions import cancel_shift, change_shift
from shifts.roster.models import Shift
from tests.cases.handover.conftest import at_end_of, end, handover_of, responsible
from tests.cast import give_order, make_case


def job(kind, subject):
    return Job.objects.get(key=f"{kind}:{subject.pk}")


def test_the_end_runs_once_however_often_it_is_called(works, ending, case, night, operator2):
    works(night, 0, 12, kind="night")
    assert end(ending) == 1
    assert end(ending, 2) == 0
    assert Handover.objects.count() == 1
    assert Responsibility.objects.filter(case=case).count() == 2


def test_responsibility_passes_without_a_gap(works, ending, case, night):
    works(night, 0, 12, kind="night")
    end(ending)
    first, second = Responsibility.objects.filter(case=case).order_by("since")
    assert first.until == second.since
    assert second.since - ending.ends_at <= timedelta(seconds=60)
    assert second.reason == "shift_end"
    assert second.by is None, "the program did it"


def test_before_the_end_nothing_happens(works, ending, case, night):
    works(night, 0, 12, kind="night")
    assert actions.end_shift(ending.pk, ending.ends_at - timedelta(seconds=1)) == 0
    assert responsible(case) == "operator"


def test_every_open_case_moves_and_only_those(works, ending, operator, project, night, now):
    works(night, 0, 12, kind="night")
    rows = [
        make_case(operator, insurer=project, now=now, status=status)
        for status in ("reported", "draft", "assisted")
    ]
    foreign = make_case(night, insurer=project, now=now)
    assert end(ending) == 2
    assert [responsible(row) for row in rows] == ["night", "night", "operator"]
    assert not foreign.handovers.exists()


def test_a_prolonged_shift_ends_at_its_new_time(works, ending, case, night, senior, operator):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    old = at_end_of(ending)
    later = ending.ends_at + timedelta(hours=1)
    change_shift(by=senior, shift_id=ending.pk, changes={"ends_at": later}, reason="Many calls.")
    assert job("shift_end", ending).due_at == later
    assert actions.end_shift(ending.pk, old) == 0
    assert responsible(case) == "operator"
    ending.refresh_from_db()
    assert end(ending) == 1


def test_a_prolonged_shift_begins_its_check_anew_and_keeps_what_was_decided(
    works, ending, case, operator, senior, now
):
    works(senior, leads=True)
    actions.start_check(ending.pk, now)
    actions.decide(
        by=operator, number=case.number, decision="hand_over", summary="Called the clinic.",
        next_step="Call back.", next_at=now + timedelta(hours=2), now=now,
    )  # fmt: skip
    change_shift(
        by=senior,
        shift_id=ending.pk,
        changes={"ends_at": ending.ends_at + timedelta(hours=1)},
        reason="Many calls.",
    )
    check = EndOfShiftCheck.objects.get(shift=ending)
    assert check.started_at is None
    assert job("check_start", ending).due_at == check.due_at == ending.ends_at + timedelta(minutes=40)
    assert job("check_start", ending).done_at is None
    assert CheckDecision.objects.get().next_step == "Call back."
    ending.refresh_from_db()
    end(ending)
    assert handover_of(case).next_step == "Call back."


def test_a_shift_shortened_into_its_last_minutes_begins_its_check_at_once_and_not_late(
    works, operator, senior, now
):
    works(senior, leads=True)
    shift = works(operator, -8, 4)
    change_shift(
        by=senior, shift_id=shift.pk, changes={"ends_at": clock.now() + timedelta(minutes=5)}, reason="Ill."
    )
    assert job("check_start", shift).due_at <= clock.now()
    actions.start_check(shift.pk)
    check = EndOfShiftCheck.objects.get(shift=shift)
    assert check.started_at is not None
    assert not check.late


def test_a_cancelled_shift_ends_now(works, operator, senior, night, project, now):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    shift = works(operator, -2, 6)
    case = make_case(operator, insurer=project, now=now)
    cancel_shift(by=senior, shift_id=shift.pk, reason="Sent home ill.")
    jobs.sweep()
    assert responsible(case) == "night"
    assert handover_of(case).shift_id == shift.pk


def test_a_shift_cancelled_before_it_begins_leaves_no_job_behind(works, operator, senior):
    works(senior, leads=True)
    shift = works(operator, 5, 13, begun=False)
    cancel_shift(by=senior, shift_id=shift.pk, reason="Exchange.")
    assert not Job.objects.filter(
        subject_id=shift.pk, kind__in=["check_start", "shift_end"], done_at=None
    ).exists()


def test_cases_of_an_operator_who_never_signed_in_move_on(works, operator, project, night, senior, now):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    works(operator, -1, 7, begun=False)
    case = make_case(operator, insurer=project, now=now)
    assert actions.rescue(clock.now()) == 1
    assert responsible(case) == "night"


def test_open_cases_of_a_dismissed_operator_go_to_the_senior_manager_in_the_same_moment(
    works, operator, project, night, senior, director, now
):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    shift = works(operator, -2, 6)
    case = make_case(operator, insurer=project, now=now - timedelta(minutes=1))
    give_order("dismissal", operator, by=director)
    assert responsible(case) == "senior"
    row = handover_of(case)
    assert row.shift_id == shift.pk
    assert row.hops.get().reason == "dismissed"
    jobs.sweep()
    assert responsible(case) == "senior"


def test_two_shifts_ending_in_the_same_minute_do_not_receive_from_each_other(
    works, operator, operator2, senior, project, now
):
    works(senior, leads=True)
    one, two = works(operator, -8, 1 / 6), works(operator2, -4, 1 / 6)
    first, second = (
        make_case(operator, insurer=project, now=now),
        make_case(operator2, insurer=project, now=now),
    )
    end(one)
    end(two)
    assert [responsible(first), responsible(second)] == ["senior", "senior"]


def test_a_case_opened_in_the_last_second_moves_with_the_others(works, ending, operator, project, night):
    works(night, 0, 12, kind="night")
    case = make_case(operator, insurer=project, now=ending.ends_at - timedelta(milliseconds=1))
    end(ending, 0.001)
    assert responsible(case) == "night"


def test_a_case_that_lands_a_moment_after_the_end_is_rescued(works, ending, operator, project, night):
    works(night, 0, 12, kind="night")
    end(ending)
    case = make_case(operator, insurer=project, now=at_end_of(ending, 0.5))
    assert actions.rescue(at_end_of(ending, 10)) == 1
    assert responsible(case) == "night"
    row = handover_of(case)
    assert row.shift_id == ending.pk
    assert row.hops.get().reason == "orphan"


def test_a_case_finished_in_the_last_second_stays(works, ending, operator, case, project, night):
    works(night, 0, 12, kind="night")
    Case.objects.filter(pk=case.pk).update(status="assisted")
    end(ending)
    assert responsible(case) == "operator"


def test_the_rescue_leaves_a_shift_that_is_just_ending_to_its_own_job(works, ending, case, night):
    works(night, 0, 12, kind="night")
    assert actions.rescue(at_end_of(ending, 5)) == 0
    assert actions.rescue(at_end_of(ending, 30)) == 1, "its job does not come: the rescue does the work"
    assert handover_of(case).shift_id == ending.pk
    assert end(ending, 40) == 0


def test_the_rescue_touches_nobody_on_duty_nor_the_head(works, operator, head, project, now):
    works(operator, -1, 7)
    make_case(operator, insurer=project, now=now)
    make_case(head, insurer=project, now=now)
    assert actions.rescue(clock.now()) == 0


def test_a_later_end_of_another_shift_opens_a_handover_of_its_own(works, ending, case, night, operator2, now):
    from fregat.lib.db import action

    works(night, 0, 1, kind="night")
    end(ending)
    second = works(operator2, 0.5, 12)
    shift = Shift.objects.get(employee=night)
    assert action(actions.end_shift)(shift.pk, at_end_of(shift)) == 1
    assert responsible(case) == "operator2"
    assert Handover.objects.filter(case=case).count() == 2
    assert handover_of(case).shift_id == shift.pk
    assert second.pk


def test_a_case_that_comes_back_and_is_given_again_keeps_one_handover_of_the_shift(
    works, ending, case, operator, night, senior
):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    end(ending)
    case.refresh_from_db()
    with pytest.MonkeyPatch.context():
        casework.pass_case(case=case, to=operator, reason="assigned", now=at_end_of(ending, 2))
    assert actions.rescue(at_end_of(ending, 60)) == 1
    assert Handover.objects.filter(case=case, shift=ending).count() == 1
    assert [hop.reason for hop in handover_of(case).hops.all()] == ["shift_end", "orphan"]


def test_statements_of_an_end_grow_only_with_the_cases(
    works, ending, operator, project, night, now, django_assert_max_num_queries
):
    works(night, 0, 12, kind="night")
    for _ in range(10):
        make_case(operator, insurer=project, now=now)
    with django_assert_max_num_queries(35 + 10 * 7):
        end(ending)

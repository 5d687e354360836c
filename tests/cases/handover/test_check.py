"""The check that begins 20 minutes before the end of the shift (JD II.12, B4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cases.casework.actions import assign_case, move_case, raise_escalation
from cases.casework.models import CaseService, Task
from cases.handover import actions, rules
from cases.handover.models import CheckDecision, EndOfShiftCheck
from cases.handover.selectors import colleagues, current_check, remaining
from fregat.lib import clock, jobs
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job
from tests.cases.handover.conftest import end, handover_of, responsible
from tests.cast import make_case, make_service_kind

TWENTY = timedelta(minutes=20)


def card(**values):
    return {"summary": "Дзвонили в клініку.", "next_step": "Передзвонити лікарю.", **values}


def test_it_begins_by_itself_twenty_minutes_before_the_end(works, operator):
    shift = works(operator, -8, 4)
    check = EndOfShiftCheck.objects.get(shift=shift)
    assert check.due_at == shift.ends_at - timedelta(minutes=20)
    actions.start_check(shift.pk, check.due_at - timedelta(seconds=1))
    check.refresh_from_db()
    assert check.started_at is None
    actions.start_check(shift.pk, check.due_at + timedelta(seconds=2))
    check.refresh_from_db()
    assert check.started_at == check.due_at + timedelta(seconds=2)
    assert not check.late


def test_it_begins_once(ending, now):
    actions.start_check(ending.pk, now)
    actions.start_check(ending.pk, now + timedelta(minutes=1))
    assert EndOfShiftCheck.objects.get(shift=ending).started_at == now


@pytest.mark.parametrize(("late_by", "late"), [(30, False), (61, True), (600, True)])
def test_a_start_after_more_than_a_minute_is_marked_as_late(works, operator, late_by, late):
    shift = works(operator, -8, 4)
    due_at = shift.ends_at - timedelta(minutes=20)
    actions.start_check(shift.pk, due_at + timedelta(seconds=late_by))
    assert EndOfShiftCheck.objects.get(shift=shift).late is late


def test_a_scheduler_that_was_down_over_the_whole_check_still_marks_it_and_ends_the_shift(
    works, ending, case, night
):
    works(night, 0, 12, kind="night")
    actions.start_check(ending.pk, ending.ends_at + timedelta(hours=1))
    assert EndOfShiftCheck.objects.get(shift=ending).late
    assert end(ending, 3600) == 1
    assert responsible(case) == "night"


def test_it_never_sets_a_status_by_itself(ending, case, now):
    actions.start_check(ending.pk, now)
    case.refresh_from_db()
    assert case.status == "reported"


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        (datetime(2026, 10, 24, 17, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC), 13),
        (datetime(2027, 3, 27, 18, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC), 11),
    ],
)
def test_on_the_nights_of_the_clocks_it_begins_twenty_true_minutes_before_the_end(starts, ends, hours):
    local = clock.local(starts), clock.local(ends)
    assert [moment.strftime("%H:%M") for moment in local] == ["20:00", "08:00"]
    assert (ends - starts) == timedelta(hours=hours)
    assert rules.check_at(local[1], TWENTY) == ends - TWENTY


@given(st.datetimes(datetime(2026, 10, 24, 12), datetime(2026, 10, 26), timezones=st.just(UTC)))
def test_around_the_autumn_night_the_check_is_always_twenty_minutes_of_true_time_before(ends):
    assert ends - rules.check_at(clock.local(ends), TWENTY) == timedelta(minutes=20)


@given(st.datetimes(datetime(2027, 3, 27, 12), datetime(2027, 3, 29), timezones=st.just(UTC)))
def test_around_the_spring_night_too(ends):
    assert ends - rules.check_at(clock.local(ends), TWENTY) == timedelta(minutes=20)


def test_missing_jobs_are_found_and_made_again(works, operator, now):
    shift = works(operator, -8, 4)
    Job.objects.filter(subject_id=shift.pk).delete()
    EndOfShiftCheck.objects.filter(shift=shift).delete()
    assert actions.follow_plan(now) == 1
    assert {job.kind for job in Job.objects.filter(subject_id=shift.pk)} == {"check_start", "shift_end"}
    assert EndOfShiftCheck.objects.filter(shift=shift).exists()
    assert actions.follow_plan(now) == 0


def test_a_lost_end_job_of_a_shift_that_is_over_is_found_too(works, ending, case, night):
    works(night, 0, 12, kind="night")
    Job.objects.filter(kind="shift_end", subject_id=ending.pk).delete()
    later = ending.ends_at + timedelta(minutes=1)
    assert actions.follow_plan(later) == 1
    assert Job.objects.get(key=f"shift_end:{ending.pk}").due_at == ending.ends_at


def test_the_sweep_begins_the_check_and_the_shift_clock_needs_nobody(ending):
    jobs.sweep()
    assert EndOfShiftCheck.objects.get(shift=ending).started_at


def test_checks_that_are_due_together_begin_together(works, ending, operator2, night, doctor, now):
    others = [works(operator2, -8, 0.2), works(night, -8, 0.2)]
    later = works(doctor, -8, 4)
    with CaptureQueriesContext(connection) as seen:
        assert actions.start_due_checks(now) == 3
    assert len(seen) <= 12
    begun = EndOfShiftCheck.objects.filter(started_at=now, late=False).values_list("shift", flat=True)
    assert set(begun) == {ending.pk, *(shift.pk for shift in others)}
    assert not Job.objects.filter(kind="check_start", done_at=None).exclude(subject_id=later.pk).exists()
    assert actions.start_due_checks(now) == 0


def test_of_checks_begun_together_the_late_ones_are_marked(works, operator, operator2, now):
    late, in_time = works(operator, -8, 0.3), works(operator2, -8, 0.3)
    EndOfShiftCheck.objects.update(set_at=now - timedelta(hours=8))
    EndOfShiftCheck.objects.filter(shift=late).update(due_at=now - timedelta(minutes=2))
    EndOfShiftCheck.objects.filter(shift=in_time).update(due_at=now - timedelta(seconds=20))
    assert actions.start_due_checks(now) == 2
    assert list(EndOfShiftCheck.objects.filter(late=True).values_list("shift", flat=True)) == [late.pk]


# --- decisions ------------------------------------------------------------------------------------------


def test_the_check_shows_every_open_case_those_in_danger_first(ending, operator, project, now):
    calm = make_case(operator, insurer=project, now=now)
    urgent = make_case(operator, insurer=project, now=now)
    angry = make_case(operator, insurer=project, now=now)
    raise_escalation(by=operator, number=angry.number, reason="complaint", text="Waits for two hours.")
    Task.objects.create(case=urgent, text="Call", due_at=now, at=now, by=operator)
    make_case(operator, insurer=project, now=now, status="assisted")
    view = current_check(operator, now)
    assert [item.case for item in view.items] == [angry, urgent, calm]
    assert (view.done, view.total) == (0, 3)


def test_cases_organised_in_this_shift_that_another_answers_for_are_shown_for_reading(
    works, ending, operator, operator2, project, now, senior
):
    works(operator2, -1, 5)
    case = make_case(operator, insurer=project, now=now - timedelta(minutes=5))
    assign_case(by=operator2, number=case.number, to=operator2, reason="I have the clinic on the line.")
    view = current_check(operator, now)
    assert view.items == []
    assert view.reading == [case]


def test_a_case_held_since_before_and_taken_over_in_this_shift_is_shown_for_reading_too(
    works, ending, operator, operator2, project, now
):
    works(operator2, -1, 5)
    case = make_case(operator, insurer=project, now=now - timedelta(hours=20))
    assign_case(by=operator2, number=case.number, to=operator2, reason="I have the clinic on the line.")
    assert current_check(operator, now).reading == [case]


def test_help_given_moves_the_case_at_once(ending, operator, case, now):
    CaseService.objects.create(
        case=case, kind=make_service_kind(), state="arranged", added_at=now, added_by=operator
    )
    actions.decide(by=operator, number=case.number, decision="assisted", now=now)
    case.refresh_from_db()
    assert case.status == "assisted"
    view = current_check(operator, now)
    assert [(item.case, item.decision.decision) for item in view.items] == [(case, "assisted")]


def test_help_given_is_refused_with_what_is_missing_and_nothing_is_kept(ending, operator, case, now):
    with pytest.raises(Conflict):
        actions.decide(by=operator, number=case.number, decision="assisted", now=now)
    assert not CheckDecision.objects.exists()


def test_a_case_that_needs_help_again_has_to_be_decided_about_again(
    ending, operator, case, night, works, now
):
    works(night, 0, 12, kind="night")
    CaseService.objects.create(
        case=case, kind=make_service_kind(), state="arranged", added_at=now, added_by=operator
    )
    actions.decide(by=operator, number=case.number, decision="assisted", now=now)
    move_case(by=operator, number=case.number, to="reported", reason="Fever again.")
    assert current_check(operator, now).next_item.case == case
    assert remaining(operator, ending) == 1, "the banner counts it again"
    end(ending)
    assert responsible(case) == "night"


def test_the_card_travels_with_the_handover(works, ending, operator, case, night, now):
    works(night, 0, 12, kind="night")
    when = now + timedelta(hours=3)
    actions.decide(by=operator, number=case.number, decision="hand_over", **card(next_at=when), now=now)
    end(ending)
    row = handover_of(case)
    assert (row.summary, row.next_step, row.next_at) == ("Дзвонили в клініку.", "Передзвонити лікарю.", when)
    assert row.card_at is not None


def test_without_a_decision_the_card_is_made_from_the_case(works, ending, operator, case, night, now):
    works(night, 0, 12, kind="night")
    Task.objects.create(
        case=case, text="Подзвонити в готель", due_at=now + timedelta(hours=1), at=now, by=operator
    )
    end(ending)
    row = handover_of(case)
    assert row.next_step == "Подзвонити в готель"
    assert row.next_at == now + timedelta(hours=1)
    assert "Гарячка" in row.summary
    assert row.card_at is None


def test_given_to_the_senior_manager_it_goes_past_the_night_operator(
    works, ending, operator, case, night, senior, now
):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    actions.decide(by=operator, number=case.number, decision="senior", now=now)
    end(ending)
    assert responsible(case) == "senior"


def test_a_chosen_receiver_on_duty_receives(works, ending, operator, case, night, operator2, now):
    works(night, 0, 12, kind="night")
    works(operator2, -8, 8)
    when = now + timedelta(hours=3)
    actions.decide(
        by=operator, number=case.number, decision="hand_over", to="operator2", **card(next_at=when), now=now
    )
    end(ending)
    assert responsible(case) == "operator2"


def test_a_later_decision_replaces_an_earlier_one(ending, operator, case, now):
    actions.decide(by=operator, number=case.number, decision="senior", now=now)
    when = now + timedelta(hours=3)
    actions.decide(by=operator, number=case.number, decision="hand_over", **card(next_at=when), now=now)
    assert CheckDecision.objects.get().decision == "hand_over"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"next_step": ""}, "next_step"),
        ({"next_at": None}, "next_at"),
        ({"next_at": datetime(9999, 1, 1, tzinfo=UTC)}, "next_at"),
        ({"to": "operator"}, "to"),
        ({"to": "nobody-here"}, "to"),
        ({"to": "stranger"}, "to"),
    ],
)
def test_an_incomplete_card_is_refused_with_a_sentence(ending, operator, stranger, case, now, values, field):
    given = {**card(next_at=now + timedelta(hours=1)), **values}
    with pytest.raises(Invalid) as refused:
        actions.decide(by=operator, number=case.number, decision="hand_over", **given, now=now)
    assert list(refused.value.errors) == [field]


def test_colleagues_of_the_cases_project_and_senior_managers_are_offered(
    works, ending, case, operator2, stranger, senior2, night, now
):
    for person in (operator2, stranger, senior2):
        works(person)
    works(night, 1, 12, kind="night", begun=False)
    assert {person.username for person in colleagues(ending, case, now)} == {"operator2", "senior2", "night"}


def test_where_the_roster_alone_names_the_receiver_nobody_is_offered_nor_taken(
    works, ending, operator, operator2, senior, project, now
):
    works(operator2)
    leading = works(senior, -8, 1 / 6, leads=True)
    for giver, shift, case in (
        (operator, ending, make_case(operator, now=now)),
        (senior, leading, make_case(senior, insurer=project, now=now)),
    ):
        assert colleagues(shift, case, now) == []
        with pytest.raises(Invalid) as refused:
            actions.decide(
                by=giver, number=case.number, decision="hand_over", to="operator2", now=now,
                **card(next_at=now + timedelta(hours=1)),
            )  # fmt: skip
        assert list(refused.value.errors) == ["to"]


def test_only_the_responsible_person_decides(works, ending, case, operator2, stranger, now):
    works(operator2)
    works(stranger)
    with pytest.raises(NotAllowed):
        actions.decide(by=operator2, number=case.number, decision="senior", now=now)
    with pytest.raises(NotFound):
        actions.decide(by=stranger, number=case.number, decision="senior", now=now)


def test_off_shift_the_case_does_not_exist(operator, case, now):
    with pytest.raises(NotFound):
        actions.decide(by=operator, number=case.number, decision="senior", now=now)


def test_a_shift_planned_into_the_past_gets_no_check(operator, now):
    from shifts.roster.actions import plan_shift

    shift = plan_shift(
        by=None, employee=operator, starts_at=now - timedelta(hours=9), ends_at=now - timedelta(hours=1), kind="day",
        reason="Demonstration.",
    )  # fmt: skip
    assert not EndOfShiftCheck.objects.filter(shift=shift).exists()

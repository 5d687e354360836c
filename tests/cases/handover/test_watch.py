"""The watch: every minute it is looked at whether somebody on duty answers for each open case (B5)."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.casework.actions import assign_case, move_case
from cases.casework.models import Case
from cases.handover import actions, rules
from cases.handover.models import Lapse
from cases.handover.selectors import watch
from fregat.lib import clock, notices
from fregat.lib.models import Job, Notice
from shifts.attendance.models import Attendance
from tests.cases.handover.conftest import end, responsible
from tests.cast import make_case, make_service_kind

MINUTE = timedelta(minutes=1)


@pytest.fixture
def left(works, operator, project, now):
    """An open case of an operator whose shift was over an hour ago, left with them past every action."""
    works(operator, -10, -1)
    case = make_case(operator, insurer=project, now=now - timedelta(hours=3))
    Case.objects.filter(pk=case.pk).update(opened_at=now - timedelta(hours=3))
    return case


def test_nothing_is_wrong_and_the_look_costs_two_statements(works, operator, project, now, head):
    works(operator)
    for _ in range(3):
        make_case(operator, insurer=project, now=now)
    make_case(head, insurer=project, now=now)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert actions.look(now) == 0
    assert len(seen) <= 2
    assert not Lapse.objects.exists()


def test_a_lapse_begins_when_the_shift_was_over_not_when_it_was_found(left, operator, now):
    assert actions.look(now) == 1
    row = Lapse.objects.get()
    assert (row.case, row.responsible, row.found_at, row.ended_at) == (left, operator, now, None)
    assert row.began_at == now - timedelta(hours=1)


def test_of_somebody_who_never_came_it_begins_with_their_answering_for_the_case(operator, project, now):
    case = make_case(operator, insurer=project, now=now - timedelta(minutes=7))
    actions.look(now)
    assert Lapse.objects.get(case=case).began_at == now - timedelta(minutes=7)


def test_of_a_cancelled_shift_it_begins_with_the_cancelling(works, operator, project, now):
    shift = works(operator, -4, 4)
    make_case(operator, insurer=project, now=now - timedelta(hours=1))
    type(shift).objects.filter(pk=shift.pk).update(cancelled_at=now - timedelta(minutes=9))
    actions.look(now)
    assert Lapse.objects.get().began_at == now - timedelta(minutes=9)


@pytest.mark.parametrize(("seconds", "lapses"), [(59, 0), (60, 0), (61, 1)])
def test_the_minute_that_the_program_has_for_the_move_is_no_lapse(works, ending, case, seconds, lapses):
    assert actions.look(ending.ends_at + timedelta(seconds=seconds)) == lapses


def test_looked_at_again_it_stays_one_lapse(left, now):
    for minute in range(3):
        actions.look(now + minute * MINUTE)
    assert Lapse.objects.count() == 1


def test_moved_it_ends_at_that_moment(left, works, night, now):
    works(night, -1, 8, kind="night")
    actions.look(now)
    assert actions.rescue(now + MINUTE) == 1
    row = Lapse.objects.get()
    assert (row.ended_at, row.ended_by) == (now + MINUTE, "moved")
    assert responsible(left) == "night"


def test_taken_over_by_hand_it_ends_too(left, works, operator2, now):
    works(operator2)
    actions.look(now)
    assign_case(by=operator2, number=left.number, to=operator2, reason="Нікого немає.", now=now + MINUTE)
    assert Lapse.objects.get().ended_by == "moved"


def test_help_given_meanwhile_it_ends_too(left, works, senior, now):
    works(senior, leads=True)
    left.services.create(kind=make_service_kind(), added_at=now, added_by=senior)
    actions.look(now)
    move_case(by=senior, number=left.number, to="assisted", reason="Перевірено.", now=now + MINUTE)
    row = Lapse.objects.get()
    assert (row.ended_at, row.ended_by) == (now + MINUTE, "not_open")


def test_the_person_comes_on_duty_and_it_ended_when_they_came(left, works, operator, now):
    actions.look(now)
    shift = works(operator, -0.5, 8, begun=False)
    Attendance.objects.create(shift=shift, begun_at=now + MINUTE)
    actions.look(now + 2 * MINUTE)
    row = Lapse.objects.get()
    assert (row.ended_at, row.ended_by) == (now + MINUTE, "came")


def test_with_the_head_nobody_is_missing(head, project, now):
    make_case(head, insurer=project, now=now - timedelta(hours=1))
    assert actions.look(now) == 0


def test_what_the_watch_slept_through_is_written_down_when_it_is_moved(works, ending, case, night, operator):
    """The scheduler was away for four hours: the case was moved late, nobody had looked meanwhile."""
    works(night, 0, 12, kind="night")
    assert end(ending, 4 * 3600) == 1
    row = Lapse.objects.get()
    assert (row.case, row.responsible, row.began_at) == (case, operator, ending.ends_at)
    assert (row.ended_at - row.began_at, row.ended_by) == (timedelta(hours=4), "moved")


def test_a_shift_that_ends_in_time_leaves_none(works, ending, case, night):
    works(night, 0, 12, kind="night")
    assert end(ending, 3) == 1
    assert not Lapse.objects.exists()


def test_the_leader_and_the_head_are_told_once_and_again_of_a_new_one(
    left, works, senior, head, operator, project, now
):
    works(senior, leads=True)
    actions.look(now)
    actions.look(now + MINUTE)
    for person in (senior, head):
        (line,) = notices.latest(person, now)
        assert (line.url, line.new) == ("/watch/", True)
        assert "1" in line.text
    assert not notices.latest(operator, now)
    make_case(operator, insurer=project, now=now)
    actions.look(now + 2 * MINUTE)
    assert [line.new for line in notices.latest(head, now)] == [True, False]
    assert "2" in notices.latest(head, now)[0].text


def test_when_none_goes_on_the_notice_is_quiet(left, works, night, head, now):
    works(night, -1, 8, kind="night")
    actions.look(now)
    actions.rescue(now + MINUTE)
    assert not Notice.objects.filter(read_at=None).exists()


def test_two_open_lapses_of_one_case_cannot_be(left, operator, now):
    actions.look(now)
    with pytest.raises(IntegrityError, match="one_open_lapse_per_case"), transaction.atomic():
        Lapse.objects.create(case=left, responsible=operator, began_at=now, found_at=now)


def test_the_sweep_looks_every_minute(left):
    actions.look()
    job, _made = Job.objects.get_or_create(
        key="watch:0",
        defaults={"kind": "watch", "subject_id": 0, "due_at": clock.now(), "created_at": clock.now()},
    )
    from fregat.lib import jobs

    jobs.sweep()
    job.refresh_from_db()
    assert timedelta(seconds=50) < job.due_at - clock.now() <= MINUTE


# --- Who reads it ---------------------------------------------------------------------------------------
def test_the_number_is_counted_now_and_says_when_nobody_looks(left, head, now):
    seen = watch(head, now)
    assert (seen.now_without, seen.lapses, seen.blind, seen.tone) == (1, 0, True, "bad")
    Job.objects.update_or_create(
        key="watch:0", defaults={"kind": "watch", "subject_id": 0, "due_at": now + MINUTE, "created_at": now}
    )
    assert watch(head, now).tone == "warn"
    actions.look(now)
    seen = watch(head, now)
    assert (seen.lapses, seen.looked_at, seen.blind, seen.tone) == (1, now, False, "bad")
    assert watch(head, now + rules.BLIND_AFTER + timedelta(seconds=1)).blind


def test_a_job_that_fails_does_not_count_as_a_look(head, now):
    Job.objects.update_or_create(
        key="watch:0",
        defaults={"kind": "watch", "subject_id": 0, "due_at": now + MINUTE, "created_at": now, "attempts": 2},
    )
    assert watch(head, now).blind


def test_the_board_and_the_banner_raise_the_alarm(left, works, senior, head, operator, page, now):
    works(senior, leads=True)
    actions.look(now)
    for person in (senior, head):
        assert "data-lapse-banner" in page(person).get("/shift/end/banner/").content.decode()
        assert 'data-watch-number="1"' in page(person).get("/board/").content.decode()
    works(operator, 1, 9)
    assert "data-lapse-banner" not in page(operator).get("/shift/end/banner/").content.decode()


def test_the_director_reads_the_number_and_the_list_without_the_case(left, director, page, now):
    actions.look(now)
    home = page(director).get("/").content.decode()
    assert 'data-watch-number="1"' in home
    shown = page(director).get("/watch/").content.decode()
    assert left.number not in shown
    assert left.responsible.short_name in shown


def test_an_operator_does_not_open_it(left, works, operator2, page):
    works(operator2)
    assert page(operator2).get("/watch/").status_code == 403


def test_a_senior_manager_sees_those_of_the_team_and_of_the_own_projects(
    left, works, senior, senior2, page, now
):
    actions.look(now)
    works(senior)
    works(senior2)
    assert left.number in page(senior).get("/watch/").content.decode()
    assert left.number not in page(senior2).get("/watch/").content.decode()


@pytest.mark.parametrize(
    ("question", "found"),
    [("state=open", True), ("state=over", False), ("until=01.01.2020", False), ("since=01.01.2020", True)],
)
def test_filters_stand_in_the_address(left, head, page, now, question, found):
    actions.look(now)
    assert (left.number in page(head).get(f"/watch/?{question}").content.decode()) is found


def test_the_table_has_the_same_lines_and_nobody_insured(left, head, page, now):
    actions.look(now)
    answer = page(head).get("/watch/table/?state=open")
    assert answer["Content-Type"].startswith("text/csv")
    (_names, row) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row[0], row[5]) == (left.number, "60")
    assert str(left.who) not in answer.content.decode()


def test_the_list_costs_the_same_however_long_it_is(
    left, operator, head, project, page, now, django_assert_max_num_queries
):
    actions.look(now)
    browser = page(head)
    browser.get("/watch/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/watch/")
    for _ in range(60):
        make_case(operator, insurer=project, now=now - timedelta(minutes=30))
    actions.look(now)
    with CaptureQueriesContext(connection) as many:
        assert "after=" in browser.get("/watch/").content.decode()
    assert len(many) <= len(few)

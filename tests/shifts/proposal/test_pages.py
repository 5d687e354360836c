"""A proposal from asking to drafts: what it keeps, who may, what happens when things change or break meanwhile."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
import time_machine

from fregat.lib import clock, jobs
from fregat.lib.clock import KYIV
from fregat.lib.errors import Conflict, NotFound
from fregat.lib.models import Job, Notice
from fregat.lib.rights import Role
from shifts.absence.models import Absence, AbsenceKind
from shifts.proposal import actions, selectors
from shifts.proposal.models import Proposal
from shifts.roster import actions as roster
from shifts.roster.models import Shift
from shifts.roster.rules import next_month
from tests.cast import make_employee
from tests.shifts.proposal.conftest import MONTH
from tests.shifts.roster.test_pages import page

pytestmark = pytest.mark.django_db
WRITTEN = f"{MONTH:%Y-%m}"


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=KYIV)


def test_drafts_of_a_month_are_written_and_taken_back_in_one_step(senior, operator, operator2, proposed):
    client = page(senior)
    standing = roster.plan_shift(
        by=None, employee=operator, starts_at=at(MONTH, 8), ends_at=at(MONTH, 20), kind="day"
    )
    row = proposed(senior)
    assert row.state == "ready"
    assert "Бракує" in client.get(f"/roster/proposal/{row.pk}/").content.decode()
    assert not Shift.objects.drafts().exists()
    answer = client.post(f"/roster/proposal/{row.pk}/write/")
    assert answer.url == f"/roster/?month={WRITTEN}"
    drafts = Shift.objects.drafts()
    assert {shift.employee for shift in drafts} == {operator, operator2, senior}
    assert drafts.count() == len(row.chosen) > 20
    assert Shift.objects.standing().get() == standing
    client.post("/roster/undo/", {"back": ""})
    assert not Shift.objects.drafts().exists()


def test_the_drafts_break_no_rule_so_they_are_published_without_a_reason(
    senior, operator, operator2, proposed
):
    row = proposed(senior)
    actions.write(by=senior, proposal_id=row.pk)
    assert roster.publish(by=senior, month=MONTH) == len(row.chosen)


def test_who_is_away_or_cannot_work_gets_no_shift(senior, operator, operator2, proposed):
    kind = AbsenceKind.objects.first()
    Absence.objects.create(
        employee=operator, kind=kind, since=MONTH, until=MONTH + timedelta(days=19), state="asked", asked_by=operator,
        asked_at=clock.now(),
    )  # fmt: skip
    roster.say_wish(by=operator2, kind="unavailable", first_day=MONTH, last_day=MONTH + timedelta(days=9))
    row = proposed(senior)
    first = {
        pk: min(start[:10] for who, start, *_rest in row.chosen if who == pk) for pk, *_rest in row.chosen
    }
    assert first[operator.pk] >= f"{MONTH + timedelta(days=19)}"
    assert first[operator2.pk] >= f"{MONTH + timedelta(days=9)}"


def test_what_cannot_stand_any_more_is_left_out(senior, operator, operator2, proposed):
    row = proposed(senior)
    mine = [one for one in row.chosen if one[0] == operator.pk]
    roster.say_wish(by=operator2, kind="unavailable", first_day=MONTH, last_day=next_month(MONTH))
    starts_at = datetime.fromisoformat(mine[0][1])
    roster.plan_shift(
        by=None, employee=operator, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), kind="day"
    )
    written, left_out = actions.write(by=senior, proposal_id=row.pk)
    assert written == sum(one[0] != operator2.pk for one in row.chosen) - 1
    assert written + left_out == len(row.chosen)
    with pytest.raises(Conflict):
        actions.write(by=senior, proposal_id=row.pk)


def test_a_senior_manager_has_the_own_team_proposed_and_the_head_any(
    senior, senior2, head, operator, stranger
):
    mine = actions.ask(by=senior, month=MONTH)
    theirs = actions.ask(by=head, month=MONTH, team=senior2)
    everybody = actions.ask(by=head, month=next_month(MONTH))
    assert [row.people for row in (mine, theirs, everybody)] == [2, 2, 4]
    assert set(selectors.recent(senior)) == {mine}
    assert set(selectors.recent(head)) == {mine, theirs, everybody}
    with pytest.raises(NotFound):
        selectors.get_proposal(senior2, mine.pk, now=clock.now())


def test_a_second_search_for_the_month_waits_for_the_first(senior, operator):
    client = page(senior)
    assert client.post("/roster/proposal/", {"month": WRITTEN}).status_code == 302
    assert client.post("/roster/proposal/", {"month": WRITTEN}).status_code == 409
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("month", ["", "2026-01", "2050-01", "щось"])
def test_a_month_that_cannot_be_is_refused_with_a_sentence(senior, operator, month):
    answer = page(senior).post("/roster/proposal/", {"month": month})
    assert answer.status_code == 400
    assert "оберіть той, у якому ще є дні" in answer.content.decode()


def test_nobody_to_propose_for_is_said(senior2):
    answer = page(senior2).post("/roster/proposal/", {"month": WRITTEN})
    assert answer.status_code == 400
    assert "немає нікого" in answer.content.decode()


def test_the_search_goes_on_piece_by_piece_and_shows_how_far_it_is(senior, operator, monkeypatch):
    monkeypatch.setattr(actions, "PIECE", 1)
    monkeypatch.setattr(actions, "SECONDS", 60)
    for number in range(40):  # more than a fast machine finishes with in a second
        make_employee(f"more{number}", Role.OPERATOR, senior=senior)
    row = actions.ask(by=senior, month=MONTH)
    jobs.sweep(limit=1)
    row.refresh_from_db()
    assert (row.state, row.spent) == ("working", 1)
    said = page(senior).get(f"/roster/proposal/{row.pk}/").content.decode()
    assert "1 с із 60 с" in said
    # Stopped by a person, it keeps what was found, and the job that waits does nothing.
    page(senior).post(f"/roster/proposal/{row.pk}/cancel/")
    jobs.sweep()
    row.refresh_from_db()
    assert (row.state, row.spent) == ("ready", 1)
    assert row.chosen


def test_stopped_before_anything_was_found(senior, operator):
    row = actions.ask(by=senior, month=MONTH)
    actions.cancel(by=senior, proposal_id=row.pk)
    jobs.sweep()
    row.refresh_from_db()
    assert (row.state, row.chosen) == ("cancelled", [])
    with pytest.raises(Conflict):
        actions.write(by=senior, proposal_id=row.pk)


def test_a_search_that_breaks_off_is_tried_three_times_and_then_said(senior, operator, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    now = clock.now()
    row = actions.ask(by=senior, month=MONTH)
    for minute in range(4):
        with time_machine.travel(now + timedelta(minutes=minute)):
            jobs.sweep()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("failed", 3)
    assert Notice.objects.get(employee=senior).kind == "proposal_failed"
    assert not Job.objects.filter(kind="proposal", done_at=None).exists()
    assert page(senior).get(f"/roster/proposal/{row.pk}/").status_code == 200


def test_a_worker_killed_in_the_middle_leaves_the_search_due(senior, operator, monkeypatch):
    """What `kill -9` leaves: the transaction of the piece is gone, the job is due, the next worker seeks."""
    row = actions.ask(by=senior, month=MONTH)

    def killed(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.sweep()
    assert Job.objects.get(kind="proposal").done_at is None
    monkeypatch.setattr(actions, "PIECE", 2)
    Proposal.objects.update(seconds=2)
    jobs.sweep()
    row.refresh_from_db()
    assert row.state == "ready"


def test_reading_the_roster_costs_the_same_for_many_people(senior, operator, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        selectors.question(selectors.people_of(senior, "", clock.now()), MONTH, clock.now())
    for number in range(8):
        make_employee(f"more{number}", Role.OPERATOR, senior=senior)
    with django_assert_max_num_queries(16):
        question = selectors.question(selectors.people_of(senior, "", clock.now()), MONTH, clock.now())
    assert len(question.people) == 10


def test_an_operator_has_nothing_proposed(operator):
    assert page(operator).get("/roster/proposal/").status_code == 403


def test_the_senior_manager_leads_the_shifts_proposed_and_hours_without_a_leader_are_said(
    senior, operator, proposed
):
    row = proposed(senior)
    said = page(senior).get(f"/roster/proposal/{row.pk}/").content.decode()
    assert "Ніхто не веде" in said
    written, _left_out = actions.write(by=senior, proposal_id=row.pk)
    led = Shift.objects.drafts().filter(leads=True)
    assert {shift.employee for shift in led} == {senior}
    assert led.count() > 10
    assert roster.publish(by=senior, month=MONTH) == written


def test_a_shift_at_whose_time_somebody_leads_meanwhile_is_written_without_leading(
    senior, senior2, operator, proposed
):
    row = proposed(senior)
    first = next(one for one in row.chosen if one[4])
    starts_at, ends_at = map(datetime.fromisoformat, first[1:3])
    roster.plan_shift(
        by=None, employee=senior2, starts_at=starts_at, ends_at=ends_at, kind=first[3], leads=True
    )
    actions.write(by=senior, proposal_id=row.pk)
    drafts = Shift.objects.drafts().filter(employee=senior)
    assert not drafts.get(starts_at=starts_at).leads
    assert drafts.filter(leads=True).count() == sum(one[4] for one in row.chosen) - 1


def test_who_substitutes_a_senior_manager_leads_while_they_do(senior, senior2, operator, proposed, head):
    from staff.employees.models import Substitution

    since, until = at(MONTH, 0), at(MONTH + timedelta(days=10), 0)
    Substitution.objects.create(senior=senior2, substitute=operator, since=since, until=until)
    question = selectors.question(selectors.people_of(senior, "", clock.now()), MONTH, clock.now())
    mine = next(one for one in question.people if one.id == operator.pk)
    assert (mine.answers, mine.leading) == (True, ((since, until),))
    row = proposed(senior)
    led = [one for one in row.chosen if one[4] and one[0] == operator.pk]
    assert led
    assert all(datetime.fromisoformat(one[2]) <= until for one in led)

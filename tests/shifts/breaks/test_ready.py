"""Who is offered a call or a case: one table; on duty, not on a break, calls not in the last minutes (B2, B4)."""

from __future__ import annotations

import pytest
import time_machine

from shifts.breaks import actions, selectors
from shifts.breaks.rules import OFFERED, Ready, Work, is_offered, ready
from tests.shifts.breaks.conftest import at

CHECK = at(700)


@pytest.mark.parametrize(
    ("check_at", "now", "away", "state"),
    [
        (None, at(), False, Ready.OFF),
        (CHECK, at(699), False, Ready.TAKES),
        (CHECK, at(700), False, Ready.FINISHING),
        (CHECK, at(60), True, Ready.AWAY),
        (CHECK, at(710), True, Ready.AWAY),
    ],
)
def test_how_ready_somebody_is(check_at, now, away, state):
    assert ready(check_at, now, away=away) == state


@pytest.mark.parametrize(
    ("state", "call", "case"),
    [("takes", True, True), ("finishing", False, True), ("away", False, False), ("off", False, False)],
)
def test_the_table_says_what_is_offered(state, call, case):
    assert (is_offered(Work.CALL, Ready(state)), is_offered(Work.CASE, Ready(state))) == (call, case)


def test_the_table_knows_every_kind_of_work():
    assert set(OFFERED) == set(Work)


@pytest.fixture
def away(asked, operator, senior):
    actions.agree(by=senior, break_id=asked.pk, now=at(10))
    return actions.begin(by=operator, break_id=asked.pk, now=at(60))


def test_who_is_away_is_offered_nothing_and_the_sentence_says_so(away, operator, senior):
    assert set(selectors.offered(Work.CASE, at(70))) == {senior.pk}
    assert operator.full_name in str(selectors.why_not(operator, Work.CASE, at(70)))
    actions.end(by=operator, break_id=away.pk, now=at(100))
    assert selectors.why_not(operator, Work.CASE, at(101)) == ""


def test_in_the_last_minutes_calls_are_not_offered_and_cases_are(on_shift, operator):
    late = on_shift.ends_at.astimezone(at().tzinfo) - (at(20) - at(0))
    assert operator.pk not in selectors.offered(Work.CALL, late)
    assert selectors.offered(Work.CASE, late)[operator.pk] == Ready.FINISHING
    assert selectors.why_not(operator, Work.CALL, late)


def test_the_head_is_the_last_resort_whatever_the_shift(head):
    assert selectors.why_not(head, Work.CASE, at()) == ""


def test_a_leader_on_a_break_leaves_cases_to_who_acts_for_them_else_to_the_head(on_shift, senior, operator):
    from datetime import timedelta

    from staff.employees.models import Substitution

    row = actions.ask(by=senior, kind="lunch", starts_at=at(60), now=at(5))
    head = senior.__class__.objects.heads().get()
    actions.agree(by=head, break_id=row.pk, now=at(6))
    assert selectors.leader_for_cases(at(59)) == senior
    actions.begin(by=senior, break_id=row.pk, now=at(60))
    assert selectors.leader_for_cases(at(70)) in (None, head)
    Substitution.objects.create(
        senior=senior, substitute=operator, since=at() - timedelta(days=1), until=at() + timedelta(days=1)
    )
    assert selectors.leader_for_cases(at(70)) == operator


def test_the_api_says_who_takes_calls(away, api, operator, client, senior):
    with time_machine.travel(at(70), tick=False):
        rows = api(senior).get("/api/v1/presence/").json()["results"]
        assert {row["employee"]: row["presence"] for row in rows} == {"operator": "away", "senior": "takes"}
        seen = [row["employee"] for row in api(client).get("/api/v1/presence/").json().get("results", [])]
        assert seen == [], "who may see no shift sees nobody"
    with time_machine.travel(at(12 * 60 - 20), tick=False):
        actions.end(by=operator, break_id=away.pk)
        assert api(operator).get("/api/v1/shifts/current/").json()["presence"] == "finishing"

"""A shift is given away or exchanged: asked, answered, decided, and then the roster has changed (B3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job
from shifts.absence.actions import record
from shifts.exchange import actions, selectors
from shifts.exchange.models import Exchange
from shifts.roster.actions import cancel_shift, plan_shift
from shifts.roster.labels import span
from shifts.roster.models import Shift
from staff.employees.actions import assign_project
from tests.builders import make_project
from tests.shifts.conftest import LONG_AGO, Role, T, person, shift
from tests.shifts.exchange.conftest import HOUR, accept, agree, standing, told

NOW = {"now": T}


# --- Given away --------------------------------------------------------------------------------------
def test_a_shift_given_away_is_worked_by_the_colleague(given, operator, operator2, senior, mine):
    assert told(operator2) == ["exchange_give"]
    accept(given)
    assert (told(operator), told(senior)) == (["exchange_accepted"], ["exchange_to_decide"])
    assert standing(operator2) == []  # until the senior manager agrees
    row = agree(given, senior)
    assert (standing(operator), standing(operator2)) == ([], [78])
    assert (told(operator)[-1], told(operator2)[-1]) == ("exchange_given", "exchange_taken")
    made = Shift.objects.get(pk=row.shift_now_id)
    assert (made.employee, made.kind, made.created_by, made.is_unconfirmed) == (
        operator2,
        "night",
        senior,
        False,
    )
    mine.refresh_from_db()
    assert operator2.full_name in mine.reason
    assert Exchange.objects.get().state == "done"


def test_two_shifts_are_exchanged(swap, operator, operator2, senior):
    assert told(operator2) == ["exchange_swap"]
    row = agree(accept(swap), senior)
    assert (standing(operator), standing(operator2)) == ([140], [78])
    assert told(operator)[-1] == told(operator2)[-1] == "exchange_swapped"
    assert (row.shift_now.employee, row.wanted_now.employee) == (operator2, operator)


def test_the_colleague_refuses_and_may_be_asked_again(given, operator, operator2, senior, mine):
    row = actions.answer(by=operator2, exchange_id=given.pk, agree=False, words="Не встигаю.", **NOW)
    assert (row.state, told(operator), told(senior)) == ("declined", ["exchange_declined"], [])
    assert actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, **NOW).pk


def test_the_senior_manager_refuses_with_a_reason(given, operator, operator2, senior):
    accept(given)
    with pytest.raises(Invalid):
        actions.decide(by=senior, exchange_id=given.pk, agree=False, reason=" ", **NOW)
    row = actions.decide(by=senior, exchange_id=given.pk, agree=False, reason="Нікому вчити новачка.", **NOW)
    assert (row.state, row.decided_by) == ("refused", senior)
    assert told(operator)[-1] == told(operator2)[-1] == "exchange_refused"
    assert standing(operator) == [78]


@pytest.mark.parametrize("accepted", [False, True])
def test_it_is_withdrawn_until_it_is_decided(given, operator, operator2, senior, accepted):
    if accepted:
        accept(given)
    actions.withdraw(by=operator, exchange_id=given.pk, **NOW)
    assert told(operator2)[-1] == "exchange_withdrawn"
    assert ("exchange_withdrawn" in told(senior)) is accepted
    with pytest.raises(Conflict):
        accept(given)


# --- Who ------------------------------------------------------------------------------------------------
def test_each_word_is_said_by_whose_it_is(given, operator, operator2, senior, senior2, stranger):
    with pytest.raises(NotAllowed):
        actions.answer(by=operator, exchange_id=given.pk, agree=True, **NOW)
    with pytest.raises(NotAllowed):
        actions.withdraw(by=operator2, exchange_id=given.pk, **NOW)
    accept(given)
    for by in (operator, operator2):
        with pytest.raises(NotAllowed):
            agree(given, by)
    for by in (stranger, senior2):
        with pytest.raises(NotFound):
            agree(given, by)


def test_before_the_colleague_nobody_decides(given, senior):
    with pytest.raises(Conflict):
        agree(given, senior)


def test_nobody_decides_about_the_own_exchange(senior, senior2, head):
    mine = shift(senior, 78, 90)
    row = actions.ask(by=senior, shift_id=mine.pk, colleague=senior2, **NOW)
    accept(row)
    for by in (senior, senior2):
        with pytest.raises(NotAllowed):
            agree(row, by)
    assert told(head) == ["exchange_to_decide"]
    agree(row, head)
    assert standing(senior2) == [78]


def test_between_two_teams_the_head_decides(operator, stranger, senior, senior2, head, mine):
    row = actions.ask(by=operator, shift_id=mine.pk, colleague=stranger, **NOW)
    accept(row)
    assert (told(senior), told(senior2), told(head)) == ([], [], ["exchange_to_decide"])
    for by in (senior, senior2):
        with pytest.raises(NotAllowed):  # each sees it, and has a say about one of the two
            agree(row, by)
    agree(row, head)
    assert standing(stranger) == [78]


def test_whoever_leads_the_shift_decides_about_what_lies_beside_it(operator, stranger, head, senior2):
    leader = person("leader", Role.SENIOR, "Провідна")
    shift(leader, -1, 11, leads=True)
    row = actions.ask(by=operator, shift_id=shift(operator, 2, 10).pk, colleague=stranger, **NOW)
    accept(row)
    later = shift(operator, 78, 90)
    other = actions.ask(by=operator, shift_id=later.pk, colleague=stranger, **NOW)
    with pytest.raises(NotFound):
        agree(other, leader)
    agree(row, leader)
    assert standing(stranger) == [2]


def test_only_the_own_shift_is_given_away(operator, operator2, senior, mine):
    with pytest.raises(NotFound):
        actions.ask(by=operator2, shift_id=mine.pk, colleague=operator, **NOW)
    with pytest.raises(NotAllowed):
        actions.ask(by=senior, shift_id=mine.pk, colleague=operator2, **NOW)


# --- To whom ------------------------------------------------------------------------------------------------
def refused_ask(by, mine, colleague, **more):
    with pytest.raises((Conflict, Invalid)) as refused:
        actions.ask(by=by, shift_id=mine.pk, colleague=colleague, **NOW, **more)
    return str(refused.value.sentence)


def test_only_somebody_who_works_on_the_same_projects_and_speaks_the_same_languages(
    operator, operator2, senior, head, mine
):
    make_project("aurora", "Аврора")
    assign_project(by=head, employee=operator, project="aurora", now=LONG_AGO)
    assert operator2.full_name in refused_ask(operator, mine, operator2)
    assign_project(by=head, employee=operator2, project="aurora", now=LONG_AGO)
    operator.languages = ["uk", "tr"]
    operator.save()
    assert operator2.full_name in refused_ask(operator, mine, operator2)
    operator2.languages = ["uk", "tr", "en"]
    operator2.save()
    assert actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, **NOW).pk


def test_an_exchange_asks_it_of_both(operator, operator2, head, mine, theirs):
    make_project("aurora", "Аврора")
    assign_project(by=head, employee=operator2, project="aurora", now=LONG_AGO)
    assert operator.full_name in refused_ask(operator, mine, operator2, wanted_id=theirs.pk)
    assert actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, **NOW).pk


def test_nobody_who_is_at_work_then_away_or_of_another_trade(operator, operator2, senior, head, mine):
    other = shift(operator2, 80, 84)
    assert span(other.starts_at, other.ends_at) in refused_ask(operator, mine, operator2)
    cancel_shift(by=senior, shift_id=other.pk, reason="Ні.", **NOW)
    day = date(2026, 11, 26)
    record(by=senior, employee=operator2, kind="vacation", since=day, until=day, **NOW)
    assert refused_ask(operator, mine, operator2)
    assert refused_ask(operator, mine, senior)


def test_a_draft_of_the_colleague_is_in_the_way_too(operator, operator2, senior, mine):
    plan_shift(
        by=senior, employee=operator2, kind="day", draft=True, now=T,
        starts_at=T + 80 * HOUR, ends_at=T + 84 * HOUR,
    )  # fmt: skip
    assert operator2.full_name in refused_ask(operator, mine, operator2)


@pytest.mark.parametrize("what", ["begun", "soon", "cancelled", "draft"])
def test_not_any_shift(operator, operator2, what):
    starts = {"begun": -1, "soon": 0.4}.get(what, 78)
    row = shift(operator, starts, starts + 8)
    if what == "cancelled":
        Shift.objects.filter(pk=row.pk).update(cancelled_at=T, reason="Ні.")
    if what == "draft":
        Shift.objects.filter(pk=row.pk).update(published_at=None)
    with pytest.raises((Conflict, NotFound)):
        actions.ask(by=operator, shift_id=row.pk, colleague=operator2, **NOW)


def test_a_shift_waits_in_one_request_alone(swap, operator, operator2, senior, mine, theirs):
    third = person("third", Role.OPERATOR, "Третя", senior)
    for by, one, to, wanted in (
        (operator, mine, third, None), (operator2, theirs, third, None),
        (third, shift(third, 200, 208), operator2, theirs.pk),
    ):  # fmt: skip
        with pytest.raises(Conflict) as refused:
            actions.ask(by=by, shift_id=one.pk, colleague=to, wanted_id=wanted, **NOW)
        assert refused.value.code == "one_open_exchange_per_shift"
    agree(accept(swap), senior)
    row = swap.__class__.objects.get()
    assert actions.ask(by=operator2, shift_id=row.shift_now_id, colleague=third, words="Треба.", **NOW).pk


# --- Rules of working time -----------------------------------------------------------------------------------
def test_what_breaks_a_rule_is_asked_for_with_a_word_and_overridden_by_the_senior_manager_alone(
    operator, operator2, senior, mine
):
    shift(operator2, 94, 102)  # four hours after it
    with pytest.raises(Invalid) as refused:
        actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, **NOW)
    assert operator2.full_name in str(refused.value.errors["words"][0])
    row = actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, words="Весілля сестри.", **NOW)
    accept(row)
    with pytest.raises(Invalid) as refused:
        agree(row, senior)
    assert set(refused.value.errors) == {"reason"}
    assert standing(operator2) == [94]
    agree(row, senior, reason="Іншої заміни немає.")
    made = Shift.objects.get(employee=operator2, kind="night")
    assert made.overridden == ["rest"]
    assert "Іншої заміни немає." in made.reason


def test_a_rule_that_breaks_meanwhile_stops_the_decision(given, operator2, senior):
    accept(given)
    shift(operator2, 94, 102)
    with pytest.raises(Invalid):
        agree(given, senior)
    assert Exchange.objects.get().state == "accepted"


def test_both_changes_are_asked_about_at_once(operator, operator2, senior, mine):
    # The night would leave no rest before the colleague's own day, which goes to the other in exchange.
    theirs = shift(operator2, 94, 102)
    row = actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, wanted_id=theirs.pk, **NOW)
    agree(accept(row), senior)
    assert (standing(operator), standing(operator2)) == ([94], [78])


# --- Offers ----------------------------------------------------------------------------------------------------
def test_those_who_can_are_offered_with_what_speaks_against_each(
    operator, operator2, stranger, senior, head, mine
):
    busy = person("busy", Role.OPERATOR, "Зайнята", senior)
    shift(busy, 80, 84)
    shift(operator2, 94, 102)
    found = selectors.offers(mine)
    assert [one.employee for one in found] == [stranger, operator2]
    assert found[0].against == []
    assert operator2.full_name in found[1].against[0]
    assert found[1].hours == 4


def test_shifts_that_could_be_had_for_it(operator, operator2, mine, theirs):
    shift(operator, 170, 180)
    shift(operator2, 172, 176)  # when the giver works
    shift(operator2, 24 * 40, 24 * 40 + 8)  # too far off
    found = selectors.swaps(mine, operator2, T)
    assert [one.shift for one in found] == [theirs]


def test_the_request_expires_when_the_first_shift_can_be_begun(swap, mine):
    assert swap.expires_at == mine.starts_at - timedelta(minutes=30)
    assert Job.objects.get(key=f"exchange_expires:{swap.pk}").due_at == swap.expires_at

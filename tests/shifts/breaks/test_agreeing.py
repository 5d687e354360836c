"""The lunch break is set by the operator in agreement with the senior manager (JD I.7, B2)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Notice
from shifts.attendance.actions import begin
from shifts.breaks import actions
from shifts.breaks.models import Break
from shifts.roster.actions import cancel_shift, change_shift
from tests.shifts.breaks.conftest import at
from tests.shifts.conftest import shift


def told(person):
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def test_asked_it_waits_and_who_leads_the_shift_is_told(asked, senior, operator):
    assert (asked.state, asked.ends_at) == ("asked", at(120))
    assert told(senior) == ["break_asked"]
    assert told(operator) == []


def test_agreed_with_one_word(asked, senior, operator):
    row = actions.agree(by=senior, break_id=asked.pk, now=at(10))
    assert (row.state, row.starts_at, row.decided_by) == ("agreed", at(60), senior)
    assert told(operator) == ["break_agreed"]


def test_or_at_another_time(asked, senior, operator):
    row = actions.agree(by=senior, break_id=asked.pk, starts_at=at(90), now=at(10))
    assert (row.starts_at, row.ends_at, row.asked_for) == (at(90), at(150), at(60))
    assert told(operator) == ["break_moved"]


def test_refused_with_the_reason_it_may_be_asked_for_again(asked, senior, operator):
    with pytest.raises(Invalid):
        actions.refuse(by=senior, break_id=asked.pk, reason="  ", now=at(10))
    row = actions.refuse(by=senior, break_id=asked.pk, reason="Двоє вже на перерві.", now=at(10))
    assert (row.state, row.reason) == ("refused", "Двоє вже на перерві.")
    assert told(operator) == ["break_refused"]
    assert actions.ask(by=operator, kind="lunch", starts_at=at(180), now=at(20)).state == "asked"


@pytest.mark.parametrize(
    ("kind", "minutes", "code"),
    [
        ("lunch", -30, "starts_at"),  # has passed
        ("lunch", 12 * 60 - 30, "starts_at"),  # would end after the shift
        ("lunch", 12 * 60 - 65, "starts_at"),  # would run into the check of the last 20 minutes
        ("tea", 60, "kind"),
    ],
)
def test_not_at_any_time(on_shift, operator, kind, minutes, code):
    with pytest.raises(Invalid) as refused:
        actions.ask(by=operator, kind=kind, starts_at=at(minutes), now=at(5))
    assert set(refused.value.errors) == {code}
    assert not Break.objects.exists()


def test_the_last_moment_at_which_lunch_may_begin(on_shift, operator):
    assert actions.ask(by=operator, kind="lunch", starts_at=at(12 * 60 - 80), now=at(5)).pk


def test_one_lunch_a_shift(asked, operator):
    with pytest.raises(Conflict) as refused:
        actions.ask(by=operator, kind="lunch", starts_at=at(300), now=at(10))
    assert refused.value.code == "one_lunch_a_shift"


def test_no_two_breaks_at_once(asked, operator):
    with pytest.raises(Conflict) as refused:
        actions.ask(by=operator, kind="short", starts_at=at(105), now=at(10))
    assert refused.value.code == "no_two_breaks_at_once"
    assert actions.ask(by=operator, kind="short", starts_at=at(120), now=at(10)).pk


def test_nobody_agrees_to_the_own_break(on_shift, senior, head):
    mine = actions.ask(by=senior, kind="lunch", starts_at=at(60), now=at(5))
    assert told(head) == ["break_asked"]
    with pytest.raises(NotAllowed) as refused:
        actions.agree(by=senior, break_id=mine.pk, now=at(10))
    assert refused.value.code == "own_act"
    assert actions.agree(by=head, break_id=mine.pk, now=at(10)).state == "agreed"


def test_a_colleague_does_not_know_of_it_and_another_senior_manager_neither(
    asked, operator2, senior2, director
):
    for one in (operator2, senior2, director):
        with pytest.raises(NotFound):
            actions.agree(by=one, break_id=asked.pk, now=at(10))


def test_who_leads_the_shift_agrees_for_another_team_too(on_shift, stranger, senior):
    shift(stranger)
    begin(employee=stranger, now=at(1))
    row = actions.ask(by=stranger, kind="lunch", starts_at=at(60), now=at(5))
    assert actions.agree(by=senior, break_id=row.pk, now=at(10)).state == "agreed"


def test_without_a_shift_there_is_nothing_to_have_a_break_from(operator):
    with pytest.raises(Invalid):
        actions.ask(by=operator, kind="lunch", starts_at=at(60), now=at(5))


def test_a_shift_that_moves_drops_the_break_that_fits_no_more(asked, on_shift, senior, operator):
    change_shift(
        by=senior, shift_id=on_shift.pk, changes={"ends_at": at(600)}, reason="Менше справ.", now=at(10)
    )
    asked.refresh_from_db()
    assert asked.state == "asked"
    change_shift(
        by=senior, shift_id=on_shift.pk, changes={"ends_at": at(130)}, reason="Менше справ.", now=at(20)
    )
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert told(operator)[-1] == "break_dropped"


def test_a_cancelled_shift_has_no_breaks_ahead(asked, on_shift, senior):
    cancel_shift(by=senior, shift_id=on_shift.pk, reason="Захворіла.", now=at(10))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_decide_once(asked, senior, head):
    results = []

    def decide(by, act, **more):
        try:
            act(by=by, break_id=asked.pk, now=at(10), **more)
            results.append(act.__name__)
        except Conflict:
            results.append("conflict")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(senior, actions.refuse), kwargs={"reason": "Ні."}),
        threading.Thread(target=decide, args=(head, actions.refuse), kwargs={"reason": "Ні."}),
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(results) == ["conflict", "refuse"]

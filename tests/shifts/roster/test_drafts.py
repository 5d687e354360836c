"""Draft, published, changed after publication: who sees what, what binds, what is confirmed (B3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.handover.models import EndOfShiftCheck
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.models import Job, Notice
from shifts.roster import registry
from shifts.roster.actions import cancel_shift, change_shift, confirm_changes, plan_shift, publish, put, undo
from shifts.roster.models import Shift
from tests.shifts.conftest import T, person, shift

HOUR = timedelta(hours=1)
DECEMBER = date(2026, 12, 1)
DAY = date(2026, 12, 3)


def draft(by, employee, day=DAY, kind="day"):
    put(by=by, employee=employee, day=day, kind=kind, now=T)
    return Shift.objects.planned().filter(employee=employee).latest("pk")


def fresh(row):
    row.refresh_from_db()
    return row


# --- Drafts ----------------------------------------------------------------------------------------------


def test_a_draft_binds_nobody(senior, operator, monkeypatch):
    heard = []
    monkeypatch.setattr(registry, "_effects", [lambda row, by, now: heard.append(row)])
    row = draft(senior, operator)
    assert (row.local_start, row.local_end) == ("2026-12-03T08:00", "2026-12-03T20:00")
    assert not Shift.objects.running(row.starts_at).exists()
    assert not Shift.objects.not_ended(T).exists()
    assert heard == []
    assert not Notice.objects.exists()


def test_those_alone_who_plan_see_it(senior, senior2, head, director, operator):
    row = draft(senior, operator)
    seen = {who: Shift.objects.visible_to(who, T).filter(pk=row.pk).exists() for who in (senior, head)}
    assert all(seen.values())
    for who in (operator, senior2, director):
        assert not Shift.objects.visible_to(who, T).filter(pk=row.pk).exists()
    publish(by=senior, month=DECEMBER, now=T)
    for who in (operator, senior, head, director):
        assert Shift.objects.visible_to(who, T).filter(pk=row.pk).exists()


def test_two_drafts_of_one_person_do_not_overlap_either(senior, operator):
    draft(senior, operator)
    with pytest.raises(Conflict):
        plan_shift(
            by=senior, employee=operator, kind="day", draft=True, now=T,
            starts_at=T + timedelta(days=9, hours=20), ends_at=T + timedelta(days=10, hours=6),
        )  # fmt: skip


def test_one_key_makes_the_day_a_night_and_nothing(senior, operator):
    draft(senior, operator)
    row = draft(senior, operator, kind="night")
    assert (row.kind, row.local_start, row.local_end) == ("night", "2026-12-03T20:00", "2026-12-04T08:00")
    assert Shift.objects.count() == 1
    put(by=senior, employee=operator, day=DAY, kind="", now=T)
    assert not Shift.objects.planned().exists()


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 27), 11), (date(2027, 10, 30), 13)])
def test_the_usual_night_of_a_clock_change_has_another_length(head, operator, day, hours):
    row = draft(head, operator, day, "night")
    assert row.ends_at - row.starts_at == hours * HOUR


def test_a_published_cell_is_not_changed_by_a_key(senior, operator):
    draft(senior, operator)
    publish(by=senior, month=DECEMBER, now=T)
    for kind in ("", "night"):
        with pytest.raises(Conflict) as refused:
            put(by=senior, employee=operator, day=DAY, kind=kind, now=T)
        assert refused.value.code == "published"


def test_nobody_puts_shifts_of_another_team(senior2, operator):
    with pytest.raises(NotAllowed):
        put(by=senior2, employee=operator, day=DAY, kind="day", now=T)


# --- Publishing ---------------------------------------------------------------------------------------------


def test_publishing_binds_everybody_of_the_team_and_tells_them(senior, operator, operator2, stranger, head):
    mine, other = draft(senior, operator), draft(senior, operator2, kind="night")
    far = draft(head, stranger)
    assert publish(by=senior, month=DECEMBER, now=T) == 2
    assert fresh(mine).published_at == fresh(other).published_at == T
    assert fresh(far).is_draft
    told = set(Notice.objects.filter(kind="roster_published").values_list("employee__username", flat=True))
    assert told == {"operator", "operator2"}
    assert not fresh(mine).is_unconfirmed


def test_the_check_and_its_jobs_follow_all_at_once(senior, operator, operator2):
    rows = [draft(senior, operator), draft(senior, operator2, kind="night")]
    publish(by=senior, month=DECEMBER, now=T)
    assert set(EndOfShiftCheck.objects.values_list("shift", "ends_at")) == {(r.pk, r.ends_at) for r in rows}
    for row in rows:
        assert Job.objects.get(key=f"check_start:{row.pk}").due_at == row.ends_at - timedelta(minutes=20)
        assert Job.objects.get(key=f"shift_end:{row.pk}").due_at == row.ends_at


def test_only_the_people_and_the_month_asked_for_are_published(senior, operator, operator2):
    wanted, other = draft(senior, operator), draft(senior, operator2)
    later = draft(senior, operator, date(2027, 1, 5))
    assert publish(by=senior, month=DECEMBER, people=[operator.pk], now=T) == 1
    assert not fresh(wanted).is_draft
    assert fresh(other).is_draft and fresh(later).is_draft


def test_what_breaks_a_rule_needs_a_reason_that_stays_with_it(senior, operator):
    first, second = draft(senior, operator), draft(senior, operator, DAY + timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        publish(by=senior, month=DECEMBER, now=T)
    said = str(refused.value.errors["reason"][0])
    assert "Єременко Ґанна" in said and "04.12.2026 08:00" in said and "24" in said
    publish(by=senior, month=DECEMBER, reason="Нікому вийти.", now=T)
    assert (fresh(second).overridden, second.reason) == (["rest"], "Нікому вийти.")
    assert (fresh(first).overridden, first.reason) == ([], "")


def test_there_is_nothing_to_publish_twice(senior, operator):
    draft(senior, operator)
    publish(by=senior, month=DECEMBER, now=T)
    with pytest.raises(Conflict):
        publish(by=senior, month=DECEMBER, now=T)


def test_operators_publish_nothing(operator):
    with pytest.raises(NotAllowed):
        publish(by=operator, month=DECEMBER, now=T)


def test_a_month_of_many_costs_no_more_than_that_of_two(
    senior, operator, operator2, django_assert_max_num_queries
):
    people = [person(f"many{index}", "operator", f"Людина{index}", senior) for index in range(12)]
    for one in people:
        for day in (3, 7, 11, 15):
            draft(senior, one, DECEMBER + timedelta(days=day))
    with django_assert_max_num_queries(26):
        assert publish(by=senior, month=DECEMBER, now=T) == 48


# --- Changed after publication -----------------------------------------------------------------------------------


def test_a_change_after_publication_waits_for_the_employee(senior, operator):
    row = draft(senior, operator)
    publish(by=senior, month=DECEMBER, now=T)
    change_shift(by=senior, shift_id=row.pk, changes={"ends_at": row.ends_at - HOUR}, now=T + HOUR)
    assert fresh(row).is_unconfirmed
    assert Notice.objects.filter(employee=operator, kind="shift_changed").count() == 1
    assert confirm_changes(by=operator, until=T + HOUR, now=T + 2 * HOUR) == 1
    assert not fresh(row).is_unconfirmed


def test_a_cancelled_and_an_added_shift_are_confirmed_too(senior, operator):
    row = draft(senior, operator)
    publish(by=senior, month=DECEMBER, now=T)
    cancel_shift(by=senior, shift_id=row.pk, reason="Менше справ.", now=T + HOUR)
    added = draft(senior, operator, DAY + timedelta(days=4))
    publish(by=senior, month=DECEMBER, now=T + HOUR)
    assert fresh(row).is_unconfirmed and fresh(added).is_unconfirmed
    assert confirm_changes(by=operator, until=T + HOUR, now=T + 2 * HOUR) == 2


def test_a_later_change_than_the_one_seen_is_not_confirmed_with_it(senior, operator):
    row = shift(operator, 30, 42)
    change_shift(by=senior, shift_id=row.pk, changes={"kind": "night"}, now=T + HOUR)
    change_shift(by=senior, shift_id=row.pk, changes={"kind": "day"}, now=T + 2 * HOUR)
    assert confirm_changes(by=operator, until=T + HOUR, now=T + 3 * HOUR) == 0
    assert fresh(row).is_unconfirmed


def test_nobody_confirms_the_own_change_and_the_program_asks_nobody(senior, operator):
    own, other = shift(senior, 30, 42), shift(operator, 30, 42)
    change_shift(by=senior, shift_id=own.pk, changes={"kind": "night"}, now=T)
    change_shift(by=None, shift_id=other.pk, changes={"kind": "night"}, now=T)
    assert not fresh(own).is_unconfirmed and not fresh(other).is_unconfirmed


def test_nobody_confirms_for_another(senior, operator, operator2):
    row = shift(operator, 30, 42)
    change_shift(by=senior, shift_id=row.pk, changes={"kind": "night"}, now=T)
    assert confirm_changes(by=operator2, until=T + HOUR, now=T + HOUR) == 0
    assert fresh(row).is_unconfirmed


# --- Taken back ------------------------------------------------------------------------------------------------------


def test_the_last_step_is_taken_back_and_brought_again(senior, operator):
    now = clock.now()
    put(by=senior, employee=operator, day=DECEMBER, kind="day", now=now)
    put(by=senior, employee=operator, day=DECEMBER, kind="night", now=now)
    row = Shift.objects.get()
    assert undo(by=senior) == 1
    assert (fresh(row).kind, row.local_start) == ("day", "2026-12-01T08:00")
    assert undo(by=senior) == 1
    assert fresh(row).kind == "night"


def test_a_withdrawn_draft_comes_back(senior, operator):
    put(by=senior, employee=operator, day=DECEMBER, kind="day")
    put(by=senior, employee=operator, day=DECEMBER, kind="")
    undo(by=senior)
    assert Shift.objects.drafts().count() == 1


def test_what_another_changed_since_is_not_taken_back(senior, head, operator):
    put(by=senior, employee=operator, day=DECEMBER, kind="day")
    put(by=head, employee=operator, day=DECEMBER, kind="night")
    with pytest.raises(Conflict) as refused:
        undo(by=senior)
    assert refused.value.code == "changed_since"


def test_what_is_published_is_not_taken_back(senior, operator):
    put(by=senior, employee=operator, day=DECEMBER, kind="day")
    publish(by=senior, month=DECEMBER)
    with pytest.raises(Conflict):
        undo(by=senior)
    assert Shift.objects.standing().count() == 1


def test_there_is_nothing_to_take_back(senior):
    with pytest.raises(Conflict):
        undo(by=senior)

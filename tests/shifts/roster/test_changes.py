"""Changing and cancelling shifts: what is refused, what it sets going (B6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from shifts.attendance.actions import begin
from shifts.roster import registry
from shifts.roster.actions import cancel_shift, change_shift, plan_shift
from shifts.roster.models import Shift
from staff.employees.models import Substitution
from tests.cast import give_order
from tests.shifts.conftest import T, shift

HOUR = timedelta(hours=1)


def plan(by, employee, start=1.0, end=9.0, **more):
    return plan_shift(
        by=by,
        employee=employee,
        kind="day",
        starts_at=T + start * HOUR,
        ends_at=T + end * HOUR,
        now=T,
        **more,
    )


def change(by, row, reason="", **changes):
    return change_shift(by=by, shift_id=row.pk, changes=changes, reason=reason, now=T)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (2, 2, "ends_at"),
        (2, 1, "ends_at"),
        (-3, -1, "ends_at"),
        (1, 27, "ends_at"),
        (24 * 500, 24 * 500 + 8, "starts_at"),
    ],
)
def test_absurd_times_are_refused(senior, operator, start, end, field):
    with pytest.raises(Invalid) as refused:
        plan(senior, operator, start, end, reason="Так треба")
    assert field in refused.value.errors


def test_a_beginning_long_ago_needs_a_reason(senior, operator):
    with pytest.raises(Invalid) as refused:
        plan(senior, operator, -3, 5)
    assert "starts_at" in refused.value.errors
    assert plan(senior, operator, -3, 5, reason="Вийшла на заміну").pk


def test_a_beginning_a_moment_ago_needs_none(senior, operator):
    assert plan(senior, operator, -0.5, 5).pk


def test_the_reason_of_a_change_of_a_running_shift_is_kept(senior, operator):
    row = shift(operator, -2, 6)
    changed = change(senior, row, reason="Менше навантаження", ends_at=T + HOUR)
    assert changed.ends_at == T + HOUR
    assert changed.reason == "Менше навантаження"


def test_no_reason_lets_a_shift_end_in_the_past(senior, operator):
    row = shift(operator, -2, 6)
    with pytest.raises(Invalid) as refused:
        change(senior, row, reason="Так треба", ends_at=T - timedelta(minutes=1))
    assert "ends_at" in refused.value.errors


def test_what_has_ended_is_neither_changed_nor_cancelled(senior, operator):
    row = shift(operator, -9, -1)
    with pytest.raises(Conflict):
        change(senior, row, reason="Так треба", ends_at=T + HOUR)
    with pytest.raises(Conflict):
        cancel_shift(by=senior, shift_id=row.pk, reason="Так треба", now=T)


def test_a_cancelled_shift_is_neither_changed_nor_cancelled_again(senior, operator):
    row = shift(operator, 1, 6)
    cancel_shift(by=senior, shift_id=row.pk, reason="Хвороба", now=T)
    with pytest.raises(Conflict):
        change(senior, row, kind="night")
    with pytest.raises(Conflict):
        cancel_shift(by=senior, shift_id=row.pk, reason="Хвороба", now=T)
    row.refresh_from_db()
    assert (row.cancelled_by, row.reason) == (senior, "Хвороба")


def test_a_cancellation_without_a_reason_is_refused(senior, operator):
    with pytest.raises(Invalid):
        cancel_shift(by=senior, shift_id=shift(operator).pk, reason="  ", now=T)


def test_a_stale_version_is_refused_with_both_versions(senior, operator):
    row = shift(operator, 1, 6)
    change(senior, row, kind="night")
    with pytest.raises(Stale) as refused:
        change_shift(by=senior, shift_id=row.pk, changes={"ends_at": T + 7 * HOUR}, version=1, now=T)
    assert refused.value.mine != refused.value.theirs


def test_saving_what_is_already_so_changes_nothing(senior, operator):
    row = shift(operator, 1, 6)
    assert change(senior, row, kind="day").version == 1


def test_a_missing_shift_is_not_found(senior):
    with pytest.raises(NotFound):
        cancel_shift(by=senior, shift_id=987654321, reason="Так треба", now=T)


# --- Who -----------------------------------------------------------------------------------------------


def test_a_senior_manager_plans_the_own_team_and_oneself_and_not_others(senior, operator, stranger):
    plan(senior, operator)
    plan(senior, senior)
    with pytest.raises(NotAllowed) as refused:
        plan(senior, stranger)
    assert "Чужинець" in str(refused.value)


def test_who_leads_the_shift_changes_what_overlaps_it_and_nothing_later(senior, stranger):
    now_running, tomorrow = shift(stranger, -1, 5), shift(stranger, 24, 30)
    shift(senior, -2, 6, leads=True)
    assert change(senior, now_running, reason="Виклик", ends_at=T + 6 * HOUR).ends_at == T + 6 * HOUR
    with pytest.raises(NotAllowed):
        change(senior, tomorrow, kind="night")
    with pytest.raises(NotAllowed):
        change(senior, now_running, reason="Виклик", starts_at=T + 24 * HOUR, ends_at=T + 30 * HOUR)


def test_a_substitute_plans_the_team_of_the_senior_manager(senior, senior2, operator):
    Substitution.objects.create(senior=senior, substitute=senior2, since=T - HOUR, until=T + HOUR)
    assert plan(senior2, operator).pk


def test_the_head_plans_everybody_and_operators_nobody(head, operator, stranger):
    plan(head, operator)
    plan(head, stranger)
    with pytest.raises(NotAllowed):
        plan(operator, operator, 30, 36)


def test_only_a_senior_manager_or_a_substitute_for_the_whole_shift_leads(head, senior, operator):
    with pytest.raises(Invalid) as refused:
        plan(head, operator, leads=True)
    assert "leads" in refused.value.errors
    Substitution.objects.create(senior=senior, substitute=head, since=T, until=T + 8 * HOUR)
    with pytest.raises(Invalid):
        plan(head, head, 1, 9, leads=True)
    assert plan(head, head, 1, 8, leads=True).leads


def test_a_dismissed_employee_gets_no_shift_and_keeps_none(head, director, operator):
    running, later, over = shift(operator, -2, 6), shift(operator, 30, 36), shift(operator, -30, -20)
    begin(employee=operator, now=T)
    give_order("dismissal", operator, by=director, now=T)
    assert set(Shift.objects.filter(cancelled_at=T)) == {running, later}
    over.refresh_from_db()
    assert not over.is_cancelled
    with pytest.raises(Invalid):
        plan(head, operator, 50, 56)


# --- What it sets going -----------------------------------------------------------------------------------


def test_rooms_above_hear_of_every_change_inside_the_transaction(senior, operator, monkeypatch):
    heard = []
    monkeypatch.setattr(
        registry, "_effects", [lambda row, by, now: heard.append((row.version, row.is_cancelled))]
    )
    row = plan(senior, operator)
    change(senior, row, kind="night")
    cancel_shift(by=senior, shift_id=row.pk, reason="Хвороба", now=T)
    assert heard == [(1, False), (2, False), (3, True)]


def test_a_failing_effect_undoes_the_change(senior, operator, monkeypatch):
    row = plan(senior, operator)

    def fail(*_args):
        raise Conflict()

    monkeypatch.setattr(registry, "_effects", [fail])
    with pytest.raises(Conflict):
        change(senior, row, kind="night")
    row.refresh_from_db()
    assert (row.kind, row.version) == ("day", 1)


def test_who_changed_what_is_kept_by_the_database(senior, operator):
    row = plan(senior, operator)
    change(senior, row, kind="night")
    assert list(row.events.order_by("pgh_id").values_list("kind", flat=True)) == ["day", "night"]

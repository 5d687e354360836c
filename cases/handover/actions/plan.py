"""The check follows the plan: its row and its two jobs move with the shift (B4, B6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from cases.handover import rules, terms
from cases.handover.models import EndOfShiftCheck
from fregat.lib import clock, jobs, live
from fregat.lib.db import action
from fregat.lib.models import Job
from shifts.roster.models import Shift
from staff.employees.models import Employee

START, END = "check_start", "shift_end"
_AT_ONCE = 200
_DAYS_BACK, _DAYS_AHEAD = timedelta(days=2), timedelta(days=1)
"""Healing looks at the shifts that end about now; those of next month have time."""


def follow_shift(shift: Shift, by: Employee | None, now: datetime) -> None:
    """Effect of a new, changed or cancelled shift, in its transaction; the shift is locked.

    Prolonged: the check begins anew at its new time, decisions taken stay as cards. Shortened into its
    last 20 minutes: the check begins at once. Cancelled when begun: the end comes now.
    """
    if shift.is_cancelled:
        _follow_cancelled(shift, now)
    elif shift.ends_at > now:
        _follow_standing(shift, now)


def follow_published(shifts: Sequence[Shift], by: Employee | None, now: datetime) -> None:
    """The same for drafts that became binding: what they need, in four statements whatever their number."""
    coming = [shift for shift in shifts if shift.ends_at > now and not shift.is_cancelled]
    before = terms.check_before_end()
    due = {shift.pk: rules.check_at(shift.ends_at, before) for shift in coming}
    EndOfShiftCheck.objects.bulk_create(
        [EndOfShiftCheck(shift=row, ends_at=row.ends_at, due_at=due[row.pk], set_at=now) for row in coming],
        update_conflicts=True, unique_fields=["shift"], update_fields=["ends_at", "due_at", "set_at"],
    )  # fmt: skip
    jobs.schedule_many(START, due.items())
    jobs.schedule_many(END, ((shift.pk, shift.ends_at) for shift in coming))
    if any(moment <= now for moment in due.values()):
        jobs.wake()


def _follow_standing(shift: Shift, now: datetime) -> None:
    due_at = rules.check_at(shift.ends_at, terms.check_before_end())
    check, _made = EndOfShiftCheck.objects.get_or_create(
        shift=shift, defaults={"ends_at": shift.ends_at, "due_at": due_at, "set_at": now}
    )
    if check.ends_at != shift.ends_at:
        check.ends_at, check.due_at, check.set_at = shift.ends_at, due_at, now
    check.ended_at = None
    if due_at > now:
        check.started_at, check.late = None, False
    check.save()
    if check.started_at is None:
        jobs.schedule(START, shift.pk, due_at)
    jobs.schedule(END, shift.pk, shift.ends_at)
    if due_at <= now:
        jobs.wake()
    live.publish(f"employee:{shift.employee_id}", "shift", shift.pk)


def _follow_cancelled(shift: Shift, now: datetime) -> None:
    jobs.cancel(START, shift.pk)
    check = EndOfShiftCheck.objects.filter(shift=shift, ended_at=None).first()
    if check is None:
        return
    check.ends_at = min(check.ends_at, shift.cancelled_at or now)
    if shift.starts_at > now and not hasattr(shift, "attendance"):
        check.ended_at = now  # never begun: nothing can be handed over from it
        jobs.cancel(END, shift.pk)
    else:
        jobs.schedule(END, shift.pk, now)
        jobs.wake()
    check.save(update_fields=["ends_at", "ended_at"])
    live.publish(f"employee:{shift.employee_id}", "shift", shift.pk)


def start_check(shift_id: int, now: datetime | None = None) -> None:
    """Job `check_start`: begin the check 20 minutes before the end, and tell the employee (JD II.12).

    Takes the shift (NOWAIT: a person may be changing it), reads the plan again, and moves its own job when
    the shift was prolonged behind its back. Begun once: a second run finds `started_at`. It sets no status
    of any case: a person confirms that help was given.
    """
    shift = Shift.objects.select_for_update(of=("self",), nowait=True).filter(pk=shift_id).first()
    check = EndOfShiftCheck.objects.select_for_update().filter(shift_id=shift_id).first()
    if shift is None or check is None or shift.is_cancelled or check.started_at or check.ended_at:
        return
    now = now or clock.now()
    due_at = rules.check_at(shift.ends_at, terms.check_before_end())
    if now < due_at:
        jobs.schedule(START, shift_id, due_at)
        return
    check.started_at = now
    check.late = rules.is_late(due_at=due_at, set_at=check.set_at, started_at=now)
    check.save(update_fields=["started_at", "late"])
    live.publish(f"employee:{shift.employee_id}", "shift", shift.pk)
    live.publish("board", "board")


@action
def start_due_checks(now: datetime | None = None) -> int:
    """Begin every other check that is due, together: hundreds of shifts end in the same minute.

    Five statements for all of them, and their jobs are done with them. Rows that somebody holds are left to their
    own jobs (SKIP LOCKED: nothing waits here). Returns how many began.
    """
    at = now or clock.now()
    due = EndOfShiftCheck.objects.filter(
        started_at=None, ended_at=None, due_at__lte=at, shift__cancelled_at=None, shift__ends_at=F("ends_at")
    )
    rows = list(
        due.select_related("shift")
        .select_for_update(of=("self", "shift"), skip_locked=True)
        .order_by("pk")[:_AT_ONCE]
    )
    if not rows:
        return 0
    now = now or clock.now()
    late = {row.pk for row in rows if rules.is_late(due_at=row.due_at, set_at=row.set_at, started_at=now)}
    for is_late in (True, False):
        ids = [row.pk for row in rows if (row.pk in late) is is_late]
        if ids:
            EndOfShiftCheck.objects.filter(pk__in=ids).update(started_at=now, late=is_late)
    jobs.done_too(START, [row.shift_id for row in rows], now)
    for row in rows:
        live.publish(f"employee:{row.shift.employee_id}", "shift", row.shift_id)
    live.publish("board", "board")
    return len(rows)


def follow_plan(now: datetime) -> int:
    """Recurring job `shift_plan`: find shifts whose check or jobs are missing or stand at another time (B6).

    Nothing is missing as a rule; this heals what was written past the roster's actions, restored from a
    backup, or deleted by hand. Returns how many were mended.
    """
    broken = _out_of_step(now).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
    mended = 0
    for pk in list(broken):
        with transaction.atomic():
            row = Shift.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if row is not None:
                _mend(row, now)
                mended += 1
    return mended


def _mend(shift: Shift, now: datetime) -> None:
    if shift.is_cancelled or shift.ends_at > now:
        follow_shift(shift, None, now)
    else:
        jobs.schedule(END, shift.pk, shift.ends_at)


def _out_of_step(now: datetime) -> QuerySet[Shift]:
    """Shifts of these days that have no check, one of another time, or none of the jobs that it needs."""
    check = EndOfShiftCheck.objects.filter(shift=OuterRef("pk"))
    not_begun, not_ended = Exists(check.filter(started_at=None)), Exists(check.filter(ended_at=None))
    in_step = Exists(check.filter(ends_at=OuterRef("ends_at"), ended_at=None))
    to_come = Q(cancelled_at=None, ends_at__gt=now) & (~in_step | ~_job(END) | (not_begun & ~_job(START)))
    over = (Q(cancelled_at__isnull=False) | Q(ends_at__lte=now)) & not_ended & ~_job(END)
    days = Q(published_at__isnull=False, ends_at__gt=now - _DAYS_BACK, ends_at__lt=now + _DAYS_AHEAD)
    return Shift.objects.filter(days & (to_come | over))


def _job(kind: str) -> Exists:
    key = Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField()))
    return Exists(Job.objects.filter(key=key, done_at=None))

"""Broken glass: opened for a reason in person, told at once, given back, judged by somebody else (E1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.privacy import permissions, registry, selectors
from cases.privacy.actions.log import record_look
from cases.privacy.models import BrokenGlass
from cases.privacy.rules import glass as rules
from fregat.lib import clock, jobs, live, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, Sentence
from shifts.attendance import selectors as attendance
from staff.employees import selectors as staff
from staff.employees.actions import confirm_in_person
from staff.employees.models import Employee

REVIEW_JOB = "glass_review"

_OPENING_FAULTS: dict[str, Sentence] = {
    "off_duty": _("You are off shift: records are closed to you until your shift begins."),
    "too_often": _(
        "You have broken glass as often today as is allowed. Ask your senior manager or the head to look."
    ),
}
_REVIEW_FAULTS: dict[str, Sentence] = {
    "own": _("Nobody judges their own broken glass."),
    "reviewed": _("This has been judged already."),
}


@action
def break_glass(
    *,
    by: Employee,
    kind: str,
    number: str,
    reason: str,
    words: str,
    secret: str,
    birth_date: date | None = None,
    now: datetime | None = None,
) -> BrokenGlass:
    """Open one record outside the scope of `by` for reading, for 30 minutes; told to their senior manager and
    the head when this is saved.

    `secret`: the password or a code of the second factor, again. When there is no such record the row is
    written all the same, closed, with `object_uuid` None: it counts, and is judged. Raises NotAllowed (no
    right, off shift, too often today, too many wrong passwords), Invalid (fields), Conflict (visible anyway).
    """
    permissions.check_break(by)
    lock(Employee.objects.all(), pk=by.pk)  # two at once would both be the last one allowed
    now = now or clock.now()
    _refuse(by, now)
    _check_fields(kind, number, reason, words)
    confirmed_by = confirm_in_person(by=by, secret=secret)
    target = registry.breakables()[kind].find(by, number.strip(), birth_date, now)
    if target and target.visible:
        raise Conflict(_("You see this record without breaking glass: find it as usual."), code="visible")
    row = BrokenGlass.objects.create(
        employee=by, kind=kind, object_uuid=target.uuid if target else None,
        number=target.number if target else number.strip(), project=target.project if target else "",
        reason=reason, words=words.strip(), confirmed_by=confirmed_by, opened_at=now,
        until=now + rules.OPEN_FOR if target else now, closed_at=None if target else now,
        review_due_at=now + rules.REVIEW_WITHIN,
    )  # fmt: skip
    jobs.schedule(REVIEW_JOB, row.pk, row.review_due_at)
    _tell(row, "glass_broken", _watchers(by, now), now)
    return row


def _refuse(by: Employee, now: datetime) -> None:
    fault = rules.opening_fault(
        off_duty=permissions.works_on_shift_only(by) and not attendance.is_on_duty(by, now),
        used_today=selectors.glasses_today(by, now),
        daily=settings.FREGAT["GLASS_DAILY"],
    )
    if fault:
        raise NotAllowed(_OPENING_FAULTS[fault], code=fault)


def _check_fields(kind: str, number: str, reason: str, words: str) -> None:
    errors: dict[str, Sentence] = {}
    if kind not in registry.breakables():
        errors["kind"] = _("Choose what is to be opened.")
    if not number.strip():
        errors["number"] = _("Give the whole number.")
    if reason not in rules.REASONS:
        errors["reason"] = _("Choose a reason.")
    if len(words.strip()) < rules.WORDS_MIN:
        errors["words"] = _("Say in your own words what happened, so that somebody else can judge it.")
    if errors:
        raise Invalid(errors)


def _watchers(employee: Employee, now: datetime) -> set[Employee]:
    """Who learns of it at once: the senior manager (and all who act for them), the heads."""
    found = set(Employee.objects.heads())
    senior = staff.senior_of(employee, now)
    if senior is not None:
        found |= {senior, *staff.acting_for(senior, now)}
    return found - {employee}


def _tell(row: BrokenGlass, kind: str, people: set[Employee], now: datetime) -> None:
    values = {"name": row.employee.full_name, "number": row.number}
    url = reverse("privacy:glass", args=[row.pk])
    notices.tell(people, kind, url=url, values=values, about=row.pk, now=now)
    for person in people:
        live.publish(f"employee:{person.pk}", "glass", row.pk)


@action
def close_glass(*, by: Employee, glass_id: int, now: datetime | None = None) -> BrokenGlass:
    """Give a record back before its time. Doing it twice changes nothing. Raises NotFound, NotAllowed (another's)."""
    row: BrokenGlass = lock(BrokenGlass.objects.visible_to(by, now or clock.now()), pk=glass_id)
    now = now or clock.now()
    if row.employee_id != by.pk:
        raise NotAllowed(_("It is closed by whoever opened it."))
    if rules.is_open(until=row.until, closed_at=row.closed_at, now=now):
        row.closed_at = now
        row.save(update_fields=["closed_at"])
    return row


@action
def review_glass(
    *, by: Employee, glass_id: int, outcome: str, words: str = "", now: datetime | None = None
) -> BrokenGlass:
    """Judge a broken glass: `justified` or `unjustified` (this one with words). It is judged once.

    Raises NotFound, NotAllowed (one's own, no right), Invalid, Conflict (judged already).
    """
    at = now or clock.now()
    rows = BrokenGlass.objects.visible_to(by, at).select_related("employee")
    row: BrokenGlass = lock(rows, pk=glass_id)
    now = now or clock.now()
    permissions.check_review(by, row, now)
    fault = rules.review_fault(own=row.employee_id == by.pk, reviewed=row.reviewed_at is not None)
    if fault == "own":
        raise NotAllowed(_REVIEW_FAULTS[fault], code=fault)
    if fault:
        raise Conflict(_REVIEW_FAULTS[fault], code=fault)
    errors: dict[str, Sentence] = {}
    if outcome not in rules.OUTCOMES:
        errors["outcome"] = _("Say whether it was justified.")
    elif outcome == rules.UNJUSTIFIED and not words.strip():
        errors["words"] = _("Say why it was not justified.")
    if errors:
        raise Invalid(errors)
    row.reviewed_at, row.reviewed_by, row.outcome, row.review_words = now, by, outcome, words.strip()
    row.save(update_fields=["reviewed_at", "reviewed_by", "outcome", "review_words"])
    jobs.cancel(REVIEW_JOB, row.pk)
    _tell(row, f"glass_{outcome}", {row.employee}, now)
    return row


@action
def remind_of_review(glass_id: int, now: datetime | None = None) -> None:
    """Job `glass_review`: 72 hours have passed; what nobody has judged is told to the heads, once."""
    row = BrokenGlass.objects.select_for_update(of=("self",)).filter(pk=glass_id).first()
    now = now or clock.now()
    if row is None or row.reviewed_at or row.overdue_told_at:
        return
    if row.review_due_at > now:
        jobs.schedule(REVIEW_JOB, row.pk, row.review_due_at)
        return
    row.overdue_told_at = now
    row.save(update_fields=["overdue_told_at"])
    _tell(row, "glass_overdue", set(Employee.objects.heads()) - {row.employee}, now)


def open_file(*, by: Employee, row: BrokenGlass, request: Any, now: datetime) -> registry.File | None:
    """The record behind a glass that `by` broke and that is open now, the look written down first; else None."""
    if row.employee_id != by.pk or row.object_uuid is None or not selectors.is_open(row, now):
        return None
    kind = registry.breakables().get(row.kind)
    file = kind.file(row.object_uuid, now) if kind else None
    if file is None:
        return None
    record_look(
        by=by, kind=row.kind, objects=[row.object_uuid], persons=file.persons, part=file.part,
        ground="broken_glass", reference=f"{row.pk}", request=request, now=now,
    )  # fmt: skip
    return file

"""The secret address of a calendar, and the table of hours that is taken out."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from fregat.lib import clock, sheets
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.roster import labels, permissions, selectors
from shifts.roster.actions import parts
from shifts.roster.models import CalendarKey, HoursExport
from staff.employees.models import Employee


@action
def make_calendar_key(*, by: Employee, now: datetime | None = None) -> str:
    """A new secret for the calendar of `by`, shown once; the one before is worth nothing from now on."""
    parts.lock_people(by.pk)
    now = now or clock.now()
    CalendarKey.objects.filter(employee=by, withdrawn_at=None).update(withdrawn_at=now)
    secret = secrets.token_urlsafe(32)
    CalendarKey.objects.create(employee=by, digest=selectors.digest_of(secret), made_at=now)
    return secret


@action
def withdraw_calendar_key(*, by: Employee, now: datetime | None = None) -> int:
    """The calendar's address of `by` answers no more. Returns how many there were."""
    parts.lock_people(by.pk)
    rows = CalendarKey.objects.filter(employee=by, withdrawn_at=None)
    return rows.update(withdrawn_at=now or clock.now())


@action
def export_hours(
    *, by: Employee, month: date, kind: str, purpose: str, now: datetime | None = None
) -> tuple[HoursExport, bytes]:
    """The hours of a month as a workbook (`xlsx`) or a table (`csv`), and the row that says who took it.

    Written down in the same transaction: without the row there is no file. Raises NotAllowed, Invalid (`purpose`).
    """
    permissions.check_exports_hours(by)
    if not purpose.strip():
        raise Invalid.field("purpose", labels.FAULTS["export_purpose"])
    now = now or clock.now()
    lines = selectors.hours(by, month, now=now)
    headings, rows = (
        labels.hours_headings(),
        [labels.hours_line(one.employee.full_name, one.planned, one.worked, one.norm) for one in lines],
    )
    mark = _("Taken out by %(name)s on %(at)s") % {
        "name": by.full_name,
        "at": f"{clock.local(now):%d.%m.%Y %H:%M}",
    }
    if kind == "csv":
        content = sheets.write_csv([headings, *rows, [mark]])
    else:
        content = sheets.write([(f"{month:%m.%Y}", headings, rows)], mark=mark)
    row = HoursExport.objects.create(
        by=by,
        at=now,
        month=month,
        purpose=purpose.strip(),
        people=len(rows),
        digest=sha256(content).hexdigest(),
    )
    return row, content

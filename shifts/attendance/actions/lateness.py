"""From when lateness is systematic (JD IV.7), and the table of working time that is taken out (E4)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib import clock, live, sheets
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.attendance import figures, permissions
from shifts.attendance.figures import Filters
from shifts.attendance.labels import FAULTS
from shifts.attendance.models import LatenessRule
from shifts.attendance.rules import Lateness
from staff.employees.actions import note_security
from staff.employees.models import Employee


@action
def set_rule(*, by: Employee, rule: Lateness, now: datetime | None = None) -> LatenessRule:
    """Another rule from now on; the rows of before are its history. Raises NotAllowed, Invalid."""
    permissions.check_rule(by)
    if not (1 <= rule.times <= 100 and 1 <= rule.days <= 366 and 0 <= rule.minutes <= 600):
        raise Invalid.field("times", FAULTS["rule"])
    row = LatenessRule.objects.create(
        times=rule.times, days=rule.days, minutes=rule.minutes, set_by=by, set_at=now or clock.now()
    )
    live.publish("board", "shift")
    return row


@action
def export_attendance(*, by: Employee, filters: Filters, form: str, now: datetime | None = None) -> bytes:
    """The table that the filters leave, `csv` or `xlsx`; that it was taken out is on record in the same
    transaction. Nobody insured is in it. Raises NotAllowed."""
    now = now or clock.now()
    headings, rows = figures.table(by, filters, now=now)
    note_security("attendance_exported", by=by, now=now)
    if form == "csv":
        return sheets.write_csv([headings, *rows])
    mark = _("Taken out by %(name)s on %(at)s") % {
        "name": by.full_name, "at": f"{clock.local(now):%d.%m.%Y %H:%M}",
    }  # fmt: skip
    return sheets.write([(_("Working time"), headings, rows)], mark=mark)

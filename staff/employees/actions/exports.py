"""The table of the staff is taken out: a right of its own, for a purpose, written down (E4)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from fregat.lib import clock, db, sheets
from fregat.lib.errors import Invalid
from staff.employees.actions.security import note_security
from staff.employees.models import Employee, StaffExport
from staff.employees.permissions import check_manage
from staff.employees.selectors.exports import headings, table
from staff.employees.selectors.listing import Filters


@db.action
def export_people(
    *, by: Employee, filters: Filters, purpose: str, private: bool = False, now: datetime | None = None
) -> tuple[StaffExport, bytes]:
    """A workbook of the people whom the filters leave, and the row that says who took it and what for.

    Written down in the same transaction: without the row there is no file. The file says on every printed
    page and on a sheet of its own whose it is. Raises NotAllowed, Invalid (`purpose`).
    """
    check_manage(by, "employee.export")
    if not purpose.strip():
        raise Invalid.field("purpose", _("Say what the table is for."))
    now = now or clock.now()
    rows = list(table(by, filters, private=private, now=now))
    mark = _("Taken out by %(name)s on %(at)s") % {
        "name": by.full_name, "at": f"{clock.local(now):%d.%m.%Y %H:%M}",
    }  # fmt: skip
    content = sheets.write(
        [
            (_("Staff"), headings(private=private), rows),
            (_("About this table"), [_("What"), _("Value")], _about(by, purpose, len(rows), now)),
        ],
        mark=mark,
    )
    kept = {name: value for name, value in asdict(filters).items() if value and name != "text"}
    row = StaffExport.objects.create(
        by=by, at=now, purpose=purpose.strip(), filters=kept, private=private, people=len(rows),
        digest=sha256(content).hexdigest(),
    )  # fmt: skip
    note_security("staff_exported", by=by, now=now)
    return row, content


def _about(by: Employee, purpose: str, people: int, now: datetime) -> list[tuple[str, object]]:
    return [
        (_("Taken out by"), by.full_name),
        (_("Time"), f"{clock.local(now):%d.%m.%Y %H:%M}"),
        (_("Purpose"), purpose.strip()),
        (_("People"), people),
        (_("Notice"), _("Personal data of employees: not to be passed on. Each export is written down.")),
    ]

"""A table of people becomes orders of appointment: all of them, or none (A3)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, DomainError, Invalid, NotFound
from fregat.lib.text import normalise
from staff.employees.actions.orders import issue_order
from staff.employees.models import Employee, Order, StaffImport
from staff.employees.permissions import check_manage
from staff.employees.selectors.imports import Line, appointments, check_lines, read_table
from staff.employees.statuses import ImportState

_NAME_MAX = 100


@db.action
def upload_import(
    *,
    by: Employee,
    content: bytes,
    file_name: str,
    effective_at: datetime | None = None,
    signed_on: date | None = None,
    note: str = "",
    now: datetime | None = None,
) -> StaffImport:
    """Read a table and keep it for looking at; nobody is appointed yet. Earlier ones of the person are dropped.

    Raises NotAllowed, Invalid (`file`, in words).
    """
    check_manage(by, "employee.import")
    now = now or clock.now()
    table = read_table(content)
    check_lines(table.lines, effective_at=effective_at, now=now)
    for earlier in StaffImport.objects.filter(uploaded_by=by, state=ImportState.PREVIEW).select_for_update():
        _decide(earlier, ImportState.DROPPED, by, now)
    return StaffImport.objects.create(
        file_name=normalise(file_name)[:_NAME_MAX],
        rows=[line.kept() for line in table.lines],
        left_out=table.left_out,
        effective_at=effective_at,
        signed_on=signed_on or clock.local(now).date(),
        note=note.strip(),
        uploaded_by=by,
        uploaded_at=now,
    )


@db.action
def apply_import(*, by: Employee, import_id: int, now: datetime | None = None) -> list[Order]:
    """Sign one order of appointment for each person of the table, senior managers first.

    Nothing is half done: what one order refuses undoes all. Raises NotAllowed, NotFound, Conflict (decided
    already; a row of the table is refused, with its number).
    """
    check_manage(by, "employee.import")
    row = _locked(import_id)
    _refuse_faults([Line(**kept) for kept in row.rows])
    lines = [Line(kept["number"], kept["values"]) for kept in row.rows]
    check_lines(lines, effective_at=row.effective_at, now=now or clock.now())
    _refuse_faults(lines)  # of what has changed since the table was read
    orders = [_appoint(by, row, line, now) for line in appointments(lines)]
    _decide(row, ImportState.DONE, by, now or clock.now())
    row.orders.set(orders)
    return orders


@db.action
def drop_import(*, by: Employee, import_id: int, now: datetime | None = None) -> None:
    """Leave a table as it is: nobody of it is appointed. Raises NotAllowed, NotFound, Conflict."""
    check_manage(by, "employee.import")
    _decide(_locked(import_id), ImportState.DROPPED, by, now or clock.now())


def _locked(import_id: int) -> StaffImport:
    row: StaffImport | None = StaffImport.objects.select_for_update().filter(pk=import_id).first()
    if row is None:
        raise NotFound()
    if row.state != ImportState.PREVIEW:
        raise Conflict(_("This table has been decided already."), code="import_decided")
    return row


def _refuse_faults(lines: list[Line]) -> None:
    faulty = next((line for line in lines if line.faults), None)
    if faulty is not None:
        column, sentence = faulty.faults[0]
        raise Conflict(_at_row(faulty, f"{column}: {sentence}"), code="import_has_faults")


def _appoint(by: Employee, row: StaffImport, line: Line, now: datetime | None) -> Order:
    try:
        return issue_order(
            by=by, kind="appointment", values=line.values, effective_at=row.effective_at,
            signed_on=row.signed_on, note=row.note, now=now,
        )  # fmt: skip
    except Invalid as refused:
        sentences = [str(text) for texts in refused.errors.values() for text in texts]
        raise Conflict(_at_row(line, " ".join(sentences)), code="import_refused") from refused
    except DomainError as refused:
        raise Conflict(_at_row(line, str(refused.sentence)), code="import_refused") from refused


def _at_row(line: Line, sentence: str) -> str:
    return str(_("Row %(number)d, %(name)s. %(sentence)s")) % {
        "number": line.number, "name": line.full_name or "—", "sentence": sentence,
    }  # fmt: skip


def _decide(row: StaffImport, state: ImportState, by: Employee, now: datetime) -> None:
    """The end of an import; its rows are not needed any more."""
    row.state, row.decided_by, row.decided_at, row.rows = state, by, now, []
    row.save(update_fields=["state", "decided_by", "decided_at", "rows"])

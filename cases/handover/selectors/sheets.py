"""The hand-over sheet: what its giver or a receiver would sign now, what was signed, what is not (II.11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from cases.casework.models import Case
from cases.handover import terms
from cases.handover.models import Handover, SignedSheet
from cases.handover.querysets import HandoverQuerySet, sheet_shifts
from cases.handover.selectors.check import CheckView, Item
from cases.handover.selectors.handovers import whole
from fregat.lib import rights
from fregat.lib.errors import NotFound
from shifts.attendance import selectors as attendance
from shifts.roster.models import Shift
from staff.employees.models import Employee

DAYS = 14
"""Sheets of so many last days are listed."""
ROWS = 100
"""The most that a list shows."""


@dataclass(frozen=True)
class Sheet:
    """What would be signed now, by whom; `fault`: why not (`labels.NOT_SIGNED`), or empty."""

    shift: Shift | None
    giver: Employee
    signer: Employee
    items: Sequence[Item] = ()
    """The giver's page: cases of the check with what was decided."""
    rows: Sequence[Handover] = ()
    """A receiver's page: the cases that came to them, with read-back or refusal."""
    fault: str = ""
    answers: str = ""
    """Fingerprint of the giver's page that a receiver's page answers."""
    passed: Sequence[Handover] = ()
    """The giver's page after the end of the shift: what the program passed on. Of what is accepted since no card is
    shown: it is closed to who is off shift (B1)."""

    @property
    def cases(self) -> list[Case]:
        """The cases on it."""
        rows = [*self.rows, *(row for row in self.passed if row.is_pending)]
        return [item.case for item in self.items] + [row.case for row in rows]


def given_sheet(user: Employee, check: CheckView, now: datetime) -> Sheet:
    """What the giver would sign in the last minutes of the shift."""
    fault = ""
    if now < check.due_at:
        fault = "early"
    elif not check.items:
        fault = "nothing"
    elif check.done < check.total:
        fault = "undecided"
    return Sheet(check.shift, user, user, items=check.items, fault=fault)


def given_after_end(user: Employee, now: datetime) -> Sheet | None:
    """What the giver may still sign until 15 minutes after the end of the shift, as its cards are completed (B1);
    None: no shift of theirs has just ended with a handover. Five statements at most."""
    if not rights.may(user.role, "sheet.sign") or attendance.current_shift(user, now) is not None:
        return None
    since = now - terms.card_grace()
    rows = whole(
        Handover.objects.filter(giver=user, shift__employee=user, moved_at__gt=since, moved_at__lte=now)
    )
    last = rows.order_by("-moved_at", "-pk").first()
    if last is None or last.shift is None:
        return None
    passed = list(rows.filter(shift=last.shift).order_by("case__number"))
    signed = signed_by(user, last.shift)
    changed = any(
        row.card_at is not None and signed is not None and row.card_at > signed.at for row in passed
    )
    return Sheet(last.shift, user, user, passed=passed, fault="signed" if signed and not changed else "")


def received_sheet(user: Employee, handover: Handover) -> Sheet:
    """What this receiver would sign of all that came to them from the same shift. Four queries."""
    if handover.shift is None:
        return Sheet(
            None,
            handover.giver,
            user,
            rows=_mine(user, Handover.objects.filter(pk=handover.pk)),
            fault="no_shift",
        )
    rows = _mine(user, Handover.objects.filter(shift=handover.shift))
    fault = "" if rows else "nothing"
    if any(row.is_pending and row.receiver_id == user.pk for row in rows):
        fault = "waiting"
    first = SignedSheet.objects.filter(shift=handover.shift, side="given").order_by("-pk")
    return Sheet(
        handover.shift, handover.giver, user, rows=rows, fault=fault,
        answers=first.values_list("content_hash", flat=True).first() or "",
    )  # fmt: skip


def _mine(user: Employee, rows: HandoverQuerySet) -> list[Handover]:
    mine = rows.filter(Q(accepted_by=user) | Q(hops__to=user)).values("pk")
    return list(whole(rows.filter(pk__in=mine)).order_by("case__number"))


def signed_by(user: Employee, shift: Shift | None) -> SignedSheet | None:
    """The person's last signature under the sheet of this shift."""
    rows = SignedSheet.objects.filter(shift=shift, signer=user).defer("file", "text")
    return rows.order_by("-pk").first() if shift else None


def get_signed_sheet(user: Employee, pk: int, now: datetime) -> SignedSheet:
    """The gate to one signed page. Raises NotFound."""
    found = (
        SignedSheet.objects.visible_to(user, now)
        .select_related("shift", "giver", "signer")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


@dataclass
class SheetRow:
    """The sheet of one shift as a line: who has signed and who has not."""

    shift: Shift
    pages: list[SignedSheet] = field(default_factory=list)
    count: int = 0
    """Cases that were handed over."""
    missing: list[Employee] = field(default_factory=list)
    """Who has not signed: the giver, and whoever accepted."""

    @property
    def is_signed(self) -> bool:
        """By both."""
        return not self.missing


def sheet_rows(user: Employee, now: datetime, *, missing_only: bool = False) -> list[SheetRow]:
    """Sheets of the last days that the person may see, the latest first. Five queries beside the scope's."""
    since = now - timedelta(days=DAYS)
    with_handovers = Handover.objects.filter(moved_at__gt=since, shift__isnull=False).values("shift")
    shifts = (
        sheet_shifts(user, now).filter(Q(pk__in=with_handovers) | Q(signed_sheets__at__gt=since)).distinct()
    )
    found = list(shifts.select_related("employee").order_by("-ends_at", "-pk")[:ROWS])
    rows = _filled(found, user, now)
    return [row for row in rows if row.missing] if missing_only else rows


def _filled(shifts: Iterable[Shift], user: Employee, now: datetime) -> list[SheetRow]:
    rows = {shift.pk: SheetRow(shift) for shift in shifts}
    pages = SignedSheet.objects.visible_to(user, now).filter(shift__in=rows).defer("file", "text")
    signers: dict[int, set[int]] = defaultdict(set)
    for shift, signer in SignedSheet.objects.filter(shift__in=rows).values_list("shift", "signer"):
        signers[shift].add(signer)
    for page in pages.select_related("signer").order_by("pk"):
        rows[page.shift_id].pages.append(page)
    for one in Handover.objects.filter(shift__in=rows).select_related("accepted_by").order_by("pk"):
        row = rows[one.shift_id or 0]
        row.count += 1
        for person in (row.shift.employee, one.accepted_by):
            if person is not None and person.pk not in signers[row.shift.pk] and person not in row.missing:
                row.missing.append(person)
    return list(rows.values())


def unsigned_count(user: Employee, now: datetime) -> int:
    """How many sheets of the last days lack a signature, for the board."""
    return len(sheet_rows(user, now, missing_only=True))

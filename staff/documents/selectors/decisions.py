"""Decisions of the head and notices: the person's list, one of them, who has acknowledged it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from fregat.lib import rights
from fregat.lib.errors import NotFound
from fregat.lib.rights import Scope
from staff.documents.models import Acknowledgement, Decision
from staff.documents.querysets import concerned_by, concerning
from staff.employees.models import Employee

LINES = 200
"""The most that the list of decisions shows."""


def decision_list(user: Employee, *, state: str = "") -> QuerySet[Decision]:
    """What the person may read, the newest first, with `acknowledged_at` and `concerns_me`. One query.

    `state`: `unread` (by the person), `missing` (somebody has not acknowledged, counted for who may see that),
    `withdrawn`; empty for all.
    """
    rows = Decision.objects.visible_to(user).defer("body")
    if sees_receipts(user):
        rows = rows.counted()
    if state == "unread":
        rows = rows.filter(pk__in=Decision.objects.unread_by(user))
    elif state == "missing" and sees_receipts(user):
        rows = rows.lacking()
    elif state == "withdrawn":
        rows = rows.filter(withdrawn_at__isnull=False)
    rows = rows.select_related("published_by").order_by("-published_at", "-id")
    return _with_acknowledgement_of(user, rows)[:LINES]


def sees_receipts(user: Employee) -> bool:
    """Are acknowledgements counted for this person in the list?"""
    return Scope.CENTRE in rights.scopes_of(user, "decision.read")


def decision_of(user: Employee, pk: int, **_more: object) -> Decision:
    """The gate of every address of a decision: itself, as in the list. Raises NotFound. One query."""
    rows = _with_acknowledgement_of(user, Decision.objects.visible_to(user))
    found = rows.select_related("published_by", "withdrawn_by").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def next_unread(user: Employee) -> Decision | None:
    """The oldest decision that the person has not acknowledged. One query."""
    return Decision.objects.unread_by(user).order_by("published_at", "id").first()


def _with_acknowledgement_of(user: Employee, rows: QuerySet[Decision]) -> QuerySet[Decision]:
    mine = Acknowledgement.objects.filter(decision=OuterRef("pk"), employee=user).values("at")[:1]
    return rows.annotate(
        acknowledged_at=Subquery(mine, output_field=DateTimeField()),
        concerns_me=ExpressionWrapper(concerning(user) & ~Q(published_by=user), output_field=BooleanField()),
    )


@dataclass(frozen=True)
class Receipt:
    """One person whom a decision concerns, and when they acknowledged it."""

    employee: Employee
    at: datetime | None


def receipts_of(decision: Decision) -> list[Receipt]:
    """Everybody concerned, and everybody who has acknowledged, those who have not first. Two queries."""
    read = {row.employee_id: row for row in decision.acknowledgements.select_related("employee")}
    people = {person.pk: person for person in concerned_by(decision) if person.pk != decision.published_by_id}
    people |= {pk: row.employee for pk, row in read.items()}
    rows = [Receipt(person, read[pk].at if pk in read else None) for pk, person in people.items()]
    return sorted(rows, key=lambda row: (row.at is not None, row.employee.name_key, row.employee.first_name))

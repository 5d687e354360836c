"""The read side of disclosures and consents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases.privacy.models import Consent, ConsentRequest, Disclosure
from cases.privacy.rules.disclosure import Permit
from fregat.lib.errors import NotFound
from staff.employees.models import Employee

SHOWN = 200


def permits(project: str, case_uuid: UUID) -> list[Permit]:
    """The consents that may be a ground for this case, the newest first. One statement."""
    rows = Consent.objects.of_case(project, case_uuid).standing().order_by("-id")
    return [
        Permit(
            id=row.pk, kind=row.recipient_kind, recipient=row.recipient, parts=frozenset(row.parts),
            since=row.since, until=row.until,
        )
        for row in rows
    ]  # fmt: skip


def disclosures(user: Employee, *, now: datetime, number: str = "") -> list[Disclosure]:
    """The register, the latest first, within what the person sees; of one number alone when given. One statement."""
    rows = Disclosure.objects.visible_to(user, now).select_related("by", "consent")
    if number:
        rows = rows.filter(number=number)
    return list(rows.order_by("-id")[:SHOWN])


def disclosed_of(case_uuid: UUID) -> list[Disclosure]:
    """What of this case left the house, the latest first: for whoever sees the case. One statement."""
    return list(Disclosure.objects.filter(object_uuid=case_uuid).select_related("by").order_by("-id")[:SHOWN])


def consents(user: Employee, *, now: datetime) -> list[Consent]:
    """Consents of one's projects, those in force first. One statement."""
    rows = Consent.objects.visible_to(user, now).select_related("recorded_by")
    return list(rows.order_by("withdrawn_at", "-id")[:SHOWN])


def requests(user: Employee, *, now: datetime) -> list[ConsentRequest]:
    """Requests that wait for the insurer's answer, the oldest first. One statement."""
    rows = ConsentRequest.objects.visible_to(user, now).open().select_related("asked_by")
    return list(rows.order_by("id")[:SHOWN])


def get_request(user: Employee, pk: int, *, now: datetime) -> ConsentRequest:
    """The gate to one request. Raises NotFound."""
    row: ConsentRequest | None = ConsentRequest.objects.visible_to(user, now).filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row


def get_consent(user: Employee, pk: int, *, now: datetime) -> Consent:
    """The gate to one consent. Raises NotFound."""
    row: Consent | None = Consent.objects.visible_to(user, now).filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row

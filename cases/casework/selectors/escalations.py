"""Escalations: what must be told, to whom, and what waits for an acknowledgement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from cases.casework import rules
from cases.casework.models import Case, CaseService, Escalation
from cases.casework.rules import ServiceTold, TellFacts
from cases.insurance.selectors import catalogue
from fregat.lib.errors import NotFound
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from staff.employees import selectors as employees
from staff.employees.models import Employee


def addressee(employee: Employee, now: datetime, *, not_to: Employee | None = None) -> Employee:
    """Who is told about a case of this employee (JD II.10).

    The employee's senior manager if on duty, else the first on duty of those who act for them (the substitute,
    the substitute's substitute), else the senior manager on duty, else the head. `not_to`: who acts and so is
    not told by themselves.
    """
    skip = {employee.pk} | ({not_to.pk} if not_to else set())
    senior = employees.senior_of(employee, now, has_begun=attendance.has_begun(now, "senior"))
    if senior is not None:
        there = senior.is_active and (senior.role == Role.HEAD or vars(senior)["has_begun"])
        if there and senior.pk not in skip:
            return senior
        acting = [one for one in employees.acting_for(senior, now) if one.pk not in skip]
        found = attendance.first_on_duty(acting, now)
        if found is not None:
            return found
    leader = attendance.leader(now)
    if leader is not None and leader.pk not in skip:
        return leader
    return employees.head()


def tell_facts(case: Case, services: Sequence[CaseService] | None = None) -> TellFacts:
    """The case as the table of C5 sees it; at most two statements, one less with `services` that have been read."""
    if services is None:
        services = list(case.services.select_related("kind", "currency"))
    priced = any(row.expected_cost is not None for row in services)
    return TellFacts(
        registered=rules.is_registered(case.status),
        country=case.country_id or "",
        country_told=case.country.told if case.country else False,
        displeased=case.displeased,
        unusual=case.unusual,
        threshold_uah=_threshold(case) if priced else None,
        services=tuple(_service_told(row) for row in services),
    )


def _service_told(row: CaseService) -> ServiceTold:
    cost = row.expected_cost
    rate = row.currency.rate_uah if row.currency else None
    return ServiceTold(
        id=row.pk,
        kind=row.kind_id,
        told_as=row.kind.escalation,
        abroad_only=row.kind.abroad_only,
        has_cost=cost is not None,
        cost_uah=None if cost is None else rules.in_hryvnias(cost, rate),
        needed=row.state != "cancelled",
    )


def _threshold(case: Case) -> Decimal | None:
    """The insurer's threshold in hryvnias; the house's own while the insurer is not known."""
    amount: Decimal
    code: str | None
    amount, code = rules.DEFAULT_THRESHOLD
    if case.insurer is not None:
        amount, code = case.insurer.threshold_amount, case.insurer.threshold_currency_id
    currency = catalogue.currencies().get(code or "")
    return rules.in_hryvnias(amount, currency.rate_uah if currency else None)


def escalations_for(user: Employee, now: datetime, *, only_open: bool = True) -> QuerySet[Escalation]:
    """Escalations of the cases that the user sees, those due first on top; one statement and the scope's."""
    rows = Escalation.objects.visible_to(user, now).select_related(
        "case",
        "case__insurer",
        "case__person",
        "case__responsible",
        "case__country",
        "addressee",
        "raised_by",
        "acknowledged_by",
    )
    if only_open:
        rows = rows.open()
    return rows.order_by("due_at", "id")


def get_escalation(user: Employee, escalation_id: int, now: datetime, *, number: str = "") -> Escalation:
    """The gate to one escalation; with `number`, of that case. Raises NotFound."""
    row = escalations_for(user, now, only_open=False).filter(pk=escalation_id).first()
    if row is None or number not in {"", row.case.number}:
        raise NotFound()
    return row

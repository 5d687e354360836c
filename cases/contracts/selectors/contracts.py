"""Contracts: one, and the list with its filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Value

from cases.contracts.models import Contract
from cases.contracts.querysets import ContractQuerySet
from cases.insurance.models import InsuredPerson, NumberKey, PolicyPerson
from fregat.lib.errors import NotFound

if TYPE_CHECKING:
    from staff.employees.models import Employee

LINES = 50


@dataclass(frozen=True)
class Filters:
    """What is set in the address: codes and numbers only."""

    number: str = ""
    state: str = ""
    insurer: int | None = None
    since: date | None = None
    until: date | None = None
    mine: bool = False


def get_contract(user: Employee, pk: int, *, now: datetime) -> Contract:
    """A contract within what the employee may see. Raises NotFound. One statement."""
    rows = Contract.objects.visible_to(user, now).for_reading()
    contract: Contract | None = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if contract is None:
        raise NotFound()
    return contract


def persons_of(contract: Contract) -> list[InsuredPerson]:
    """Whom it insures, in the order in which they were entered, as their shares of the premium are. One statement."""
    rows = PolicyPerson.objects.filter(policy=contract.policy_id).select_related("person").order_by("pk")
    return [row.person for row in rows]


def contracts(
    user: Employee, filters: Filters, *, now: datetime, today: date, after: int = 0
) -> list[Contract]:
    """A page of contracts and one more, the newest first; `after`: below this one. One statement."""
    rows = filtered(user, filters, now=now, today=today)
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows[: LINES + 1])


def filtered(user: Employee, filters: Filters, *, now: datetime, today: date) -> ContractQuerySet:
    """Contracts that the employee may see and the filters leave, the newest first.

    Without the names of persons: whoever is sought by name is found by the look-up, which is on record.
    """
    rows = Contract.objects.visible_to(user, now).for_reading()
    if filters.number:
        rows = rows.filter(policy__number_key=NumberKey(Value(filters.number)))
    if filters.state:
        rows = rows.in_state(filters.state, today)
    if filters.insurer is not None:
        rows = rows.filter(policy__insurer=filters.insurer)
    if filters.since:
        rows = rows.filter(policy__valid_from__gte=filters.since)
    if filters.until:
        rows = rows.filter(policy__valid_from__lte=filters.until)
    return rows.filter(entered_by=user) if filters.mine else rows

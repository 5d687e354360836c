"""Contracts are annulled with a reason, knowing which open cases rely on them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.contracts import selectors
from cases.contracts.models import Contract
from cases.contracts.permissions import check_annul
from cases.contracts.rules import annulled_from
from cases.insurance import actions as insurance
from cases.insurance.models import Policy
from cases.insurance.registry import Relying, relying
from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid

if TYPE_CHECKING:
    from staff.employees.models import Employee


class CasesRely(Conflict):
    """Open cases rely on the contract, and whoever annuls it has not said that they know of every one (`cases`)."""

    default_code = "cases"
    default_sentence = gettext_lazy(
        "Open cases rely on this contract: look at them and confirm the annulment."
    )

    def __init__(self, cases: list[Relying]) -> None:
        super().__init__()
        self.cases = cases


@db.action
def annul_contract(
    *, by: Employee, contract_id: int, reason: str, confirmed: Collection[str] = ()
) -> Contract:
    """Annul a contract: before it begins it never covers anything, later it covers to the end of today.

    The number stays used. Open cases keep the terms that they were opened with; whoever answers for one is told.
    `confirmed`: numbers of those that the person was shown. Raises Conflict when it is annulled or over already,
    CasesRely when a case that they may see is not among those: a new one may have been opened meanwhile.
    """
    seen = selectors.get_contract(by, contract_id, now=clock.now())
    contract = db.lock(Contract.objects.select_related("policy"), pk=seen.pk)
    policy: Policy = contract.policy
    insurance.hold_policy(policy)
    now = clock.now()
    check_annul(by, contract, now)
    if not reason:
        raise Invalid.field("reason", _("Say why it is annulled."))
    today = clock.local(now).date()
    if contract.annulled_at is not None:
        raise Conflict(gettext_lazy("This contract is annulled already."), code="annulled")
    if contract.state_on(today) == "over":
        raise Conflict(gettext_lazy("This contract is over: there is nothing to annul."), code="over")
    cases = relying(policy, by, now)
    if {one.number for one in cases} - set(confirmed):
        raise CasesRely(cases)
    insurance.end_policy(by=by, policy=policy, on=annulled_from(policy.valid_from, today), now=now)
    contract.annulled_at, contract.annulled_by, contract.annulled_reason = now, by, reason
    contract.save(update_fields=["annulled_at", "annulled_by", "annulled_reason"])
    return contract

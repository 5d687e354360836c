"""The paper of a contract leaves the house by the one door (JD II.15-16, E2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from cases.contracts import selectors
from cases.contracts.models import Contract
from cases.privacy import actions as privacy
from fregat.lib import db

if TYPE_CHECKING:
    from cases.privacy.models import Disclosure
    from staff.employees.models import Employee


@db.action
def pass_on_paper(
    *, by: Employee, contract: Contract, request: object = None, now: datetime | None = None
) -> Disclosure:
    """Register that the paper of a contract that `by` sees goes to those whom it insures: one line each time.

    It holds what they said of themselves. Raises NotAllowed.
    """
    policy = contract.policy
    with translation.override("uk"):
        purpose = _("Insurance contract %(number)s") % {"number": policy.number}
    subject = privacy.Subject(
        kind="policy", uuid=policy.uuid, number=policy.number, project=policy.insurer.code,
        persons=tuple(person.uuid for person in selectors.persons_of(contract)),
    )  # fmt: skip
    passing = privacy.Passing(
        recipient_kind="person",
        recipient="",
        parts=("identity", "contacts", "policy", "costs"),
        purpose=purpose,
    )
    return privacy.disclose(
        by=by, subject=subject, passing=passing, right="contract.print", request=request, now=now
    )

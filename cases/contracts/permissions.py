"""May this person? Each `check_…` raises with a sentence, `can_…` wraps it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cases.contracts.models import Contract
from cases.contracts.querysets import insurers
from cases.insurance.permissions import closed_now
from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, NotFound
from fregat.lib.rights import Scope

if TYPE_CHECKING:
    from staff.employees.models import Employee


def check_insurer(user: Employee, action: str, insurer_id: int) -> None:
    """Does an action of the room reach this insurer? Raises NotFound: whose project it is not, for them it is not."""
    if not rights.lets(user, action):
        raise NotAllowed(code="no_right")
    if not insurers(user, action).filter(pk=insurer_id).exists():
        raise NotFound()


def check_enter(user: Employee, insurer_id: int, now: datetime) -> None:
    """May enter a contract of this insurer: operators on shift, and senior managers of the project."""
    check_insurer(user, "contract.enter", insurer_id)
    check_on_shift(user, now)


def check_on_shift(user: Employee, now: datetime) -> None:
    """Operators enter contracts during their shift only (B1)."""
    if closed_now(user, now):
        raise NotAllowed(
            _("You are off shift: contracts are entered during your shift only."), code="off_shift"
        )


def check_annul(user: Employee, contract: Contract, now: datetime) -> None:
    """May annul a contract that they see: who entered it, the senior managers of the project, the head."""
    scopes = rights.scopes(user.role, "contract.annul")
    if not scopes:
        raise NotAllowed(code="no_right")
    if scopes == {Scope.OWN} and contract.entered_by_id != user.pk:
        raise NotAllowed(
            _("Only whoever entered the contract or the senior manager annuls it."), code="not_own"
        )
    if closed_now(user, now):
        raise NotAllowed(_("You are off shift: contracts are closed to you until your shift begins."))


def can_annul(user: Employee, contract: Contract, now: datetime) -> bool:
    """`check_annul` without the sentence."""
    try:
        check_annul(user, contract, now)
    except DomainError:
        return False
    return True

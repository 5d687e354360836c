"""Named queries on proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from fregat.lib.rights import Scope, scopes
from staff.employees.models import Employee

if TYPE_CHECKING:
    from shifts.proposal.models import Proposal


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by who may use them."""

    def visible_to(self, user: Employee) -> ProposalQuerySet:
        """All for the head, one's own for a senior manager."""
        reach = scopes(user.role, "proposal.make") if user.is_active else frozenset()
        if Scope.CENTRE in reach:
            return self.all()
        return self.filter(asked_by=user) if Scope.OWN in reach else self.none()

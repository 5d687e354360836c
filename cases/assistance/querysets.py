"""Named queries on guarantee letters, each starting from what a person may see."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from cases.assistance.statuses import Status
from cases.casework.querysets import visible
from fregat.lib import clock, rights

if TYPE_CHECKING:
    from cases.assistance.models import GuaranteeLetter
    from staff.employees.models import Employee


class LetterQuerySet(models.QuerySet["GuaranteeLetter"]):
    """Guarantee letters."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> LetterQuerySet:
        """Those of the cases that the user sees, for whoever reads the medical part of them."""
        condition = visible(user, now or clock.now()) if rights.may(user.role, "letter.view") else None
        if condition is None:
            return self.none()
        cases = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases._default_manager.filter(condition))

    def given(self) -> LetterQuerySet:
        """Promised, and not taken back."""
        return self.filter(status=Status.GIVEN)

    def for_reading(self) -> LetterQuerySet:
        """With what a line of a letter shows, the latest first; one statement."""
        return self.select_related(
            "kind", "currency", "asked_by", "given_by", "refused_by", "withdrawn_by"
        ).order_by("-id")

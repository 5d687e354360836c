"""Named queries on cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from cases.casework.statuses import OPEN

if TYPE_CHECKING:
    from cases.casework.models import Case, Escalation


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def open(self) -> CaseQuerySet:
        """Those for which somebody on duty must answer."""
        return self.filter(status__in=OPEN)


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """What the senior managers must know."""

    def open(self) -> EscalationQuerySet:
        """Neither acknowledged nor cancelled."""
        return self.filter(acknowledged_at=None)

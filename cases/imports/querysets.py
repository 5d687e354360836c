"""Named queries on insurers' lists, each starting from what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from cases.imports.statuses import RUNNING, Mode, Status
from cases.insurance.querysets import projects_of
from fregat.lib import rights
from fregat.lib.rights import Scope

if TYPE_CHECKING:
    from cases.imports.models import Batch
    from staff.employees.models import Employee


class BatchQuerySet(models.QuerySet["Batch"]):
    """Insurers' lists."""

    def visible_to(self, user: Employee) -> BatchQuerySet:
        """Lists of the employee's projects; all of them for who sees the whole centre."""
        scopes = rights.scopes(user.role, "list.view")
        if Scope.CENTRE in scopes:
            return self
        return self.filter(insurer__in=projects_of(user)) if Scope.PROJECT in scopes else self.none()

    def running(self) -> BatchQuerySet:
        """Being read or written or taken back."""
        return self.filter(status__in=RUNNING)

    def written_after(self, batch: Batch) -> BatchQuerySet:
        """Later lists of the same insurer that changed anything and still stand."""
        return self.filter(
            insurer=batch.insurer_id, status__in=(Status.APPLYING, Status.DONE), applied_at__isnull=False
        ).exclude(pk=batch.pk)

    def written_later(self, batch: Batch) -> BatchQuerySet:
        """Full lists of the same insurer and of a later date that still stand."""
        return self.written_after(batch).filter(mode=Mode.FULL, list_date__gt=batch.list_date)

    def for_reading(self) -> BatchQuerySet:
        """With what a page says of them."""
        return self.select_related("insurer", "uploaded_by", "applied_by", "undone_by")

"""Tables of the staff that come in and go out: an import before it is confirmed, and every export."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staff.employees.models.orders import Order
from staff.employees.statuses import ImportState

# Plain texts: migrations keep them without knowing this room's code.
_PREVIEW, _STATES = ImportState.PREVIEW.value, [state.value for state in ImportState]


def _person(*, null: bool) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, related_name="+")


class StaffImport(models.Model):
    """A table of people to be appointed, as it was read; confirmed, it is one order for each person (A3).

    `rows` are kept until it is decided: afterwards the orders say the same.
    """

    state = models.CharField(max_length=10, default=_PREVIEW)
    file_name = models.CharField(_("file"), max_length=100)
    rows = models.JSONField(default=list)
    """`{"number", "values", "faults": [[column, sentence]]}` of each row, in the order of the file."""
    left_out = models.JSONField(default=list)
    """Headings of columns that are not read."""
    effective_at = models.DateTimeField(null=True)
    """Null: at once."""
    signed_on = models.DateField()
    note = models.TextField(blank=True)
    uploaded_by = _person(null=False)
    uploaded_at = models.DateTimeField()
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    orders = models.ManyToManyField(Order, related_name="imports")

    class Meta:
        verbose_name = _("import of employees")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=_STATES), name="staff_import_state_known"),
            models.CheckConstraint(
                condition=Q(state=_PREVIEW, decided_by=None, decided_at=None)
                | ~Q(state=_PREVIEW) & Q(decided_at__isnull=False, decided_by__isnull=False, rows=[]),
                name="staff_import_decided_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"


class StaffExport(models.Model):
    """One table of the staff that somebody took out: who, when, what for, which part of it (E4).

    Nobody changes or deletes what was written down: a trigger sees to it.
    """

    by = _person(null=False)
    at = models.DateTimeField()
    purpose = models.CharField(max_length=300)
    filters = models.JSONField(default=dict)
    private = models.BooleanField(default=False)
    """With private phones."""
    people = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the file that was given out."""

    class Meta:
        verbose_name = _("export of employees")
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="staff_export_has_a_purpose")]
        triggers = [pgtrigger.Protect(name="exports_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}"

"""What the room adds to people's records and lists: their signatures, and the mark of who has not signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext as _

from fregat.lib import rights
from fregat.lib.expressions import count_of
from staff.documents.models import DocumentVersion, Signature
from staff.documents.querysets import AnyOf
from staff.employees.models import Employee
from staff.employees.registry import Mark

SHOWN = 20
"""Signatures that stand on a record, the newest first."""


def signatures_card(viewer: Employee, employee: Employee, now: datetime) -> dict[str, Any] | None:
    """For the person themselves, the head and the director. Two statements."""
    if viewer.pk != employee.pk and not rights.lets(viewer, "document.signatures"):
        return None
    missing = (
        DocumentVersion.objects.unsigned_by(employee)
        if employee.is_active
        else DocumentVersion.objects.none()
    )
    signed = Signature.objects.filter(employee=employee).select_related("version").defer("version__body")
    return {
        "missing": list(missing.defer("body").order_by("in_force_at", "document", "number")),
        "signed": list(signed.order_by("-at")[:SHOWN]),
    }


def unsigned_marks(people: Iterable[Employee], now: datetime) -> dict[int, Mark]:
    """Who of these people has not signed something in force, and how much. One statement."""
    here = (
        DocumentVersion.objects.in_force()
        .filter(
            Q(AnyOf(OuterRef("role"), F("roles")))
            | Q(AnyOf(OuterRef("pk"), F("people")))
            | Q(AnyOf(OuterRef("department"), F("departments")))
        )
        .exclude(signatures__employee=OuterRef("pk"))
    )
    listed: Any = Employee.objects.filter(pk__in=[person.pk for person in people], is_active=True)
    lacking = listed.annotate(unsigned=count_of(here)).filter(unsigned__gt=0).values_list("pk", "unsigned")
    return {
        pk: Mark(_("not signed: %(count)s") % {"count": count}, "warn", "file-pen-line")
        for pk, count in lacking
    }

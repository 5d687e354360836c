"""The room's only writers: grants of people to projects follow the staff's assignments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _

from cases.insurance.models import Insurer, InsurerUserObjectPermission
from cases.insurance.querysets import PERMISSION
from fregat.lib.errors import Invalid

if TYPE_CHECKING:
    from staff.employees.models import Employee


def follow_projects(employee: Employee) -> None:
    """Make the employee's grants the same as their assignments; called inside the staff's transaction.

    Raises Invalid when a project is assigned that is no insurer's.
    """
    wanted = set(employee.assignments.values_list("project", flat=True))
    insurers = dict(Insurer.objects.filter(code__in=wanted).values_list("code", "pk"))
    if wanted - set(insurers):
        raise Invalid.field("project", _("There is no project with this code."))
    permission = Permission.objects.get(content_type__app_label="insurance", codename=PERMISSION)
    grants = InsurerUserObjectPermission.objects.filter(user=employee, permission=permission)
    grants.exclude(content_object__in=insurers.values()).delete()
    rows = [
        InsurerUserObjectPermission(user=employee, permission=permission, content_object_id=insurer)
        for insurer in insurers.values()
    ]
    InsurerUserObjectPermission.objects.bulk_create(rows, ignore_conflicts=True)


def project_names(codes: Iterable[str]) -> dict[str, str]:
    """The insurers' names, for the staff's pages."""
    return {insurer.code: insurer.name for insurer in Insurer.objects.filter(code__in=list(codes))}


def projects() -> dict[str, str]:
    """Every insurer as a project of the staff: code → name, in the order of a list."""
    return {insurer.code: insurer.name for insurer in Insurer.objects.all()}

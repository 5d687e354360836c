"""Grants of people to projects follow the staff's assignments; policies that are made in the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _

from cases.insurance import registry
from cases.insurance.models import (
    InsuredPerson,
    Insurer,
    InsurerUserObjectPermission,
    Policy,
    PolicyPerson,
    Programme,
    Territory,
)
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


def issue_policy(
    *, number: str, programme: Programme, valid_from: date, valid_to: date, territory: Territory, currency: str,
    insured_sum: Decimal, persons: Sequence[InsuredPerson],
) -> Policy:  # fmt: skip
    """A policy of these persons, the new ones among them saved; called inside the transaction of who makes it."""
    for person in persons:
        if person.pk is None:
            person.save()
    policy: Policy = Policy.objects.create(
        number=number, insurer_id=programme.insurer_id, programme=programme, valid_from=valid_from,
        valid_to=valid_to, territory=territory, currency_id=currency, insured_sum=insured_sum,
    )  # fmt: skip
    PolicyPerson.objects.bulk_create(PolicyPerson(policy=policy, person=person) for person in persons)
    return policy


def hold_policy(policy: Policy) -> None:
    """Lock what relies on the policy and then the policy, against whatever is opened or promised under it meanwhile."""
    registry.hold(policy)
    Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)


def end_policy(*, by: Employee, policy: Policy, on: date, now: datetime) -> None:
    """From this day the policy covers nothing, and whoever answers for open work under it is told.

    Called inside the transaction of who ends it, after `hold_policy`.
    """
    policy.ended_on = on
    policy.save(update_fields=["ended_on"])
    registry.ended(policy, by, on, now)

"""An insured person read through broken glass: found by the number of a policy and the date of birth (E1)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from cases.insurance.labels import money
from cases.insurance.models import InsuredPerson, NumberKey, Policy, PolicyPerson
from cases.insurance.selectors import links
from cases.privacy.registry import Breakable, File, Target
from fregat.lib import clock
from staff.employees.models import Employee


def find(user: Employee, number: str, birth_date: date | None, now: datetime) -> Target | None:
    """The one person of this policy who was born on this day; without a day, the only person of the policy."""
    named = PolicyPerson.objects.select_related("person", "policy__insurer").filter(
        policy__number_key=NumberKey(Value(number))
    )
    if birth_date is not None:
        named = named.filter(person__birth_date=birth_date)
    rows = list(named[:2])
    if len({row.person_id for row in rows}) != 1:
        return None
    person, policy = rows[0].person, rows[0].policy
    seen = InsuredPerson.objects.visible_to(user, now).filter(pk=person.pk).exists()
    return Target(person.uuid, policy.number, policy.insurer.code, seen)


def file(uuid: UUID, now: datetime) -> File | None:
    """The person's card with all their policies."""
    person = InsuredPerson.objects.filter(uuid=uuid).first()
    if person is None:
        return None
    shown = [link.as_insured() for link in links(Policy.objects.all()).filter(person=person)]
    policies = [(policy, money(policy.total)) for policy in shown]
    return File(
        "insurance/_file.html", {"person": person, "policies": policies, "today": clock.local(now).date()}
    )


KIND = Breakable(kind="person", label=_("insured person"), find=find, file=file, asks_birth_date=True)

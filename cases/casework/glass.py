"""A case read through broken glass: found by its whole number, drawn without a button (E1)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cases.casework.models import Case
from cases.casework.rules import NUMBER
from cases.casework.views import page
from cases.privacy.registry import Breakable, File, Target
from staff.employees.models import Employee


def find(user: Employee, number: str, _birth_date: date | None, now: datetime) -> Target | None:
    """The case of this number, whoever may see it."""
    if not NUMBER.fullmatch(number):
        return None
    case = Case.objects.select_related("insurer").filter(number=number).first()
    if case is None:
        return None
    seen = Case.objects.visible_to(user, now).filter(pk=case.pk).exists()
    return Target(case.uuid, case.number, case.insurer.code if case.insurer else "", seen)


def file(uuid: UUID, now: datetime) -> File | None:
    """The case as it stands, its medical part among the rest."""
    case = Case.objects.for_reading().filter(uuid=uuid).first()
    if case is None:
        return None
    persons = (case.person.uuid,) if case.person else ()
    return File("casework/_file.html", page.for_reading(case, now), persons, part="medical")


KIND = Breakable(kind="case", label=_("case"), find=find, file=file)

"""Who has signed and who has not: for the head and the director, and for the sheet on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from staff.documents.models import Addressed, DocumentVersion, Signature
from staff.documents.querysets import concerned_by
from staff.employees.models import Employee


@dataclass(frozen=True)
class Filters:
    """Which of the people are listed: `state` is `missing`, `signed` or empty; the others are codes."""

    state: str = ""
    role: str = ""
    team: str = ""
    """Sign-in name of a senior manager."""


@dataclass(frozen=True)
class Row:
    """One person: their signature, or none yet; `concerned` is false of who signed and whom it concerns no more."""

    employee: Employee
    signature: Signature | None
    concerned: bool

    @property
    def missing(self) -> bool:
        """Must they still sign?"""
        return self.concerned and self.signature is None


@dataclass(frozen=True)
class Tally:
    """The people of a version, those who have not signed first, each part by name; the numbers are of all of them."""

    rows: list[Row]
    signed: int
    missing: int


def signatures_of(version: DocumentVersion, filters: Filters, now: datetime) -> Tally:
    """Everybody whom the version concerns, and everybody who has signed it. Two queries, three with a team."""
    signed = {row.employee_id: row for row in version.signatures.select_related("employee")}
    people = {person.pk: person for person in concerned_by(version)}
    everybody = people | {pk: row.employee for pk, row in signed.items()}
    rows = [Row(person, signed.get(pk), pk in people) for pk, person in everybody.items()]
    missing = sum(row.missing for row in rows)
    team = _team(filters.team, now)
    kept = [row for row in rows if _fits(row, filters, team)]
    kept.sort(
        key=lambda row: (not row.missing, row.employee.name_key, row.employee.first_name, row.employee.pk)
    )
    return Tally(kept, len(signed), missing)


def _team(username: str, now: datetime) -> set[int] | None:
    if not username:
        return None
    senior = Employee.objects.filter(username=username).first()
    return set(Employee.objects.team_of(senior, now).values_list("pk", flat=True)) if senior else set()


def _fits(row: Row, filters: Filters, team: set[int] | None) -> bool:
    if filters.state and filters.state != ("missing" if row.missing else "signed" if row.signature else ""):
        return False
    if filters.role and row.employee.role != filters.role:
        return False
    return team is None or row.employee.pk in team


def named_in(text: Addressed) -> list[Employee]:
    """Those whom a text names, by name. One query, none when it names nobody."""
    if not text.people:
        return []
    return list(Employee.objects.filter(pk__in=text.people).order_by("name_key", "first_name", "id"))


def people_to_choose(among: set[int] | None = None, text: Addressed | None = None) -> QuerySet[Employee]:
    """Employed people who can be named as those concerned, by name; `among` limits them to a team. One query.

    Whoever the `text` names already is among them, dismissed or not.
    """
    rows = Employee.objects.filter(
        Q(is_active=True, dismissed_at=None) | Q(pk__in=text.people if text else [])
    )
    if among is not None:
        rows = rows.filter(pk__in=among)
    return rows.order_by("name_key", "first_name", "id")

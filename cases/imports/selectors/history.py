"""What lists have changed of a person and their policies, read back from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.imports.labels import FIELD_LABELS
from cases.imports.models import Batch, Entry
from cases.imports.statuses import Status
from cases.insurance.models import InsuredPerson, PolicyPerson, Programme, Territory
from cases.insurance.registry import Panel
from cases.insurance.selectors import links_of

if TYPE_CHECKING:
    from staff.employees.models import Employee

SHOWN = 20
_NAMED = {"programme_id": Programme, "territory_id": Territory}
_DAYS = frozenset({"birth_date", "valid_from", "valid_to", "ended_on"})


@dataclass(frozen=True)
class Change:
    """One value that a list has changed."""

    at: datetime
    batch: Batch
    policy: str
    """Its number; empty when it is the person who was changed."""
    field: str
    before: str
    after: str


def changes(person: InsuredPerson, insured_by: Iterable[PolicyPerson]) -> list[Change]:
    """The latest changes of the person, of these policies and of who is insured by them, the newest first.

    One statement, two more for names.

    What a value became is what the list has written, in old entries what the next later list found there, or what it
    is now. Lists that were taken back have changed nothing.
    """
    links = {link.policy_id: link for link in insured_by}
    rows = (
        Entry.objects.filter(
            Q(policy_id__in=list(links), policy_before__isnull=False)
            | Q(person_id=person.pk, person_before__isnull=False)
            | Q(person_id=person.pk, policy_id__in=list(links), link_before__isnull=False)
        )
        .exclude(batch__status__in=(Status.UNDONE, Status.FAILED))
        .select_related("batch__insurer")
        .order_by("-id")[:SHOWN]
    )
    now: dict[tuple[str, int], dict[str, Any]] = {("person", person.pk): vars(person)}
    now |= {("policy", pk): vars(link.policy) for pk, link in links.items()}
    now |= {("link", pk): vars(link) for pk, link in links.items()}
    numbers = {pk: link.policy.number for pk, link in links.items()}
    return _with_names([change for row in rows for change in _changes(row, now, numbers)])


def _changes(row: Entry, now: dict[tuple[str, int], dict[str, Any]], numbers: dict[int, str]) -> list[Change]:
    kinds = {"policy": row.policy_before, "link": row.link_before, "person": row.person_before}
    kind, kept = next((kind, kept) for kind, kept in kinds.items() if kept is not None)
    before = {name: value for name, value in kept.items() if name != "written"}
    key = (kind, (row.person_id or 0) if kind == "person" else row.policy_id)
    after = {**now[key], **kept.get("written", {})}
    number = "" if kind == "person" else numbers[row.policy_id]
    at = row.batch.applied_at or row.batch.uploaded_at
    found = [
        Change(at, row.batch, number, name, was, became)
        for name in before
        if (was := _plain(name, before[name])) != (became := _plain(name, after.get(name)))
    ]
    now[key] = {**after, **before}
    return found


def _plain(name: str, value: Any) -> str:
    """As people write it; days of the journal are texts already, and a name may look like one."""
    if value is None or value == "":
        return ""
    if name in _DAYS and isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return f"{value:.2f}" if hasattr(value, "as_tuple") or isinstance(value, float) else str(value)


def _with_names(found: list[Change]) -> list[Change]:
    """Programmes and territories by their names, fields by their words."""
    names: dict[str, dict[str, str]] = {}
    for name, model in _NAMED.items():
        keys = {value for one in found if one.field == name for value in (one.before, one.after) if value}
        if keys:
            names[name] = {str(row.pk): str(row) for row in model._default_manager.filter(pk__in=keys)}
    return [
        Change(
            one.at,
            one.batch,
            one.policy,
            str(FIELD_LABELS[one.field.removesuffix("_id")]),
            names.get(one.field, {}).get(one.before, one.before),
            names.get(one.field, {}).get(one.after, one.after),
        )
        for one in found
    ]


def panel(person: InsuredPerson, user: Employee, now: datetime) -> Panel | None:
    """A part of the person's card, whose policies in reach are read already; none when nothing has changed."""
    found = changes(person, links_of(person))
    return Panel("imports/_changes.html", {"changes": found}) if found else None

"""Lists of cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from cases.casework import rules
from cases.casework.models import Case, CaseService, Escalation, Responsibility
from cases.casework.querysets import CaseQuerySet
from fregat.lib import clock
from staff.employees.models import Employee

FILTERS: dict[str, str] = {
    "status": "status",
    "responsible": "responsible__username",
    "insurer": "insurer",
    "country": "country",
    "number": "number",
}
"""Filters of the list that compare a column; `due_before` is another kind."""


def queue(
    user: Employee, filters: Mapping[str, Any] | None = None, now: datetime | None = None
) -> CaseQuerySet:
    """Cases that the user sees, by filters: status, responsible (username), insurer (id), country, number, due_before.

    Empty values do not filter. One statement and the scope's; the caller orders and pages.
    """
    rows: CaseQuerySet = Case.objects.seen_by(user, now or clock.now()).for_reading()
    filters = filters or {}
    for name, lookup in FILTERS.items():
        value = filters.get(name)
        if value not in (None, "", []):
            rows = rows.filter(**{f"{lookup}__in" if isinstance(value, list | tuple) else lookup: value})
    due_before = filters.get("due_before")
    return rows.due_before(due_before) if due_before else rows


def duplicates(case: Case, *, user: Employee | None = None, now: datetime | None = None) -> list[Case]:
    """Cases that may be the same event: the same person, dictated name or phone in the last two weeks.

    With `user`, within what they may see; without, within the case's insurer. One statement, at most ten rows.
    """
    since = case.opened_at - timedelta(days=rules.DUPLICATE_DAYS)
    rows = Case.objects.all() if user is None else Case.objects.visible_to(user, now or clock.now())
    if user is None:
        rows = rows.filter(insurer=case.insurer_id)
    return list(rows.like(case, since).for_reading().order_by("-id")[:10])


def cases_of_person(user: Employee, person_id: int, now: datetime) -> list[Case]:
    """The latest cases of an insured person that the user may see; at most ten."""
    rows = Case.objects.visible_to(user, now).filter(person=person_id)
    return list(rows.for_reading().order_by("-id")[:10])


def grounds(
    user: Employee, cases: Iterable[Case], now: datetime, *, otherwise: str = "routed"
) -> dict[UUID, str]:
    """On what ground the user sees each of these cases, for the access log; one statement and the scope's.

    `otherwise`: of those that they see by nothing but the list itself, or saw a moment ago. None is left out.
    """
    uuids = list(dict.fromkeys(case.uuid for case in cases))
    if not uuids:
        return {}
    rows = Case.objects.seen_by(user, now).filter(uuid__in=uuids).only("uuid")
    seen = {row.uuid: row.ground for row in rows}
    return {uuid: seen.get(uuid, otherwise) for uuid in uuids}


def with_rows(cases: list[Case]) -> list[Case]:
    """Read what an answer shows of each case beside its row: services, escalations, since when. Three statements."""
    escalations = Escalation.objects.select_related("addressee", "raised_by", "acknowledged_by").order_by(
        "id"
    )
    now_open = Responsibility.objects.filter(until=None)
    prefetch_related_objects(
        cases,
        Prefetch("services", CaseService.objects.select_related("kind").order_by("id")),
        Prefetch("escalations", escalations),
        Prefetch("responsibilities", now_open, to_attr="open_responsibilities"),
    )
    return cases


def with_these_rows(
    case: Case,
    *,
    services: Sequence[CaseService],
    escalations: Sequence[Escalation],
    responsibility: Responsibility,
) -> Case:
    """The same of a case whose rows have just been written: `with_rows` reads none of them again."""
    known = vars(case).setdefault("_prefetched_objects_cache", {})
    for name, rows in (("services", services), ("escalations", escalations)):
        known[name] = getattr(case, name).all()
        known[name]._result_cache = list(rows)
    vars(case)["open_responsibilities"] = [responsibility]
    return case


def addresses_of(user: Employee, numbers: Collection[str], now: datetime) -> dict[str, str]:
    """Number → page of the case, of those of these numbers that the user may see; one statement and the scope's."""
    rows = Case.objects.visible_to(user, now).filter(number__in=numbers)
    return {
        number: reverse("casework:case", args=[number]) for number in rows.values_list("number", flat=True)
    }

"""Lists of cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.urls import reverse

from cases.casework import rules
from cases.casework.models import Case, CaseService, Escalation, Responsibility
from cases.casework.querysets import CaseQuerySet
from cases.casework.statuses import Status
from cases.insurance.selectors import catalogue
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


_COUNTED = "SELECT one.status, (SELECT count(*) FROM ({}) AS counted) FROM unnest(%s) AS one (status)"
MOST_COUNTED = 1_000
"""So many cases of a status are counted: of millions that are closed the list says that they are more."""


def queue(
    user: Employee, filters: Mapping[str, Any] | None = None, now: datetime | None = None
) -> CaseQuerySet:
    """Cases that the user sees, by filters: status, responsible (username), insurer (id), country, number, due_before.

    Empty values do not filter. One statement and the scope's; the caller orders and pages.
    """
    return _filtered(Case.objects.seen_by(user, now or clock.now()), filters).for_reading()


def lines(user: Employee, filters: Mapping[str, Any], now: datetime) -> CaseQuerySet:
    """The same with what a line shows, its insurer and country to be named by `named`."""
    return _filtered(Case.objects.seen_by(user, now), filters).for_list()


def named(cases: list[Case]) -> list[Case]:
    """Give lines their countries and insurers, from the memory of the process."""
    countries, insurers = catalogue.countries(), catalogue.insurers()
    for case in cases:
        case.country = countries[case.country_id] if case.country_id else None
        case.insurer = insurers[case.insurer_id] if case.insurer_id else None
    return cases


def counts(user: Employee, filters: Mapping[str, Any], now: datetime) -> dict[str, int]:
    """How many of the cases that the user sees are in each status, `MOST_COUNTED` at most. One statement."""
    rows = _filtered(Case.objects.visible_to(user, now), filters).filter(status=RawSQL("one.status", ()))
    try:
        sql, params = rows.order_by().values("pk")[:MOST_COUNTED].query.sql_with_params()
    except EmptyResultSet:  # nothing can be seen
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(sql), [*params, [str(code) for code in Status]])
        return dict(cursor.fetchall())


def _filtered(rows: CaseQuerySet, filters: Mapping[str, Any] | None) -> CaseQuerySet:
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
    return list(rows.like(case, since).only("uuid", "number", "status", "opened_at").order_by("-id")[:10])


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
    services = CaseService.objects.select_related("kind").order_by("id")
    now_open = Responsibility.objects.filter(until=None)
    prefetch_related_objects(
        cases,
        Prefetch("services", services, to_attr="shown_services"),
        Prefetch("escalations", escalations, to_attr="shown_escalations"),
        Prefetch("responsibilities", now_open, to_attr="open_responsibilities"),
    )
    return cases


def with_these_rows(
    case: Case,
    *,
    services: Sequence[CaseService],
    escalations: Sequence[Escalation],
    responsibilities: Sequence[Responsibility],
    alike: Sequence[Case],
) -> Case:
    """The same of a case whose rows have just been written: neither `with_rows` nor `alike` reads them again."""
    vars(case).update(
        shown_services=services,
        shown_escalations=escalations,
        open_responsibilities=responsibilities,
        alike=alike,
    )
    return case


def alike(case: Case, *, user: Employee, now: datetime) -> Sequence[Case]:
    """Cases that may be the same event, as they were found when it was registered, or as they are now."""
    found: Sequence[Case] | None = vars(case).get("alike")
    return duplicates(case, user=user, now=now) if found is None else found


def addresses_of(user: Employee, numbers: Collection[str], now: datetime) -> dict[str, str]:
    """Number → page of the case, of those of these numbers that the user may see; one statement and the scope's."""
    rows = Case.objects.visible_to(user, now).filter(number__in=numbers)
    return {
        number: reverse("casework:case", args=[number]) for number in rows.values_list("number", flat=True)
    }

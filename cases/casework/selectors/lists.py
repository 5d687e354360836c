"""Lists of cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, Min, OuterRef, Prefetch, QuerySet, Value, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.urls import reverse

from cases.casework import rules
from cases.casework.models import Case, CaseService, Escalation, Responsibility, Task
from cases.casework.querysets import CaseQuerySet, Seat, seat_of
from cases.casework.statuses import Status
from cases.insurance.selectors import catalogue
from fregat.lib import clock
from fregat.lib.frozen import NOW, checked, forget_with, frozen, key
from fregat.lib.prepared import Statement
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
MOST_COUNTED = 500
"""So many cases of a status are counted: of millions that are closed the list says that they are more."""


def queue(
    user: Employee, filters: Mapping[str, Any] | None = None, now: datetime | None = None
) -> CaseQuerySet:
    """Cases that the user sees, by filters: status, responsible (username), insurer (id), country, number, due_before.

    Empty values do not filter. One statement and the scope's; the caller orders and pages.
    """
    return _filtered(Case.objects.seen_by(user, now or clock.now()), filters).for_reading()


def lines(
    user: Employee, filters: Mapping[str, Any], now: datetime, *, tells: bool, after: int | None, most: int
) -> list[Case]:
    """The same with what a line shows: its insurer and country from memory, when it is next due (`due_at`) and, with
    `tells`, whether something waits (`told`). The latest first, older than the case `after`, at most `most`."""
    seat = seat_of(user, now)
    if seat and not filters and after is None:
        return _named(_latest(user.pk, now, seat=seat, tells=tells, most=most))
    rows = _filtered(Case.objects.seen_by(user, now), filters)
    rows = rows if after is None else rows.filter(pk__lt=after)
    return _named(list(_as_lines(rows, tells=tells)[:most]))


@frozen
def _latest(user: int, now: datetime, *, seat: Seat, tells: bool, most: int) -> QuerySet[Case]:
    return _as_lines(Case.objects.seen_from(seat, user, now), tells=tells)[:most]


def _as_lines(rows: CaseQuerySet, *, tells: bool) -> CaseQuerySet:
    waiting = Escalation.objects.filter(case=OuterRef("pk"), acknowledged_at=None)
    tasks = Task.objects.filter(case=OuterRef("pk"), done_at=None).order_by()
    due = tasks.values("case").annotate(first=Min("due_at")).values("first")
    found: CaseQuerySet = rows.for_list().annotate(
        told=Exists(waiting) if tells else Value(False), due_at=due
    )
    return found.order_by("-pk")


def _named(cases: list[Case]) -> list[Case]:
    """With countries and insurers from the memory of the process; one that came a moment ago is read by itself."""
    countries, insurers = catalogue.countries(), catalogue.insurers()
    for case in cases:
        if case.country_id in countries:
            case.country = countries[case.country_id]
        if case.insurer_id in insurers:
            case.insurer = insurers[case.insurer_id]
    return cases


def counts(user: Employee, filters: Mapping[str, Any], now: datetime) -> dict[str, int]:
    """How many of the cases that the user sees are in each status, `MOST_COUNTED` at most. One statement."""
    seat = seat_of(user, now)
    values: tuple[Any, ...] = ()
    try:
        if seat and not filters:
            statement, values = _counted(seat), (user.pk, now)
        else:
            statement = _counting(_filtered(Case.objects.visible_to(user, now), filters))
    except EmptyResultSet:  # nothing can be seen
        return {}
    with connection.cursor() as cursor, statement.asked(*values) as (sql, params):
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


@cache
def _counted(seat: Seat) -> Statement:
    return _counting(Case.objects.visible_from(seat, key(), NOW), key(), NOW)


def _counting(rows: CaseQuerySet, *arguments: Any) -> Statement:
    limited = rows.filter(status=RawSQL("one.status", ())).order_by().values("pk")[:MOST_COUNTED]
    sql, params = limited.query.sql_with_params()
    codes = [str(code) for code in Status]
    own = checked(params) if arguments else params
    return Statement(rows.db, _COUNTED.format(sql), [*own, codes], arguments)


forget_with(_counted.cache_clear)


def _filtered(rows: CaseQuerySet, filters: Mapping[str, Any] | None) -> CaseQuerySet:
    filters = filters or {}
    for name, lookup in FILTERS.items():
        value = filters.get(name)
        if value not in (None, "", []):
            rows = rows.filter(**{f"{lookup}__in" if isinstance(value, list | tuple) else lookup: value})
    due_before = filters.get("due_before")
    return rows.due_before(due_before) if due_before else rows


_SPAN = timedelta(days=rules.DUPLICATE_DAYS)


def duplicates(case: Case, *, user: Employee | None = None, now: datetime | None = None) -> list[Case]:
    """Cases that may be the same event: the same person, dictated name or phone in the last two weeks.

    With `user`, within what they may see; without, within the case's insurer. One statement, at most ten rows.
    """
    if user is None:
        return list(_brief(Case.objects.filter(insurer=case.insurer_id), case, case.opened_at))
    now = now or clock.now()
    seat = seat_of(user, now)
    if seat is None or now != case.opened_at:
        return list(_brief(Case.objects.visible_to(user, now), case, case.opened_at))
    said = (case.pk, case.person_id or 0, case.person_name, case.caller_phone)
    return _alike(user.pk, *said, now, seat=seat, known=tuple(bool(one) for one in said[1:]))


@frozen
def _alike(
    user: int,
    pk: int,
    person: int,
    name: str,
    phone: str,
    now: datetime,
    *,
    seat: Seat,
    known: tuple[bool, ...],
) -> QuerySet[Case]:
    """Of a case that is being registered; `known`: what of person, name and phone."""
    said = Case(pk=pk, person_id=person if known[0] else None)
    said.person_name, said.caller_phone = name if known[1] else "", phone if known[2] else ""
    return _brief(Case.objects.visible_from(seat, user, now), said, now)


def _brief(rows: CaseQuerySet, case: Case, now: datetime) -> QuerySet[Case]:
    """Of these the ten latest that are like it."""
    ways = [
        found.only("uuid", "number", "status", "opened_at").order_by("-opened_at")[:10]
        for found in rows.like(case, now - _SPAN)
    ]
    if not ways:
        return rows.none()
    first, *others = ways
    return first.union(*others).order_by("-opened_at")[:10] if others else first


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

"""A draft becomes binding; what is changed afterwards is confirmed by those whom it concerns (B3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse

from fregat.lib import clock, live, notices
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from shifts.roster import labels, permissions, registry, rules
from shifts.roster.actions import parts
from shifts.roster.models import RosterRule, Shift
from shifts.roster.querysets import ShiftQuerySet
from staff.employees.models import Employee

SAID = 5
"""So many rules that are not kept are named in a refusal; the grid shows all of them."""


@dataclass(frozen=True)
class Faulty:
    """A rule that a draft breaks."""

    shift: Shift
    fault: rules.Broken


@action
def publish(
    *,
    by: Employee,
    month: date,
    people: Collection[int] | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> int:
    """Make the drafts of a month binding: those of the people (all, when None) whom `by` plans. Returns how many.

    Whoever had a published shift in this month already is asked to confirm. Raises NotAllowed; Conflict when there
    is nothing to publish; Invalid when rules of working time are broken and there is no `reason`, which stays with
    the shifts that break them. A stated number of statements, however many shifts.
    """
    permissions.check_plans_at_all(by)
    now = now or clock.now()
    drafts = _drafts(by, month, people, now)
    parts.lock_people(*drafts.order_by().values_list("employee", flat=True).distinct())
    rows = list(drafts.filter(ends_at__gt=now).select_for_update(of=("self",)).select_related("employee"))
    if not rows:
        raise Conflict(labels.FAULTS["nothing_to_publish"], code="nothing_to_publish")
    faulty = _faulty(rows, month)
    if faulty and not reason.strip():
        raise Invalid({"reason": [*_sentences(faulty), labels.FAULTS["write_why"]]})
    known = _have_published(rows, month)
    mine = Shift.objects.filter(pk__in=[row.pk for row in rows])
    mine.update(published_at=now, version=F("version") + 1)
    mine.filter(employee__in=known).exclude(employee=by).update(confirm_asked_at=now)
    _keep_the_reason(faulty, reason)
    registry.shifts_published(rows, by, now)
    _tell(rows, month, by, now)
    return len(rows)


@action
def confirm_changes(*, by: Employee, until: datetime, now: datetime | None = None) -> int:
    """`by` has seen the changes of their own shifts that were made up to `until`. Returns how many there were."""
    parts.lock_people(by.pk)
    now = now or clock.now()
    rows = Shift.objects.unconfirmed(now).filter(employee=by, confirm_asked_at__lte=until)
    count = rows.update(confirmed_at=now)
    if count:
        live.publish("board", "shift")
    return count


def _drafts(by: Employee, month: date, people: Collection[int] | None, now: datetime) -> ShiftQuerySet:
    since, until = (
        rules.day_span(month, clock.KYIV.key)[0],
        rules.day_span(rules.next_month(month), clock.KYIV.key)[0],
    )
    rows = Shift.objects.drafts().plannable_by(by, now).filter(starts_at__gte=since, starts_at__lt=until)
    return (rows if people is None else rows.filter(employee__in=people)).order_by("employee", "starts_at")


def _faulty(rows: Iterable[Shift], month: date) -> list[Faulty]:
    """What the drafts break that is kept without them. Two statements."""
    by_person: dict[int, list[Shift]] = {}
    for row in rows:
        by_person.setdefault(row.employee_id, []).append(row)
    last = rules.next_month(month)
    since, until = rules.surroundings(*rules.day_span(month, clock.KYIV.key))
    timeline = RosterRule.objects.terms_until(last)
    others: dict[int, list[rules.Span]] = {}
    bound = Shift.objects.overlapping(since, until).filter(employee__in=by_person)
    for pk, starts_at, ends_at, kind in bound.values_list("employee", "starts_at", "ends_at", "kind"):
        others.setdefault(pk, []).append(rules.Span(starts_at, ends_at, kind))
    found: list[Faulty] = []
    for pk, drafts in by_person.items():
        before = sorted(others.get(pk, []), key=lambda span: span.starts_at)
        spans = [rules.Span(row.starts_at, row.ends_at, row.kind) for row in drafts]
        after = sorted([*before, *spans], key=lambda span: span.starts_at)
        faults = rules.worse(rules.broken_through(before, timeline), rules.broken_through(after, timeline))
        found += [Faulty(_blamed(fault, drafts), fault) for fault in faults]
    return found


def _blamed(fault: rules.Broken, drafts: list[Shift]) -> Shift:
    """The last draft up to the shift at which a rule is broken."""
    before = [row for row in drafts if row.starts_at <= fault.at.starts_at]
    return before[-1] if before else drafts[0]


def _sentences(faulty: list[Faulty]) -> list[str]:
    said = [labels.broken_of(one.shift.employee.full_name, one.fault) for one in faulty[:SAID]]
    left = len(faulty) - SAID
    return [*said, labels.and_more(left)] if left > 0 else said


def _keep_the_reason(faulty: list[Faulty], reason: str) -> None:
    """The reason with each shift that breaks a rule; one statement for each set of rules."""
    kinds: dict[int, set[str]] = {}
    for one in faulty:
        kinds.setdefault(one.shift.pk, set()).add(one.fault.kind)
    groups: dict[tuple[str, ...], list[int]] = {}
    for pk, broken in kinds.items():
        groups.setdefault(tuple(sorted(broken)), []).append(pk)
    for broken_kinds, ids in groups.items():
        Shift.objects.filter(pk__in=ids).update(overridden=list(broken_kinds), reason=reason)


def _have_published(rows: Iterable[Shift], month: date) -> list[int]:
    """Who of these people had the month published before."""
    since, until = (
        rules.day_span(month, clock.KYIV.key)[0],
        rules.day_span(rules.next_month(month), clock.KYIV.key)[0],
    )
    standing = Shift.objects.filter(published_at__isnull=False, starts_at__gte=since, starts_at__lt=until)
    return list(
        standing.filter(employee__in={row.employee_id for row in rows})
        .values_list("employee", flat=True)
        .distinct()
    )


def _tell(rows: list[Shift], month: date, by: Employee, now: datetime) -> None:
    people: Mapping[int, Employee] = {row.employee_id: row.employee for row in rows}
    url = f"{reverse('roster:roster')}?month={month:%Y-%m}"
    others = [person for person in people.values() if person.pk != by.pk]
    notices.tell(others, "roster_published", url=url, values={"month": f"{month:%m.%Y}"}, now=now)
    for pk in people:
        live.publish(f"employee:{pk}", "shift", 0)
        live.publish(f"employee:{pk}", live.RIGHTS)
    live.publish("board", "shift")

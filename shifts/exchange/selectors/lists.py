"""Requests: mine, those I am asked, those I decide about; what is done with them beside a shift and on the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import NotFound
from fregat.lib.rights import may
from shifts.attendance.selectors import window
from shifts.exchange import permissions
from shifts.exchange.models import Exchange
from shifts.exchange.querysets import ExchangeQuerySet
from shifts.exchange.selectors.offers import Pool
from shifts.exchange.statuses import State
from shifts.roster.models import Shift
from shifts.roster.registry import ShiftLink
from staff.employees.models import Employee

SHOWN = 100
"""The most requests a list shows."""
WAITING = "open"
"""The filter for what waits for somebody's word."""


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to: a state (or `open`), a person by username."""

    state: str = ""
    person: str = ""


@dataclass(frozen=True)
class Page:
    """`/exchanges/`."""

    to_answer: list[Exchange]
    to_decide: list[Exchange]
    rows: list[Exchange]
    """Everything that one sees, narrowed by the filters, the latest first."""
    more: bool
    decides: bool


@dataclass(frozen=True)
class OnePage:
    """`/exchanges/12/`."""

    row: Exchange
    against: list[str] = field(default_factory=list)
    """The rules of working time that it breaks as the rosters stand now."""
    obstacle: str = ""
    """Why it cannot be as things stand now."""
    answers: bool = False
    withdraws: bool = False
    decides: bool = False


def get_exchange(user: Employee, pk: int, *, now: datetime) -> Exchange:
    """The gate to one request. Raises NotFound for one that may not be seen."""
    found = whole(Exchange.objects.visible_to(user, now)).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def visible(user: Employee, now: datetime) -> ExchangeQuerySet:
    """Requests that the person may see, with whose they are."""
    return whole(Exchange.objects.visible_to(user, now))


def narrowed(rows: ExchangeQuerySet, filters: Filters) -> ExchangeQuerySet:
    """By state and by person."""
    if filters.state == WAITING:
        rows = rows.open()
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.person:
        rows = rows.filter(giver__username=filters.person) | rows.filter(colleague__username=filters.person)
    return rows


def page(user: Employee, filters: Filters, *, now: datetime) -> Page:
    """What waits for my word, and everything I see. Four statements."""
    to_answer = whole(Exchange.objects.to_answer(user)).order_by("shift__starts_at", "pk")[:SHOWN]
    decides = may(user.role, "exchange.decide")
    rows = narrowed(visible(user, now), filters).order_by("-asked_at", "-pk")[: SHOWN + 1]
    found = list(rows)
    return Page(
        list(to_answer), list(waiting(user, now)[:SHOWN]) if decides else [], found[:SHOWN],
        len(found) > SHOWN, decides,
    )  # fmt: skip


def waiting(user: Employee, now: datetime) -> ExchangeQuerySet:
    """Requests that this person decides about now, the most pressing first."""
    rows = Exchange.objects.decidable_by(user, now).filter(state=State.ACCEPTED)
    return whole(rows).order_by("expires_at", "pk")


def one(user: Employee, pk: int, *, now: datetime) -> OnePage:
    """A request with what speaks against it. At most twelve statements."""
    row = get_exchange(user, pk, now=now)
    if not row.is_open:
        return OnePage(row)
    pool = pool_of(row)
    return OnePage(
        row=row,
        against=pool.against(row.colleague, row.wanted) if row.colleague_id in pool.people else [],
        obstacle=pool.obstacle(row.colleague, row.wanted) or "",
        answers=row.is_asked and row.colleague_id == user.pk,
        withdraws=row.giver_id == user.pk,
        decides=row.is_accepted and permissions.can_decide(user, row, now),
    )


def pool_of(row: Exchange) -> Pool:
    """The two people of a request with their rosters."""
    row.shift.employee = row.giver
    if row.wanted is not None:
        row.wanted.employee = row.colleague
    return Pool(row.shift, [row.wanted] if row.wanted else [], only=row.colleague)


def people_to_choose(user: Employee, now: datetime) -> list[Employee]:
    """By whom the list can be narrowed: those of the requests that one sees, for who decides. One statement."""
    if not may(user.role, "exchange.decide"):
        return []
    seen = Exchange.objects.visible_to(user, now)
    people = Employee.objects.filter(pk__in=seen.values("giver")) | Employee.objects.filter(
        pk__in=seen.values("colleague")
    )
    return list(people.by_name())


def links(user: Employee, shifts: Sequence[Shift], now: datetime) -> Mapping[int, ShiftLink]:
    """Beside one's shifts to come: giving it away, or the request that waits. One statement."""
    if not shifts or not may(user.role, "exchange.ask"):
        return {}
    rows = Exchange.objects.open().of_shifts(*(one.pk for one in shifts))
    waits: dict[int, int] = {}
    for pk, given, wanted in rows.values_list("pk", "shift", "wanted"):
        waits |= {given: pk, **({wanted: pk} if wanted else {})}
    found = {}
    for shift in shifts:
        if shift.pk in waits:
            url = reverse("exchange:exchange", args=[waits[shift.pk]])
            found[shift.pk] = ShiftLink(_("request waits"), url, "arrow-left-right", tone="info")
        elif shift.starts_at > now + window():
            url = reverse("exchange:ask", args=[shift.pk])
            found[shift.pk] = ShiftLink(_("Give away or exchange"), url, "arrow-left-right")
    return found


def whole(rows: ExchangeQuerySet) -> ExchangeQuerySet:
    """With what a page says of a request."""
    return rows.select_related("shift", "wanted", "giver", "colleague", "decided_by")

"""The rule «somebody on duty answers for every open case»: where it is broken now, where and when it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Greatest, Least

from cases.casework.models import Case, Responsibility
from cases.casework.querysets import CaseQuerySet, leads
from cases.handover import rules
from cases.handover.models import Lapse
from cases.handover.querysets import LapseQuerySet
from cases.insurance.models import Insurer
from fregat.lib import rights
from fregat.lib.models import Job
from fregat.lib.rights import Role, Scope
from shifts.attendance import selectors as attendance
from shifts.roster.models import Shift
from staff.employees.models import Employee

PAGE = 50
_WATCH = Job.objects.filter(key="watch:0", attempts=0)
AT_ONCE = 500
"""So many cases one look of the watch answers for."""


def _unattended(now: datetime) -> CaseQuerySet:
    """Open cases whose responsible person is not on duty now; the head counts always (glossary: on duty)."""
    return (
        Case.objects.open()
        .exclude(responsible__in=attendance.on_duty(now).values("pk"))
        .exclude(responsible__in=Employee.objects.heads().values("pk"))
    )


def _over(shifts: QuerySet[Shift], now: datetime) -> QuerySet[Any, Any]:
    """When the last of these begun shifts was over: its end, or its cancelling when that came first."""
    rows = shifts.filter(attendance__isnull=False).annotate(over=Least("ends_at", "cancelled_at"))
    return rows.filter(over__lte=now).order_by("-over").values("over")[:1]


def off_duty_since(now: datetime, *, among: Iterable[int] | None = None) -> dict[int, datetime]:
    """The same cases, by id: since when they have been without anybody on duty. One query.

    That is when the last shift of their person was over, or, when it came later or there was none, when they
    began to answer for the case. As a rule there is no such case; at most `AT_ONCE` are answered with.
    """
    over = _over(Shift.objects.filter(employee=OuterRef("responsible")), now)
    since = Responsibility.objects.filter(case=OuterRef("pk"), until=None).values("since")
    rows = _unattended(now) if among is None else _unattended(now).filter(pk__in=among)
    began = Greatest(Subquery(since), Subquery(over))
    return dict(rows.order_by("id").values_list("pk", began)[:AT_ONCE])


def over_since(person: Employee, now: datetime) -> datetime | None:
    """When the person's last begun shift was over; None when there was none. One query."""
    found: datetime | None = (
        _over(Shift.objects.filter(employee=person), now).values_list("over", flat=True).first()
    )
    return found


@dataclass(frozen=True)
class Watch:
    """The one number, and whether it can be believed."""

    now_without: int
    """Open cases for which nobody on duty answers at this moment."""
    lapses: int
    """Of them, those that have been so for longer than B5 allows, as the watch wrote down."""
    looked_at: datetime | None
    blind: bool
    """The watch has not looked for minutes: nothing it wrote down can be believed."""
    in_banner: bool = False
    """The reader has the alarm above every page: it need not be said twice."""

    @property
    def tone(self) -> str:
        """How loud the number is."""
        if self.lapses or self.blind:
            return "bad"
        return "warn" if self.now_without else "good"


def watch(user: Employee, now: datetime) -> Watch | None:
    """The number as this person sees it: of the centre for who leads, the head and the director; else of the
    cases that they see. None for whoever is shown none. Three queries beside the scope's.
    """
    if not rights.may(user.role, "lapse.view"):
        return None
    rows, told = _unattended(now), is_told(user, now)
    if not (told or Scope.CENTRE in rights.scopes(user.role, "lapse.view")):
        rows = rows.visible_to(user, now)
    last = _looked_at()
    going_on = Lapse.objects.visible_to(user, now).open().count()
    return Watch(rows.count(), going_on, last, rules.is_blind(last, now), in_banner=told)


def _looked_at() -> datetime | None:
    """When the watch last looked: its job is due again a minute after."""
    return _before(_WATCH.values_list("due_at", flat=True).first())


def _before(due: datetime | None) -> datetime | None:
    return due - timedelta(seconds=rules.LOOK_SECONDS) if due else None


def known_and_looked_at() -> tuple[set[int], datetime | None]:
    """Cases of the lapses that go on, and when the watch last looked, itself at work now. One query."""
    none, nobody = Value(None, output_field=DateTimeField()), Value(0, output_field=BigIntegerField())
    known = Lapse.objects.open().values_list("case_id", none)
    rows = list(known.union(_WATCH.values_list(nobody, "due_at"), all=True))
    return {pk for pk, due in rows if pk}, _before(next((due for _pk, due in rows if due), None))


def is_told(user: Employee, now: datetime) -> bool:
    """Is this one of those to whom the alarm is raised: the head, and who leads?"""
    return user.role == Role.HEAD or leads(user, now)


def alarm(user: Employee, now: datetime) -> int:
    """How many lapses go on, for the banner of whom they are told to. One query."""
    return Lapse.objects.open().count() if is_told(user, now) else 0


@dataclass(frozen=True)
class LapseRow:
    """One lapse as a line."""

    lapse: Lapse
    minutes: int
    sees_case: bool
    """The reader may open the case."""


@dataclass(frozen=True)
class LapsePage:
    """Some lines, and whether there are more."""

    rows: list[LapseRow]
    more: bool


def lapses(user: Employee, filters: Mapping[str, Any], now: datetime) -> LapseQuerySet:
    """What the person may see, narrowed to the filters, the latest first."""
    rows = Lapse.objects.visible_to(user, now).select_related("case", "case__insurer", "responsible")
    if filters.get("state") == "open":
        rows = rows.open()
    if filters.get("state") == "over":
        rows = rows.exclude(ended_at=None)
    if filters.get("insurer"):
        rows = rows.filter(case__insurer=filters["insurer"])
    if filters.get("since"):
        rows = rows.exclude(ended_at__lt=_midnight(filters["since"]))
    if filters.get("until"):
        rows = rows.filter(began_at__lt=_midnight(filters["until"] + timedelta(days=1)))
    return rows.order_by("-id")


def _midnight(day: date) -> datetime:
    return attendance.day_in_kyiv(day)[0]


def lapse_page(user: Employee, filters: Mapping[str, Any], *, after: int | None, now: datetime) -> LapsePage:
    """One page of the list, after the line of this id. Two queries beside the scope's."""
    rows = lapses(user, filters, now)
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    return LapsePage(lines(user, found[:PAGE], now), len(found) > PAGE)


def lines(user: Employee, found: list[Lapse], now: datetime) -> list[LapseRow]:
    """The lapses as lines; the cases that the person may open are asked for once."""
    cases = Case.objects.visible_to(user, now).filter(pk__in=[row.case_id for row in found])
    seen = set(cases.values_list("pk", flat=True)) if found else set()
    return [LapseRow(row, _minutes(row, now), row.case_id in seen) for row in found]


def _minutes(row: Lapse, now: datetime) -> int:
    """How long it lasted, a minute begun counted whole."""
    return -(-int(((row.ended_at or now) - row.began_at).total_seconds()) // 60)


def insurers_of(user: Employee) -> QuerySet[Insurer]:
    """The projects that the list may be narrowed to."""
    everybodys = Scope.CENTRE in rights.scopes(user.role, "lapse.view")
    return Insurer.objects.all() if everybodys else Insurer.objects.visible_to(user)

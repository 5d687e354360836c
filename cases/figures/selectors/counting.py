"""Figures by day, against the targets that held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from cases.figures import rules
from cases.figures.labels import FIGURE_LABELS, MEANINGS
from cases.figures.models import Target
from cases.figures.permissions import Reading, reading
from cases.figures.rules import Day, Figure
from cases.figures.selectors.sources import SOURCES
from fregat.lib import clock
from fregat.lib.errors import NotFound, Sentence
from staff.employees.models import Employee


@dataclass(frozen=True)
class Line:
    """One figure of a month, day by day."""

    figure: Figure
    days: Sequence[Day]
    today: date

    @property
    def label(self) -> Sentence:
        """Its name."""
        return FIGURE_LABELS[self.figure.code]

    @property
    def meaning(self) -> Sentence:
        """What exactly is counted."""
        return MEANINGS[self.figure.code]

    @property
    def of_month(self) -> rules.Count:
        """The whole month until now."""
        return rules.total(self.days)

    @property
    def of_today(self) -> rules.Count | None:
        """Today, when it is of this month."""
        return self.days[-1].count if self.days and self.days[-1].day == self.today else None

    @property
    def target(self) -> int | None:
        """The target of the last day that is shown."""
        return self.days[-1].target if self.days else self.figure.target

    @property
    def state(self) -> str:
        """How the month stands to it."""
        return rules.state(self.figure, self.of_month, self.target)

    @property
    def values(self) -> list[float | None]:
        """What a small chart draws: the share of each day, or the number."""
        return [day.count.share if self.figure.is_share else day.count.total for day in self.days]


@dataclass(frozen=True)
class FigurePage:
    """One figure: its month, the targets that were set."""

    line: Line
    targets: Sequence[Target]
    team: Employee | None
    """Whose team it is; None: the centre."""


def overview(user: Employee, month: date, now: datetime, team: str = "") -> list[Line]:
    """Every figure of the month for this reader. A statement for each figure, one for the targets, the team's.

    `team`: as `permissions.reading` takes it.
    """
    whose = reading(user, now, team)
    targets = list(Target.objects.filter(_holding_for(whose)))
    return [
        _line(figure, whose, [row for row in targets if row.figure == figure.code], month, now)
        for figure in rules.FIGURES
        if whose.people is None or not figure.centre
    ]


def figure_page(user: Employee, code: str, month: date, now: datetime, team: str = "") -> FigurePage:
    """One figure of the month. Four statements at most. Raises NotFound for a figure that there is none of."""
    whose = readable(user, code, now, team)
    set_ones = list(Target.objects.filter(_holding_for(whose), figure=code).select_related("set_by", "team"))
    line = _line(rules.BY_CODE[code], whose, set_ones, month, now)
    return FigurePage(line, set_ones, whose.team)


def readable(user: Employee, code: str, now: datetime, team: str = "") -> Reading:
    """Whose work this reader sees in the figure. Raises NotFound when there is no such figure for them."""
    figure, whose = rules.BY_CODE.get(code), reading(user, now, team)
    if figure is None or (figure.centre and whose.people is not None):
        raise NotFound()
    return whose


def table(lines: Iterable[Line]) -> list[list[object]]:
    """The rows of an export: figure, day, went well, of how many, per cent, target; nobody is named."""
    return [
        [
            str(line.label), day.day, day.count.met if line.figure.is_share else None, day.count.total,
            day.count.share if line.figure.is_share else None, day.target,
        ]
        for line in lines
        for day in line.days
    ]  # fmt: skip


def _holding_for(whose: Reading) -> Q:
    return Q(team=None) | Q(team=whose.team) if whose.team else Q(team=None)


def _line(figure: Figure, whose: Reading, targets: Iterable[Target], month: date, now: datetime) -> Line:
    today = clock.local(now).date()
    days = rules.month_days(month, today)
    counts = _counts(figure, whose.people, days, now)
    of_centre = [(row.since, row.value) for row in targets if row.team_id is None]
    of_team = [(row.since, row.value) for row in targets if row.team_id is not None]

    def target(day: date) -> int | None:
        return rules.target_on(day, of_team, rules.target_on(day, of_centre, figure.target))

    return Line(figure, [Day(day, counts.get(day, rules.Count()), target(day)) for day in days], today)


def _counts(
    figure: Figure, people: frozenset[int] | None, days: Sequence[date], now: datetime
) -> Mapping[date, rules.Count]:
    """By day of the centre's calendar; one statement."""
    if not days:
        return {}
    start, end = midnight(days[0]), midnight(rules.next_month(days[0]))
    rows = SOURCES[figure.code](now).filter(its_at__gte=start, its_at__lt=min(end, now))
    if people is not None:
        rows = rows.filter(its_who__in=people)
    by_day = (
        rows.annotate(its_day=TruncDate("its_at", tzinfo=clock.KYIV))
        .values_list("its_day")
        .annotate(Count("pk"), met=Count("pk", filter=Q(its_met=True)))
    )
    return {day: rules.Count(total, met) for day, total, met in by_day}


def midnight(day: date) -> datetime:
    """When the day begins on the centre's clock."""
    return datetime.combine(day, time(), clock.KYIV)

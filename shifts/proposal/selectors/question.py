"""What is asked of the program, read from the rooms below: people, what stands, absences, wishes, the need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from fregat.lib import clock
from fregat.lib.rights import Role
from shifts.absence.models import Absence
from shifts.coverage import selectors as coverage
from shifts.proposal import rules
from shifts.roster import rules as roster
from shifts.roster.models import PatternUse, RosterRule, Shift, Wish
from shifts.roster.permissions import Editable
from shifts.roster.selectors import narrowed
from staff.employees.models import Employee, ProjectAssignment, Substitution

_DAY = timedelta(days=1)
PROPOSED = (*coverage.ANSWERING, Role.SENIOR)
"""Whose shifts are proposed: senior managers lead them (ADR 0006)."""


def people_of(user: Employee, team: str, now: datetime) -> list[Employee]:
    """Those who take calls or lead, and whose shifts this person plans, of one team or all. At most four statements."""
    editable = Editable(user, now)
    rows = narrowed(Employee.objects.employed().filter(role__in=PROPOSED), team, "", now)
    if not editable.everybody:
        rows = rows.filter(pk__in=editable.people)
    return list(rows.by_name())


def question(people: list[Employee], month: date, now: datetime) -> rules.Question:
    """The month as it stands now. Ten statements, and those of the demand, however many people."""
    until = roster.next_month(month)
    ids = [one.pk for one in people]
    away = days_away(ids, month - _DAY, until + _DAY)
    cannot, wishes = _wishes(ids, month - _DAY, until + _DAY)
    uses = {
        use.employee_id: use for use in PatternUse.objects.filter(employee__in=ids).select_related("pattern")
    }
    timeline = RosterRule.objects.terms_until(until + timedelta(days=8))
    shifts, planned, led = _standing(ids, month)
    leading = _leading(people, month)
    answering = {one.pk for one in people if one.role in coverage.ANSWERING}
    skills = _skills(people)
    need = {at: count for at, count in coverage.needs(_days(month, until), now).items() if at >= now}
    quarters = sorted(need)
    bare = rules.Question(month, (), (), (), (), (), timeline)
    week_hours = bare.strictest[roster.RuleKind.MONTH].limit
    return rules.Question(
        month=month,
        people=tuple(
            rules.Person(
                id=pk,
                target=rules.target(month, week_hours, _hours(uses.get(pk), month), frozenset(away[pk])),
                standing=tuple(shifts[pk]),
                away=frozenset(away[pk] | cannot[pk]),
                wishes=wishes[pk],
                skills=skills[pk],
                answers=pk in answering,
                leading=tuple(leading[pk]),
            )
            for pk in ids
        ),
        slots=tuple(rules.slots_of(month, _shapes(uses.values()), now)),
        quarters=tuple(quarters),
        needed=tuple(need[at] for at in quarters),
        planned=planned,
        timeline=timeline,
        led=led,
    )


def _leading(people: list[Employee], month: date) -> dict[int, list[tuple[datetime, datetime]]]:
    """When each may lead: a senior manager always, a substitute while they substitute. One statement."""
    since, _until = roster.day_span(month - _DAY, clock.KYIV.key)
    until, _more = roster.day_span(roster.next_month(month) + 8 * _DAY, clock.KYIV.key)
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Substitution.objects.filter(substitute__in=people, since__lt=until, until__gt=since)
    for pk, begins, ends in rows.values_list("substitute", "since", "until"):
        found[pk].append((begins, ends))
    for one in people:
        if one.role == Role.SENIOR:
            found[one.pk] = [(since, until)]
    return found


def days_away(people: Collection[int], first: date, until: date) -> dict[int, set[date]]:
    """Days of absence, agreed or asked for. One statement."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = Absence.objects.standing().filter(employee__in=people, since__lt=until, until__gte=first)
    for pk, since, last in rows.values_list("employee", "since", "until"):
        found[pk].update(_days(max(since, first), min(last + _DAY, until)))
    return found


def _wishes(
    people: Collection[int], first: date, until: date
) -> tuple[dict[int, set[date]], dict[int, dict[date, str]]]:
    """Days on which they cannot work, and what they would like of the others; what was said last holds."""
    cannot: dict[int, set[date]] = defaultdict(set)
    wishes: dict[int, dict[date, str]] = defaultdict(dict)
    for wish in Wish.objects.within(first, until).filter(employee__in=people).order_by("said_at", "pk"):
        for day in _days(max(wish.first_day, first), min(wish.last_day + _DAY, until)):
            if wish.kind == "unavailable":
                cannot[wish.employee_id].add(day)
            else:
                wishes[wish.employee_id][day] = wish.kind
    return cannot, wishes


def _standing(
    people: Collection[int], month: date
) -> tuple[dict[int, list[roster.Span]], tuple[rules.Planned, ...], tuple[tuple[datetime, datetime], ...]]:
    """What is planned for the people around the month, for whoever takes calls, and when somebody leads. Two
    statements."""
    start = roster.day_span(month, clock.KYIV.key)[0]
    since, until = roster.surroundings(start, start)
    rows = Shift.objects.planned_over(since, until).filter(
        Q(employee__role__in=coverage.ANSWERING) | Q(employee__in=people) | Q(leads=True)
    )
    mine: dict[int, list[roster.Span]] = defaultdict(list)
    everybody = list(
        rows.order_by("starts_at").values_list(
            "employee", "starts_at", "ends_at", "kind", "employee__languages", "employee__role", "leads"
        )
    )
    theirs = set(people)
    skills: dict[int, set[str]] = defaultdict(set)
    for pk, code in ProjectAssignment.objects.filter(employee__in={row[0] for row in everybody}).values_list(
        "employee", "project"
    ):
        skills[pk].add(code)
    planned = []
    for pk, starts_at, ends_at, kind, languages, role, _leads in everybody:
        if pk in theirs:
            mine[pk].append(roster.Span(starts_at, ends_at, kind))
        if role in coverage.ANSWERING:
            able = frozenset(skills[pk] | {f"lang:{code}" for code in languages})
            planned.append(rules.Planned(starts_at, ends_at, able))
    return mine, tuple(planned), tuple((row[1], row[2]) for row in everybody if row[-1])


def _skills(people: list[Employee]) -> dict[int, frozenset[str]]:
    """Projects and languages. One statement."""
    found = {one.pk: {f"lang:{code}" for code in one.languages} for one in people}
    for pk, code in ProjectAssignment.objects.filter(employee__in=found).values_list("employee", "project"):
        found[pk].add(code)
    return {pk: frozenset(skills) for pk, skills in found.items()}


def _shapes(uses: Iterable[PatternUse]) -> list[rules.Shape]:
    """The usual shifts, and those of the patterns by which the people work."""
    found = dict.fromkeys(rules.USUAL_SHAPES)
    for use in sorted(uses, key=lambda use: use.pattern_id):
        for step in roster.read_pattern(use.pattern.sequence):
            if step.kind and step.starts and step.ends:
                found[step.kind, step.starts, step.ends] = None
    return list(found)


def _hours(use: PatternUse | None, month: date) -> float | None:
    """Hours that their pattern has in the month."""
    if use is None:
        return None
    steps = roster.read_pattern(use.pattern.sequence)
    minutes = 0.0
    for day, step in roster.days_of(steps, use.starts_on, month, roster.next_month(month)):
        usual = roster.USUAL[step.kind]
        span = roster.usual_span(day, step.starts or usual[0], step.ends or usual[1])
        minutes += roster.length(*span).total_seconds() / 60
    return minutes / 60


def _days(first: date, until: date) -> list[date]:
    return list(_each(first, until))


def _each(first: date, until: date) -> Iterator[date]:
    while first < until:
        yield first
        first += _DAY

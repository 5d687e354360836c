"""Looking for patterns in the log, behind the sealer; what is found becomes a finding (E1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from cases.privacy import registry
from cases.privacy.models import Finding, PatternMark
from cases.privacy.permissions import examiners
from cases.privacy.rules import patterns
from cases.privacy.rules.patterns import Pattern
from cases.privacy.selectors import patterns as rows
from cases.privacy.selectors.patterns import Look
from cases.privacy.statuses import State
from fregat.lib import clock, db, notices
from staff.employees.models import Employee


@db.action
def find_patterns(*, now: datetime) -> int:
    """Go through what has been sealed since the last time; how many findings are new.

    Persons without a case are looked for an hour later: the case may be opened after the look.
    """
    mark = _mark("at_once")
    looks, through = rows.next_looks(mark.through_id)
    made = _many(looks) + _ties(looks) + _nights(looks)
    _keep(mark, through)
    mark = _mark("later")
    looks, through = rows.next_looks(mark.through_id, before=now - patterns.CASE_NEAR)
    made += _without_case(looks)
    _keep(mark, through)
    return made


def _mark(name: str) -> PatternMark:
    row, _made = PatternMark.objects.select_for_update(nowait=True).get_or_create(name=name)
    return row


def _keep(mark: PatternMark, through: int) -> None:
    if through != mark.through_id:
        mark.through_id = through
        mark.save(update_fields=["through_id"])


def _many(looks: list[Look]) -> int:
    """Many persons opened one by one in a short time; one finding an hour."""
    made, last = 0, {look.employee: look for look in looks if look.single and look.persons}
    for employee, look in last.items():
        near = [
            one for one in rows.looks_between(employee, look.at - patterns.MANY_WITHIN, look.at) if one.single
        ]
        if len({person for one in near for person in one.persons}) >= patterns.MANY_PERSONS:
            made += _found(Pattern.MANY_PERSONS, employee, f"{clock.local(look.at):%Y%m%d%H}", near)
    return made


def _ties(looks: list[Look]) -> int:
    """The record of the looker, of a colleague, of somebody of the same surname; one finding a person and day."""
    opened = [look for look in looks if look.single and look.persons and not look.expected]
    people = {person for look in opened for person in look.persons}
    if not people:
        return 0
    known, staff = registry.described(people), rows.employees_by_what()
    groups: dict[tuple[Pattern, int, str], list[Look]] = defaultdict(list)
    ties: dict[tuple[int, UUID], Pattern | None] = {}
    for look in opened:
        for person in look.persons:
            pair = (look.employee, person)
            if pair not in ties:
                ties[pair] = patterns.tie(look.employee, known[person], staff) if person in known else None
            pattern = ties[pair]
            if pattern is not None:
                groups[pattern, look.employee, f"{person.hex}:{rows.day_of(look.at)[2]}"].append(look)
    return sum(_found(*key, group) for key, group in groups.items())


def _nights(looks: list[Look]) -> int:
    """At night and off shift; one finding a night."""
    late = [look for look in looks if look.persons and patterns.is_night(clock.local(look.at))]
    shifts = rows.shifts_of({look.employee for look in late}, late)
    groups: dict[tuple[int, str], list[Look]] = defaultdict(list)
    for look in late:
        if not patterns.on_shift(look.at, shifts.get(look.employee, ())):
            groups[look.employee, patterns.night_of(clock.local(look.at))].append(look)
    return sum(_found(Pattern.NIGHT, employee, night, group) for (employee, night), group in groups.items())


def _without_case(looks: list[Look]) -> int:
    """Persons opened without any case of theirs near it, several on one day; one finding a day."""
    days = {
        (look.employee, *rows.day_of(look.at))
        for look in looks
        if look.kind == "person" and look.single and not look.expected
    }
    made = 0
    for employee, since, until, day in days:
        near = rows.looks_between(employee, since - patterns.CASE_NEAR, until + patterns.CASE_NEAR)
        cases: dict[UUID, list[datetime]] = defaultdict(list)
        for look in near:
            if look.kind == "case":
                for person in look.persons:
                    cases[person].append(look.at)
        bare = [look for look in near if since <= look.at < until and _is_bare(look, cases)]
        if len({look.persons[0] for look in bare}) >= patterns.NO_CASE_PERSONS:
            made += _found(Pattern.NO_CASE, employee, day, bare)
    return made


def _is_bare(look: Look, cases: dict[UUID, list[datetime]]) -> bool:
    if look.kind != "person" or not look.single or look.expected:
        return False
    return not any(abs(at - look.at) <= patterns.CASE_NEAR for at in cases.get(look.persons[0], ()))


def _found(pattern: Pattern, employee_id: int, what: str, looks: Iterable[Look]) -> int:
    """One more finding, or more looks of one that nobody has taken up yet; 1 when it is new."""
    seen = sorted({look.id: look for look in looks}.values(), key=lambda look: look.id)
    employee = Employee.objects.filter(pk=employee_id).first()
    if employee is None:
        return 0
    key = f"{pattern}:{employee_id}:{what}"
    since, until = min(look.at for look in seen), max(look.at for look in seen)
    row = Finding.objects.select_for_update().filter(key=key).first()
    if row is not None:
        if row.state == State.NEW:
            row.looks = sorted({*row.looks, *(look.id for look in seen)})
            row.since, row.until = min(row.since, since), max(row.until, until)
            row.save(update_fields=["looks", "since", "until"])
        return 0
    now = clock.now()
    row = Finding.objects.create(
        key=key, pattern=pattern, employee=employee, looks=[look.id for look in seen], since=since, until=until,
        found_at=now,
    )  # fmt: skip
    url = reverse("privacy:finding", args=[row.pk])
    notices.tell(examiners(but=employee), "finding_new", url=url, values={"number": row.pk}, now=now)
    return 1

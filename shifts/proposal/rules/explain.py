"""What a proposal comes to, and what it could not fulfil and why: codes and numbers, `labels` says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from shifts.proposal.rules.ground import (
    QUARTER,
    Chosen,
    Person,
    Question,
    breaks,
    can_work,
    covering,
    spans_of,
)
from shifts.roster.rules import Span, length

EXPLAINED, ASKED = 12, 1200
"""So many shortages, the largest, are explained person by person; in a small team as many as come to so many
questions to the rules."""


@dataclass(frozen=True)
class Lack:
    """People lacking from when to when, and why the others are not there."""

    starts_at: datetime
    ends_at: datetime
    people: int
    """At most so many in it."""
    hours: float
    """Of work that is lacking."""
    why: Mapping[str, int]
    """Code → how many: `away`, `works`, a kind of rule, `free`."""


@dataclass(frozen=True)
class Unmet:
    """A wish that was not met."""

    person: int
    day: date
    wish: str
    needed: bool
    """Without this shift people would be lacking; else it is for the hours of the month."""


@dataclass(frozen=True)
class Hours:
    """A person's month."""

    person: int
    before: float
    after: float
    target: float


@dataclass(frozen=True)
class Report:
    """What the page says. Persons by their ids."""

    lacks: tuple[Lack, ...]
    unmet: tuple[Unmet, ...]
    met: int
    """Wishes that were kept."""
    hours: tuple[Hours, ...]
    days: tuple[tuple[date, float, float, float], ...]
    """Day, hours of work needed, lacking before, lacking after."""
    unled: tuple[Lack, ...] = ()
    """When nobody leads, and why those who may do not."""
    unled_before: float = 0.0
    """Hours that nobody led without the proposal."""


def report(question: Question, chosen: Chosen, leading: Chosen = ()) -> Report:
    """Everything about a roster found; `leading`: those of the chosen that lead."""
    stand = _there(question, ())
    there = _there(question, chosen)
    spans = spans_of(question, chosen)
    unmet, met = _wishes(question, chosen, there)
    return Report(
        _lacks(question, there, spans), unmet, met,
        tuple(_hours(question, place, person, spans[place]) for place, person in enumerate(question.people)),
        _days(question, stand, there), _unled(question, leading, spans), len(question.unled) / 4,
    )  # fmt: skip


def _there(question: Question, chosen: Chosen) -> list[int]:
    """People who take calls in each quarter-hour, with those chosen."""
    taken = Counter(slot for place, slot in chosen if question.people[place].answers)
    slots = covering([(one.span.starts_at, one.span.ends_at) for one in question.slots], question.quarters)
    stand = covering([(one.starts_at, one.ends_at) for one in question.planned], question.quarters)
    return [
        len(planned) + sum(taken[slot] for slot in covered)
        for planned, covered in zip(stand, slots, strict=True)
    ]


def _lacks(question: Question, there: Sequence[int], spans: Mapping[int, list[Span]]) -> tuple[Lack, ...]:
    """Quarter-hours that follow each other, lack people and are covered by the same shifts."""
    short = [max(0, need - have) for need, have in zip(question.needed, there, strict=True)]
    found = _runs(question, [at for at, people in enumerate(short) if people])
    bare = [
        Lack(
            question.quarters[one[0]], question.quarters[one[-1]] + QUARTER,
            max(short[at] for at in one), sum(short[at] for at in one) / 4, {},
        )
        for one in found
    ]  # fmt: skip
    explained = max(EXPLAINED, ASKED // max(1, len(question.people)))
    worst = {one.starts_at for one in sorted(bare, key=lambda one: -one.hours)[:explained]}
    return tuple(
        replace(one, why=_why(question, one, spans)) if one.starts_at in worst else one for one in bare
    )


def _unled(question: Question, leading: Chosen, spans: Mapping[int, list[Span]]) -> tuple[Lack, ...]:
    """Quarter-hours with work that nobody leads; those that follow each other for the same reasons together."""
    slots = [question.slots[slot].span for _place, slot in leading]
    led = covering([(one.starts_at, one.ends_at) for one in slots], question.quarters)
    found: list[Lack] = []
    for one in _runs(question, [at for at in question.unled if not led[at]]):
        lack = Lack(question.quarters[one[0]], question.quarters[one[-1]] + QUARTER, 1, len(one) / 4, {})
        lack = replace(lack, why=_why(question, lack, spans, leads=True))
        if found and (found[-1].ends_at, found[-1].why) == (lack.starts_at, lack.why):
            lack = replace(lack, starts_at=found[-1].starts_at, hours=found.pop().hours + lack.hours)
        found.append(lack)
    return tuple(found)


def _runs(question: Question, places: Sequence[int]) -> list[list[int]]:
    """Quarter-hours that follow each other and are covered by the same shifts."""
    covered = covering([(one.span.starts_at, one.span.ends_at) for one in question.slots], question.quarters)
    found: list[list[int]] = []
    for at in places:
        last = found[-1][-1] if found else -2
        if last == at - 1 and covered[last] == covered[at]:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _why(
    question: Question, lack: Lack, spans: Mapping[int, list[Span]], *, leads: bool = False
) -> dict[str, int]:
    """Why those who are not there cannot take the shift that would help; `leads`: of those who may lead it."""
    slot = next(
        (
            one
            for one in question.slots
            if one.span.starts_at <= lack.starts_at and one.span.ends_at >= lack.starts_at + QUARTER
        ),
        None,
    )
    if slot is None:
        concerned = sum(bool(one.leading) if leads else one.answers for one in question.people)
        return {"before": concerned} if concerned else {}
    found: Counter[str] = Counter()
    for place, person in enumerate(question.people):
        if not (person.may_lead(slot.span) if leads else person.answers):
            continue
        mine = spans[place]
        if any(one.starts_at <= lack.starts_at < one.ends_at for one in mine):
            continue  # is there
        if not can_work(question, person, slot):
            found["away"] += 1
        elif any(one.starts_at < slot.span.ends_at and one.ends_at > slot.span.starts_at for one in mine):
            found["works"] += 1
        else:
            after = sorted([*mine, slot.span], key=lambda one: one.starts_at)
            broken = breaks(question, person, after)
            found[broken[0].value if broken else "free"] += 1
    return dict(found)


def _wishes(question: Question, chosen: Chosen, there: Sequence[int]) -> tuple[tuple[Unmet, ...], int]:
    days = {(place, question.slots[slot].day): slot for place, slot in chosen}
    where = {at: index for index, at in enumerate(question.quarters)}
    unmet, met = [], 0
    for place, person in enumerate(question.people):
        for day, wish in sorted(person.wishes.items()):
            if day.replace(day=1) != question.month:
                continue
            slot = days.get((place, day))
            if slot is None or question.slots[slot].span.kind == wish:
                met += slot is not None or wish == "off"
                continue
            needed = _is_needed(question, question.slots[slot].span, there, where)
            unmet.append(Unmet(person.id, day, wish, needed))
    return tuple(unmet), met


def _is_needed(question: Question, span: Span, there: Sequence[int], where: Mapping[datetime, int]) -> bool:
    at = span.starts_at
    while at < span.ends_at:
        index = where.get(at)
        if index is not None and there[index] <= question.needed[index]:
            return True
        at += QUARTER
    return False


def _hours(question: Question, place: int, person: Person, spans: Sequence[Span]) -> Hours:
    def of_month(some: Sequence[Span]) -> float:
        mine = [one for one in some if question.day(one.starts_at).replace(day=1) == question.month]
        return sum(length(one.starts_at, one.ends_at).total_seconds() for one in mine) / 3600

    return Hours(person.id, of_month(person.standing), of_month(spans), person.target)


def _days(
    question: Question, before: Sequence[int], after: Sequence[int]
) -> tuple[tuple[date, float, float, float], ...]:
    found: dict[date, list[float]] = {}
    for at, need in enumerate(question.needed):
        line = found.setdefault(question.day(question.quarters[at]), [0.0, 0.0, 0.0])
        line[0] += need / 4
        line[1] += max(0, need - before[at]) / 4
        line[2] += max(0, need - after[at]) / 4
    return tuple((day, line[0], line[1], line[2]) for day, line in sorted(found.items()))

"""When somebody may be away, when the certificate is due, who may cover a shift. Plain rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shifts.roster.rules import day_span, instant

LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=400)
"""So far ahead an absence is planned."""
BACK = timedelta(days=31)
"""So long afterwards it is still written in."""
REASON_MAX = 2000


def fault(since: date, until: date, today: date) -> tuple[str, str] | None:
    """Why somebody cannot be away from `since` until `until`, both included: a field and a code of `labels.FAULTS`."""
    if until < since:
        return "until", "ends_before_start"
    if since < today - BACK:
        return "since", "long_ago"
    if since > today + FARTHEST:
        return "since", "too_far"
    return ("until", "too_long") if until - since > LONGEST else None


def certificate_due(until: date, days: int, zone: str) -> datetime:
    """The end of the day, so many days after the last day of absence."""
    _start, end = day_span(until + timedelta(days=days), zone)
    return end


def span(since: date, until: date, zone: str) -> tuple[datetime, datetime]:
    """The half-open span of the days on a zone's wall clock."""
    start, _end = day_span(since, zone)
    _start, end = day_span(until, zone)
    return start, end


@dataclass(frozen=True)
class Colleague:
    """Somebody who might take a shift over."""

    id: int
    projects: frozenset[str]
    languages: frozenset[str]
    ended_at: datetime | None
    """When their shift before it ends."""
    begins_at: datetime | None
    """When their shift after it begins."""


def qualified(one: Colleague, projects: Collection[str], languages: Collection[str]) -> bool:
    """Does the colleague work on all these projects and speak all these languages?"""
    return set(projects) <= one.projects and set(languages) <= one.languages


def rest(one: Colleague, starts_at: datetime, ends_at: datetime) -> timedelta | None:
    """The shorter of the rests before and after the shift; None when there is no other shift near it."""
    gaps = [
        *([instant(starts_at) - instant(one.ended_at)] if one.ended_at else []),
        *([instant(one.begins_at) - instant(ends_at)] if one.begins_at else []),
    ]
    return min(gaps, default=None)


def best_first(people: Collection[Colleague], starts_at: datetime, ends_at: datetime) -> list[Colleague]:
    """The most rested first; those without another shift near it before all."""

    def rested(one: Colleague) -> timedelta:
        found = rest(one, starts_at, ends_at)
        return timedelta.max if found is None else found

    # Of equals, the one hired first.
    return sorted(sorted(people, key=lambda one: one.id), key=rested, reverse=True)

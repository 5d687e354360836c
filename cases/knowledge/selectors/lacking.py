"""Who has not read what they are asked to read, since when, and when they were reminded of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Max, Q

from cases.knowledge.models import ArticleVersion, Reminder
from cases.knowledge.querysets import asked_of
from cases.knowledge.rights import ASKED
from cases.knowledge.rules import QUIET, asked_since, rests
from cases.knowledge.selectors.people import in_sight, missing_by
from staff.employees.models import Employee, ProjectAssignment


@dataclass(frozen=True)
class Waiter:
    """One person who has not read a version: asked since when, reminded when last, by the clock too?"""

    employee: Employee
    since: datetime
    reminded_at: datetime | None = None
    by_clock: bool = False


@dataclass(frozen=True)
class Lacking:
    """A version that is asked to be read, and those in sight who have not read it, by name."""

    version: ArticleVersion
    waiters: list[Waiter]
    for_whom: Employee
    now: datetime

    @property
    def due(self) -> list[Waiter]:
        """Those whom the reader may remind now: nobody reminds themselves, nor twice within the hour."""
        others = (one for one in self.waiters if one.employee.pk != self.for_whom.pk)
        return [one for one in others if not rests(one.reminded_at, self.now)]

    @property
    def rest_until(self) -> datetime | None:
        """When all others were reminded within the hour: from when on the first of them may be reminded again."""
        others = [one for one in self.waiters if one.employee.pk != self.for_whom.pk]
        if self.due:
            return None
        return min((one.reminded_at + QUIET for one in others if one.reminded_at), default=None)


def waiters_of(versions: Collection[ArticleVersion], people: Collection[Employee]) -> dict[int, list[Waiter]]:
    """Version → those of the people who have not read it, in the order of the people. Four queries.

    `people`: of roles that are asked. The versions come with article and insurer.
    """
    ids = [one.pk for one in people]
    missing = missing_by(versions, ids)
    joined = _joined(ids)
    told = Reminder.objects.filter(version__in=list(missing), employee__in=ids).values_list(
        "version", "employee"
    )
    reminded = {
        (version, person): (last, by_clock)
        for version, person, last, by_clock in told.annotate(last=Max("at"), clock=BoolOr(Q(by=None)))
    }
    return {
        row.pk: [
            Waiter(one, _since(row, one, joined), *reminded.get((row.pk, one.pk), (None, False)))
            for one in people
            if one.pk in missing[row.pk]
        ]
        for row in versions
    }


def _joined(people: Collection[int]) -> dict[tuple[int, str], datetime]:
    rows = ProjectAssignment.objects.filter(employee__in=people)
    return {
        (person, project): since
        for person, project, since in rows.values_list("employee", "project", "since")
    }


def _since(row: ArticleVersion, person: Employee, joined: dict[tuple[int, str], datetime]) -> datetime:
    """Published versions only: they have their moment."""
    insurer = row.article.insurer
    at = joined.get((person.pk, insurer.code)) if insurer else None
    return asked_since(row.published_at or row.created_at, at)


def lacking_of(user: Employee, version: ArticleVersion, now: datetime) -> Lacking:
    """Who in sight has not read a version. Five queries, six for a team; nobody when it asks nobody (none)."""
    if version.is_draft or version.until is not None:
        return Lacking(version, [], user, now)
    people = in_sight(user, asked_of(version.article), now).order_by("name_key", "first_name", "pk")
    return Lacking(version, waiters_of([version], list(people))[version.pk], user, now)


def lacking(user: Employee, now: datetime) -> list[Lacking]:
    """What somebody in sight has not read, the longest asked first. Six queries, seven for a team."""
    asked = Employee.objects.employed().filter(role__in=ASKED)
    people = list(in_sight(user, asked, now).order_by("name_key", "first_name", "pk"))
    rows = ArticleVersion.objects.visible_to(user).asking().select_related("article__insurer")
    versions = list(rows.defer("body", "words").order_by("published_at", "pk"))
    found = waiters_of(versions, people)
    return [Lacking(row, found[row.pk], user, now) for row in versions if found[row.pk]]

"""Who has read an article and who has not; what waits for one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import QuerySet

from cases.knowledge.models import ArticleVersion, Receipt
from cases.knowledge.querysets import asked_of
from fregat.lib import rights
from fregat.lib.rights import Scope
from staff.employees import selectors as employees
from staff.employees.models import Employee


@dataclass(frozen=True)
class Row:
    """One person who has read a version, and when they said so."""

    employee: Employee
    at: datetime


def waiting(user: Employee) -> list[ArticleVersion]:
    """What the person is asked to read and has not, the longest waiting first. One query."""
    rows = ArticleVersion.objects.unread_by(user).select_related("article__insurer").defer("body", "words")
    return list(rows.order_by("published_at", "pk"))


def waiting_count(user: Employee) -> int:
    """How many articles wait for the person. One query, none for a role that is not asked."""
    if not rights.lets(user, "article.acknowledge"):
        return 0
    return ArticleVersion.objects.unread_by(user).count()


def in_sight(user: Employee, people: QuerySet[Employee], now: datetime) -> QuerySet[Employee]:
    """Those whose reading the person may see: a senior manager their own team, the head and the director all."""
    if Scope.CENTRE in rights.scopes_of(user, "article.receipts"):
        return people
    return people.filter(pk__in=employees.team_ids(user, now))


def missing_by(versions: Collection[ArticleVersion], people: Collection[int]) -> dict[int, set[int]]:
    """Version → those of the people, of roles that are asked, who are asked to read it and have not. Two queries.

    The versions come with their articles; who published one has read it.
    """
    everybody = set(people)
    grants = apps.get_model("insurance", "InsurerUserObjectPermission")._default_manager
    of_project: dict[int, set[int]] = defaultdict(set)
    for insurer, person in grants.filter(user__in=everybody).values_list("content_object", "user"):
        of_project[insurer].add(person)
    read: dict[int, set[int]] = defaultdict(set)
    receipts = Receipt.objects.filter(version__in=[row.pk for row in versions], employee__in=everybody)
    for version, person in receipts.values_list("version", "employee"):
        read[version].add(person)
    found = {}
    for row in versions:
        asked = everybody if row.article.insurer_id is None else of_project[row.article.insurer_id]
        found[row.pk] = asked - read[row.pk] - {row.published_by_id}
    return found


def readers_of(user: Employee, version: ArticleVersion, now: datetime) -> list[Row]:
    """Everybody in sight who is asked to read the version and has, by name. Two queries, three for a team."""
    people = in_sight(user, asked_of(version.article).exclude(pk=version.published_by_id or 0), now)
    times = dict(Receipt.objects.filter(version=version).values_list("employee", "at"))
    read = people.filter(pk__in=times).order_by("name_key", "first_name", "pk")
    return [Row(one, times[one.pk]) for one in read]

"""Who has read an article and who has not; what waits for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cases.knowledge.models import ArticleVersion, Receipt
from cases.knowledge.querysets import asked_of
from fregat.lib import rights
from fregat.lib.rights import Scope
from staff.employees import selectors as employees
from staff.employees.models import Employee


@dataclass(frozen=True)
class Row:
    """One person who is asked to read a version, and when they said that they had."""

    employee: Employee
    at: datetime | None


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


def receipts_of(user: Employee, version: ArticleVersion, now: datetime) -> list[Row]:
    """Everybody in sight who is asked to read the version, those who have not first. Two queries, three for a team."""
    people = in_sight(user, asked_of(version.article).exclude(pk=version.published_by_id or 0), now)
    times = dict(Receipt.objects.filter(version=version).values_list("employee", "at"))
    rows = [Row(one, times.get(one.pk)) for one in people.order_by("name_key", "first_name", "pk")]
    return sorted(rows, key=lambda row: row.at is not None)

"""The articles of a person, by insurer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import DateTimeField, F, OuterRef, Q, Subquery

from cases.knowledge.labels import STATE_LABELS
from cases.knowledge.models import Article, ArticleVersion, Receipt
from cases.knowledge.querysets import ArticleVersionQuerySet
from cases.knowledge.rights import ASKED
from cases.knowledge.rules import State
from cases.knowledge.selectors.article import shown_of, state_of
from cases.knowledge.selectors.people import in_sight, missing_by
from fregat.lib import rights
from fregat.lib.errors import Sentence
from fregat.lib.ordering import uk_sort_key
from staff.employees.models import Employee


@dataclass
class Line:
    """One article on the shelf: the version that holds (else the nearest to it), and what is on its way."""

    shown: ArticleVersion
    state: State
    ahead: ArticleVersion | None
    draft: ArticleVersion | None
    asks: ArticleVersion | None
    """The version that people are asked to have read."""
    unread: bool = False
    missing: int = 0
    """How many of those in sight have not read it."""

    @property
    def article(self) -> Article:
        """Its article."""
        return self.shown.article

    @property
    def label(self) -> Sentence:
        """Its state in words."""
        return STATE_LABELS[self.state]


@dataclass(frozen=True)
class Shelf:
    """The groups by insurer, and whether it is counted for this person who has not read."""

    groups: list[tuple[str, list[Line]]]
    counted: bool
    count: int


def narrowed(
    rows: ArticleVersionQuerySet, *, insurer: str = "", kind: str = "", programme: str = "", service: str = "",
    country: str = "",
) -> ArticleVersionQuerySet:  # fmt: skip
    """The filters of the list and the search; one that is empty asks nothing.

    Programme, kind of help and country also keep what names none: it matters there too.
    """
    if insurer:
        rows = rows.filter(Q(article__insurer__code=insurer) | Q(article__insurer=None))
    if kind:
        rows = rows.filter(article__kind=kind)
    if programme:
        of, _dot, code = programme.partition(".")
        theirs = Q(article__insurer__code=of) | Q(article__insurer=None)
        rows = rows.filter(theirs, Q(programmes=[]) | Q(programmes__contains=[code]))
    if service:
        rows = rows.filter(Q(services=[]) | Q(services__contains=[service]))
    return rows.filter(Q(countries=[]) | Q(countries__contains=[country])) if country else rows


def shelf(user: Employee, now: datetime, today: date, *, state: str = "", **filters: str) -> Shelf:
    """What the person may read, one line an article, by insurer and title. One query, five with readers counted.

    `state`: `unread` (waits for me), `missing` (somebody in sight has not read it), `draft`, `ahead`, `withdrawn`;
    empty for all that hold, are about to, or are prepared.
    """
    rows = narrowed(_rows(user, today, withdrawn=state == "withdrawn"), **filters)
    counted = rights.lets(user, "article.receipts")
    lines = [_line(list(group), user, today) for _pk, group in groupby(rows, key=lambda row: row.article_id)]
    if counted:
        _count(lines, user, now)
    lines = [line for line in lines if _is(line, state)]
    lines.sort(key=_order)
    groups = [(name, list(group)) for name, group in groupby(lines, key=lambda line: line.article.for_whom)]
    return Shelf(groups, counted, len(lines))


def _order(line: Line) -> tuple[object, ...]:
    insurer = line.article.insurer
    return (
        insurer is not None,
        getattr(insurer, "name_key", ""),
        line.article.kind,
        uk_sort_key(line.shown.title),
    )


def _rows(user: Employee, today: date, *, withdrawn: bool) -> ArticleVersionQuerySet:
    mine = Receipt.objects.filter(version=OuterRef("pk"), employee=user).values("at")[:1]
    rows = ArticleVersion.objects.visible_to(user).filter(article__withdrawn_at__isnull=not withdrawn)
    if not withdrawn:
        rows = rows.filter(Q(until=None) | Q(until__gt=today) & Q(until__gt=F("since")))
    rows = rows.annotate(read_at=Subquery(mine, output_field=DateTimeField()))
    return rows.select_related("article__insurer").defer("body", "words").order_by("article", "-number")


def _line(versions: list[ArticleVersion], user: Employee, today: date) -> Line:
    """`versions` of one article, the latest first."""
    shown = shown_of(versions, today)
    asks = next((row for row in versions if not row.is_draft and row.until is None), None)
    asked = rights.lets(user, "article.acknowledge") and asks is not None and asks.published_by_id != user.pk
    return Line(
        shown, state_of(shown, today),
        next((row for row in versions if state_of(row, today) == State.AHEAD and row is not shown), None),
        next((row for row in versions if row.is_draft and row is not shown), None),
        asks, unread=asked and asks.read_at is None,  # type: ignore[union-attr]
    )  # fmt: skip


def _is(line: Line, state: str) -> bool:
    if state == "draft":
        return line.state == State.DRAFT or line.draft is not None
    if state == "ahead":
        return line.state == State.AHEAD or line.ahead is not None
    return {"unread": line.unread, "missing": line.missing > 0}.get(state, True)


def _count(lines: list[Line], user: Employee, now: datetime) -> None:
    """How many of those in sight have not read what each line asks of them. Three queries, four for a team."""
    asking = {line.asks.pk: line for line in lines if line.asks}
    people = in_sight(user, Employee.objects.employed().filter(role__in=ASKED), now)
    everybody = set(people.values_list("pk", flat=True))
    missing = missing_by([line.asks for line in asking.values() if line.asks], everybody)
    for pk, line in asking.items():
        line.missing = len(missing[pk])

"""One article: the version that holds, the others, what each has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField, OuterRef, Subquery
from django.utils.safestring import SafeString

from cases.insurance.models import Country, Programme, ServiceKind
from cases.knowledge.labels import WHERE_LABELS
from cases.knowledge.models import Article, ArticleVersion, Receipt
from cases.knowledge.rules import State, state_on
from fregat.lib import differences, markdown
from fregat.lib.errors import NotFound
from staff.employees.models import Employee


def get_article(user: Employee, pk: int, **_more: object) -> Article:
    """The gate of every address of an article. Raises NotFound. One query."""
    article = Article.objects.visible_to(user).select_related("insurer").filter(pk=pk).first()
    if article is None:
        raise NotFound()
    return article


def visible_keys(user: Employee, keys: Collection[int], _now: datetime) -> Iterable[int]:
    """Those of the articles that the person may see: what notices ask. One query."""
    return Article.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)


def _versions(user: Employee, pk: int) -> list[ArticleVersion]:
    """With `read_at`: when the person acknowledged each; the latest first."""
    mine = Receipt.objects.filter(version=OuterRef("pk"), employee=user).values("at")[:1]
    rows = ArticleVersion.objects.visible_to(user).filter(article=pk)
    rows = rows.annotate(read_at=Subquery(mine, output_field=DateTimeField()))
    people = ("edited_by", "published_by", "article__withdrawn_by")
    versions = list(rows.select_related("article__insurer", *people).defer("words").order_by("-number"))
    if not versions:
        raise NotFound()
    return versions


_STANDS_FIRST = (State.HOLDS, State.AHEAD, State.DRAFT, State.OVER)


def state_of(version: ArticleVersion, today: date) -> State:
    """Where it stands on a day."""
    return state_on(not version.is_draft, version.since, version.until, today)


def shown_of(versions: list[ArticleVersion], today: date) -> ArticleVersion:
    """The one that holds, else the nearest to it. `versions` of one article, the latest first."""
    by_state = {state: [row for row in versions if state_of(row, today) == state] for state in State}
    return next(row for state in _STANDS_FIRST for row in by_state[state])


@dataclass(frozen=True)
class ArticlePage:
    """One version with its text as HTML, the other versions, and where it matters in words."""

    version: ArticleVersion
    html: SafeString
    versions: list[ArticleVersion]
    today: date
    where: dict[str, list[str]]

    @property
    def article(self) -> Article:
        """Its article."""
        return self.version.article

    @property
    def draft(self) -> ArticleVersion | None:
        """The draft of the next version, as far as the person sees it."""
        return next((row for row in self.versions if row.is_draft), None)

    @property
    def ahead(self) -> ArticleVersion | None:
        """A later version that is published and waits for its day."""
        later = (row for row in self.versions if state_of(row, self.today) == State.AHEAD)
        return next((row for row in later if row.number > self.version.number), None)

    @property
    def before(self) -> ArticleVersion | None:
        """The version that this one is compared with when nothing else is asked."""
        return before(self.version, self.versions)


def article_page(user: Employee, pk: int, today: date, number: int | None = None) -> ArticlePage:
    """A version of an article: without a number the one that holds. Raises NotFound. At most four queries."""
    versions = _versions(user, pk)
    found = shown_of(versions, today) if number is None else _numbered(versions, number)
    return ArticlePage(found, markdown.render(found.body), versions, today, where_in_words(found))


def where_in_words(version: ArticleVersion) -> dict[str, list[str]]:
    """Where it matters, by names. A query for each list that is not empty."""
    where = version.where
    found: dict[str, list[str]] = {"clauses": list(where.clauses)}
    if where.programmes:
        rows = Programme.objects.filter(insurer=version.article.insurer_id, code__in=where.programmes)
        found["programmes"] = [row.name for row in rows.order_by("code")]
    if where.services:
        found["services"] = [row.name for row in ServiceKind.objects.filter(pk__in=where.services)]
    if where.countries:
        found["countries"] = [row.name for row in Country.objects.filter(pk__in=where.countries)]
    return found


def _numbered(versions: list[ArticleVersion], number: int) -> ArticleVersion:
    found = next((row for row in versions if row.number == number), None)
    if found is None:
        raise NotFound()
    return found


def before(version: ArticleVersion, versions: list[ArticleVersion]) -> ArticleVersion | None:
    """The published version that the person read last before this one, else the one just before it."""
    earlier = [row for row in versions if row.number < version.number and not row.is_draft]
    read: list[Any] = [row for row in earlier if getattr(row, "read_at", None)]
    return next(iter([*read, *earlier]), None)


@dataclass(frozen=True)
class Changes:
    """Two versions and what differs between them; the first version has nothing to be compared with."""

    old: ArticleVersion | None
    new: ArticleVersion
    found: differences.Differences
    choices: list[ArticleVersion]
    html: SafeString

    @property
    def only_looks(self) -> bool:
        """The words are the same, the way they are set is not."""
        return bool(self.old and not self.found.any and self.old.body != self.new.body)


def changes_of(user: Employee, pk: int, number: int, other: int | None = None) -> Changes:
    """What a version changes against another one (by default that which the person read, else the one before).

    Raises NotFound. One query, more when it matters elsewhere than before.
    """
    versions = _versions(user, pk)
    new = _numbered(versions, number)
    old = before(new, versions) if other is None else _numbered(versions, other)
    choices = [row for row in versions if row.number < new.number]
    moved = old is not None and old.where != new.where
    found = differences.compare(*(_whole(one, where=moved) for one in (old or new, new)))
    return Changes(old, new, found, choices, SafeString("") if old else markdown.render(new.body))


def _whole(version: ArticleVersion, *, where: bool) -> str:
    """What a reader sees of a version, as lines; with where it matters when that differs."""
    named = where_in_words(version) if where else {}
    lines = [f"{WHERE_LABELS[name]}: {', '.join(names)}" for name, names in named.items() if names]
    return "\n".join([version.title, markdown.words(version.body), *lines])

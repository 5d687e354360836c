"""Locking and checking what the actions of the room share.

Order of locks: the article, then its versions. Everything that moves a version holds the article.
"""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.utils.translation import gettext as _

from cases.insurance.models import Country, Programme, ServiceKind
from cases.knowledge.models import Article, ArticleVersion
from cases.knowledge.rules import BODY_MAX, CHANGES_MAX, CLAUSE_MAX, TARGETS_MAX, TITLE_MAX, Text, Where
from fregat.lib import db, wordforms
from fregat.lib.errors import Conflict, Invalid, NotFound, Sentence
from fregat.lib.text import fault_in
from staff.documents.rules import turns_round
from staff.employees.models import Employee


def lock_article(by: Employee, article_id: int) -> Article:
    """The article within what the person may see, locked until the end of the transaction. Raises NotFound."""
    if not Article.objects.visible_to(by).filter(pk=article_id).exists():
        raise NotFound()
    return db.lock(Article.objects.all(), pk=article_id)


def draft_of(article: Article) -> ArticleVersion | None:
    """The draft of a locked article."""
    return article.versions.filter(published_at=None).first()


def latest_of(article: Article) -> ArticleVersion | None:
    """The version of a locked article that was published last."""
    return article.versions.filter(published_at__isnull=False).order_by("-number").first()


def check_stands(article: Article) -> None:
    """Raises Conflict when the article was withdrawn."""
    if article.withdrawn_at is not None:
        raise Conflict(_("This article was withdrawn. Write a new one."), code="withdrawn")


def check_text(insurer_id: int | None, text: Text) -> None:
    """Raises Invalid by field: nothing empty, too long, unprintable or misleading; nothing named that is not there."""
    limits = {"title": (TITLE_MAX, False), "body": (BODY_MAX, True), "changes": (CHANGES_MAX, True)}
    errors: dict[str, Sentence] = {}
    for name, (longest, multiline) in limits.items():
        value: str = getattr(text, name)
        fault = fault_in(value, max_length=longest, multiline=multiline)
        if turns_round(value):
            fault = fault or _(
                "The text contains hidden marks that turn it round. Type it anew, or paste it as plain text."
            )
        if not value.strip() and name != "changes":
            fault = _("This must not be empty.")
        if fault:
            errors[name] = fault
    errors |= _faults_of(insurer_id, text.where)
    if errors:
        raise Invalid(errors)


def _faults_of(insurer_id: int | None, where: Where) -> dict[str, Sentence]:
    errors: dict[str, Sentence] = {}
    known = Programme.objects.filter(insurer=insurer_id, code__in=where.programmes).count()
    if known != len(where.programmes):
        errors["programmes"] = _("This insurer has no such programme.")
    if any(fault_in(one, max_length=CLAUSE_MAX, multiline=False) or not one.strip() for one in where.clauses):
        errors["clauses"] = _("A clause is written as in the rules, one in a line: п. 4.1.3 Правил.")
    if ServiceKind.objects.filter(pk__in=where.services).count() != len(where.services):
        errors["services"] = _("There is no such kind of help.")
    if Country.objects.filter(pk__in=where.countries).count() != len(where.countries):
        errors["countries"] = _("There is no country with this code.")
    for name in ("programmes", "clauses", "services", "countries"):
        if len(getattr(where, name)) > TARGETS_MAX:
            errors[name] = _(
                "Too many are named here. Leave the list empty: the article then matters everywhere."
            )
    return errors


def write(draft: ArticleVersion, text: Text) -> None:
    """Write the text into a draft, not saved yet."""
    draft.title, draft.body, draft.changes = text.title, text.body, text.changes
    draft.programmes, draft.clauses = list(text.where.programmes), list(text.where.clauses)
    draft.services, draft.countries = list(text.where.services), list(text.where.countries)


def index(version: ArticleVersion) -> None:
    """Keep the words that the saved version is found by."""
    parts = {"A": version.title, "B": " ".join(version.clauses), "C": version.body}
    vectors = [
        SearchVector(Value(wordforms.indexed(part)), weight=weight, config="simple")
        for weight, part in parts.items()
    ]
    ArticleVersion.objects.filter(pk=version.pk).update(words=vectors[0] + vectors[1] + vectors[2])


def text_of(version: ArticleVersion) -> Text:
    """The text of a version as the rules know it."""
    return Text(version.title, version.body, version.changes, version.where)

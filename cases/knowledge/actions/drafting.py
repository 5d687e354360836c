"""Preparing a version: a draft that whoever writes for the project may change until it is published."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.knowledge import permissions
from cases.knowledge.actions.rows import check_stands, check_text, draft_of, lock_article, text_of, write
from cases.knowledge.labels import KIND_LABELS, LANGUAGE_LABELS
from cases.knowledge.models import Article, ArticleVersion
from cases.knowledge.rules import Text
from fregat.lib import clock, db, notices, rights
from fregat.lib.errors import Conflict, Invalid, Sentence, Stale
from fregat.lib.rights import Role
from staff.employees.models import Employee

_SHOWN = 2_000
"""Characters of a text shown when two people have changed one draft; both whole texts are kept."""


@db.action
def create_article(
    *, by: Employee, insurer_id: int | None, kind: str, language: str, text: Text, now: datetime | None = None
) -> ArticleVersion:
    """A new article with the draft of its first version. Raises NotAllowed, Invalid (by field)."""
    permissions.check_of_insurer(by, "article.write", insurer_id)
    if kind not in KIND_LABELS:
        raise Invalid.field("kind", _("There is no such kind of article."))
    if language not in LANGUAGE_LABELS:
        raise Invalid.field("language", _("An article is written in Ukrainian or in English."))
    check_text(insurer_id, text)
    now = now or clock.now()
    article = Article.objects.create(
        insurer_id=insurer_id, kind=kind, language=language, created_by=by, created_at=now
    )
    return _begin(article, by, text, now)


@db.action
def save_draft(
    *, by: Employee, article_id: int, text: Text, revision: int = 0, now: datetime | None = None
) -> ArticleVersion:
    """Write the draft of an article's next version, begun by the first save.

    `revision`: that of the draft which the person saw, 0 when there was none. Raises NotAllowed, NotFound,
    Conflict (withdrawn), Invalid (by field), Stale (somebody has changed or begun it meanwhile).
    """
    article = lock_article(by, article_id)
    permissions.check_of_insurer(by, "article.write", article.insurer_id)
    check_stands(article)
    check_text(article.insurer_id, text)
    now = now or clock.now()
    draft = draft_of(article)
    if draft is None and revision:
        raise Stale(_("The draft that you changed was published or deleted meanwhile."), mine=_shown(text))
    if draft is None:
        return _begin(article, by, text, now)
    if draft.revision != revision:
        raise Stale(mine=_shown(text), theirs=_shown(text_of(draft)))
    write(draft, text)
    draft.edited_by, draft.edited_at, draft.revision = by, now, draft.revision + 1
    draft.save()
    return draft


@db.action
def discard_draft(*, by: Employee, article_id: int, revision: int) -> bool:
    """Delete a draft, and with it an article that never had anything else. Returns whether the article is left.

    Raises NotAllowed, NotFound, Conflict (no draft), Stale (somebody has changed it meanwhile).
    """
    article = lock_article(by, article_id)
    permissions.check_of_insurer(by, "article.write", article.insurer_id)
    draft = draft_of(article)
    if draft is None:
        raise Conflict(_("There is no draft to delete."), code="no_draft")
    if draft.revision != revision:
        raise Stale(theirs=_shown(text_of(draft)))
    notices.settle(_page_of(article.pk), now=clock.now())
    draft.delete()
    if article.versions.exists():
        return True
    article.delete()
    return False


def _begin(article: Article, by: Employee, text: Text, now: datetime) -> ArticleVersion:
    last = article.versions.aggregate(last=Max("number"))["last"] or 0
    draft = ArticleVersion(
        article=article, number=last + 1, created_by=by, created_at=now, edited_by=by, edited_at=now
    )
    write(draft, text)
    draft.save()
    if not rights.lets(by, "article.publish"):
        _propose(draft, by, now)
    return draft


def _propose(draft: ArticleVersion, by: Employee, now: datetime) -> None:
    """Whoever publishes learns that a draft waits for them."""
    heads = Employee.objects.employed().filter(role=Role.HEAD)
    notices.tell(
        heads, "article_proposed", url=_page_of(draft.article_id), about=draft.article_id, now=now,
        values={"name": by.short_name, "title": draft.title},
    )  # fmt: skip


def _page_of(article_id: int) -> str:
    return reverse("knowledge:draft", args=[article_id])


def _shown(text: Text) -> dict[str, str]:
    labels: dict[str, Sentence] = {"title": _("title"), "changes": _("what has changed"), "body": _("text")}
    return {str(label): getattr(text, name)[:_SHOWN] for name, label in labels.items()}

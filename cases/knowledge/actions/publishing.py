"""Publishing a version from a day on, and withdrawing an article: whoever helps by it is told."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.knowledge import permissions
from cases.knowledge.actions.rows import (
    check_stands,
    check_text,
    draft_of,
    index,
    latest_of,
    lock_article,
    text_of,
)
from cases.knowledge.labels import REFUSALS
from cases.knowledge.models import Article, ArticleVersion
from cases.knowledge.querysets import asked_of
from cases.knowledge.rules import REASON_MAX, refusal
from fregat.lib import clock, db, live, notices
from fregat.lib.errors import Conflict, Invalid, Stale
from fregat.lib.text import fault_in
from staff.employees.models import Employee


@db.action
def publish(
    *, by: Employee, article_id: int, revision: int, since: date | None = None, now: datetime | None = None
) -> ArticleVersion:
    """Publish the draft; it holds from `since` (today when empty), and the version before holds until then.

    The article is locked first: of two people who publish one draft the second finds none. Everybody who is asked
    to read it is told, and what they had not read of the version before asks no more. Raises NotFound, NotAllowed,
    Conflict (no draft, withdrawn), Stale (another revision of the draft), Invalid (`since`).
    """
    article = lock_article(by, article_id)
    permissions.check_of_insurer(by, "article.publish", article.insurer_id)
    check_stands(article)
    draft = draft_of(article)
    if draft is None:
        raise Conflict(_("There is no draft to publish."), code="no_draft")
    if draft.revision != revision:
        raise Stale(_("The draft was changed meanwhile. Read it again before you publish it."))
    check_text(article.insurer_id, text_of(draft))
    now = now or clock.now()
    today = clock.local(now).date()
    day = since or today
    before = latest_of(article)
    _check_day(draft, before, day, today)
    if before is not None:
        before.until = day
        before.save(update_fields=["until"])
        _ask_no_more(before, now)
    draft.published_by, draft.published_at, draft.since = by, now, day
    draft.save(update_fields=["published_by", "published_at", "since"])
    index(draft)
    notices.settle(reverse("knowledge:draft", args=[article.pk]), now=now)
    _ask(article, draft, by, now)
    return draft


def _check_day(draft: ArticleVersion, before: ArticleVersion | None, day: date, today: date) -> None:
    was, new = (text_of(before) if before else None), text_of(draft)
    same = was is not None and (was.title, was.body, was.where) == (new.title, new.body, new.where)
    refused = refusal(day, today, before.since if before else None, same=same)
    if refused is not None:
        raise Invalid.field("since", REFUSALS[refused])


def _ask(article: Article, version: ArticleVersion, by: Employee, now: datetime) -> None:
    """Tell whoever is asked to read it; the page of what has changed is where they say that they have."""
    people = list(asked_of(article).exclude(pk=by.pk))
    kind = "article_changed" if version.number > 1 else "article_new"
    notices.tell(
        people, kind, url=page_of(version), values={"title": version.title}, about=article.pk, now=now
    )
    for person in people:
        live.publish(f"employee:{person.pk}", "desk")


def _ask_no_more(version: ArticleVersion, now: datetime) -> None:
    notices.settle(page_of(version), now=now)


def page_of(version: ArticleVersion) -> str:
    """Where a version is read and acknowledged, and what its notices lead to."""
    return reverse("knowledge:changes", args=[version.article_id, version.number])


@db.action
def withdraw(*, by: Employee, article_id: int, reason: str, now: datetime | None = None) -> Article:
    """The article holds no more from now on; it stays to be read, marked, and waits for nobody.

    Raises NotFound, NotAllowed, Invalid (`reason`), Conflict (withdrawn already, never published).
    """
    article = lock_article(by, article_id)
    permissions.check_of_insurer(by, "article.publish", article.insurer_id)
    check_stands(article)
    fault = fault_in(reason, max_length=REASON_MAX)
    if fault or not reason.strip():
        raise Invalid.field("reason", fault or _("Say why it is withdrawn."))
    if latest_of(article) is None:
        raise Conflict(_("It was never published: delete the draft instead."), code="not_published")
    now = now or clock.now()
    today = clock.local(now).date()
    for version in article.versions.published():
        if version.until is None or version.until > today:
            version.until = max(today, version.since or today)
            version.save(update_fields=["until"])
            _ask_no_more(version, now)
    article.withdrawn_at, article.withdrawn_by, article.withdrawn_why = now, by, reason
    article.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    for pk in asked_of(article).values_list("pk", flat=True):
        live.publish(f"employee:{pk}", "desk")
    return article

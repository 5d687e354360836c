"""Reading: the list, the search, an article, what has changed, who has read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.knowledge import actions, permissions, selectors
from cases.knowledge.forms import PublishForm, SearchForm, ShelfFilter, WithdrawForm
from cases.knowledge.views import choices
from fregat.lib import clock, rights
from fregat.lib.middleware import is_htmx


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """`/knowledge/`: what the person may read, by insurer; filters in the address."""
    user, now = request.user, clock.now()
    filters = ShelfFilter(request.GET, choices=choices.of_filters(user))
    chosen = filters.chosen()
    context = {
        "shelf": selectors.shelf(user, now, clock.local(now).date(), **chosen), "filters": filters,
        "filtered": any(chosen.values()), "may_write": rights.lets(user, "article.write"),
        "sees_receipts": rights.lets(user, "article.receipts"),
        "waiting": [] if is_htmx(request) else selectors.waiting(user), "today": clock.local(now).date(),
    }  # fmt: skip
    return render(
        request, "knowledge/_shelf.html" if is_htmx(request) else "knowledge/articles.html", context
    )


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """By words in any form, within the filters (POST: what people look for stays out of addresses)."""
    user, now = request.user, clock.now()
    filters = ShelfFilter(request.POST, choices=choices.of_filters(user))
    form = SearchForm(request.POST)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    chosen = {name: value for name, value in filters.chosen().items() if name != "state"}
    fault = " ".join(form.errors.get("q", []))
    if not text and not fault:
        address = reverse("knowledge:articles")
        shelf = selectors.shelf(user, now, clock.local(now).date(), **filters.chosen())
        context = {
            "shelf": shelf, "filters": filters, "filtered": any(filters.chosen().values()),
            "may_write": rights.lets(user, "article.write"), "today": clock.local(now).date(),
        }  # fmt: skip
        return render(request, "knowledge/_shelf.html", context) if is_htmx(request) else redirect(address)
    found = [] if fault else selectors.find(user, text, clock.local(now).date(), **chosen)
    context = {"found": found, "text": text, "fault": fault, "filters": filters}
    name = "knowledge/_found.html" if is_htmx(request) else "knowledge/found.html"
    return render(request, name, context)


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that holds, else the one nearest to it."""
    return draw(request, _page(request, pk))


@require_safe
def version(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """One version."""
    return draw(request, _page(request, pk, edition))


def _page(request: HttpRequest, pk: int, edition: int | None = None) -> selectors.ArticlePage:
    return selectors.article_page(request.user, pk, clock.local(clock.now()).date(), edition)


def draw(
    request: HttpRequest, page: selectors.ArticlePage, *, publishing: PublishForm | None = None,
    withdrawing: WithdrawForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of a version; a form that was refused opens its dialog again."""
    user, row, stands = request.user, page.version, page.article.withdrawn_at is None
    state, tone = row.state_on(page.today)
    publishes = permissions.can(user, "article.publish", page.article)
    sees = not row.is_draft and rights.lets(user, "article.receipts")
    context: dict[str, Any] = {
        "page": page, "version": row, "article": page.article, "state": state, "tone": tone,
        "versions": [(one, *one.state_on(page.today)) for one in page.versions],
        "asks": waits(request, row),
        "may_write": stands and permissions.can(user, "article.write", page.article),
        "may_publish": stands and publishes and row.is_draft,
        "may_withdraw": stands and publishes and not row.is_draft,
        "sees_receipts": sees,
        "one": selectors.lacking_of(user, row, clock.now()) if sees and row.until is None else None,
        "reminds": rights.lets(user, "article.remind"),
        "publishing": publishing or PublishForm(initial={"revision": row.revision}),
        "withdrawing": withdrawing or WithdrawForm(), "opened": publishing or withdrawing,
    }  # fmt: skip
    return render(request, "knowledge/article.html", context, status=status)


def waits(request: HttpRequest, row: Any) -> bool:
    """Is the person asked to read this version, and has not said that they have?"""
    asked = row.until is None and not row.is_draft and row.published_by_id != request.user.pk
    return bool(asked and row.read_at is None and rights.lets(request.user, "article.acknowledge"))


@require_safe
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """The article that holds, to be read beside a case or a call without leaving it."""
    page = _page(request, pk)
    context = {
        "page": page,
        "version": page.version,
        "article": page.article,
        "asks": waits(request, page.version),
    }
    return render(request, "knowledge/_beside.html", context)


@require_safe
def changes(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """What a version changes, against what the person read last or `?with=2`; acknowledged there by one key."""
    other = request.GET.get("with", "")
    number = int(other) if other.isascii() and other.isdigit() and len(other) < 6 else None
    found = selectors.changes_of(request.user, pk, edition, number)
    asks = waits(request, found.new)
    waiting = [row for row in selectors.waiting(request.user) if row.pk != found.new.pk]
    context = {
        "changes": found,
        "version": found.new,
        "article": found.new.article,
        "asks": asks,
        "next": waiting[0] if waiting else None,
    }
    name = "knowledge/_changes.html" if is_htmx(request) else "knowledge/changes.html"
    return render(request, name, context)


@require_POST
def acknowledge(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """«I have read it»: one key. Leads on to the next one that waits."""
    actions.acknowledge(by=request.user, article_id=pk, number=edition)
    waiting = selectors.waiting(request.user)
    if waiting:
        messages.success(request, _("Noted. The next one waits."))
        target = reverse("knowledge:changes", args=[waiting[0].article_id, waiting[0].number])
    else:
        messages.success(request, _("Noted. You have read everything that was asked of you."))
        target = reverse("knowledge:article", args=[pk])
    return HttpResponse(status=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


@require_safe
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read what the article asks to be read, and who has not."""
    now = clock.now()
    page = _page(request, pk)
    asked = next((row for row in page.versions if not row.is_draft and row.until is None), None)
    context = {
        "article": page.article, "version": asked, "shown": page.version,
        "one": selectors.lacking_of(request.user, asked, now) if asked else None,
        "rows": selectors.readers_of(request.user, asked, now) if asked else [],
        "reminds": rights.lets(request.user, "article.remind"),
    }  # fmt: skip
    return render(request, "knowledge/receipts.html", context)

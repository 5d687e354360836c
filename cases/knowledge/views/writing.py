"""Preparing a version, publishing it, withdrawing an article."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.knowledge import actions, permissions, selectors
from cases.knowledge.forms import DiscardForm, DraftForm, PublishForm, WithdrawForm, initial_of, typed
from cases.knowledge.models import ArticleVersion
from cases.knowledge.rules import BODY_MAX
from cases.knowledge.views import choices
from cases.knowledge.views.reading import draw
from fregat.lib import clock, drafts, markdown
from fregat.lib.errors import Conflict, Invalid, Stale
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx

NEW_DRAFT = "article-new"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new article with the draft of its first version."""
    options: dict[str, Any] = {**choices.of_draft(request.user), "first": True}
    if request.method != "POST":
        kept = drafts.initial(request.user.pk, NEW_DRAFT)
        return _form(request, DraftForm(initial=typed(kept), **options), NEW_DRAFT)
    form = DraftForm(request.POST, **options)
    if form.is_valid():
        about = {"kind": form.cleaned_data["kind"], "language": form.cleaned_data["language"]}
        try:
            made = actions.create_article(
                by=request.user, insurer_id=form.insurer_id(), text=form.text(), **about
            )
        except Invalid as refused:
            add_errors(form, refused)
        else:
            return _saved(request, made, NEW_DRAFT)
    return _form(request, form, NEW_DRAFT, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of an article's next version; until it is saved, the text that holds to begin from."""
    page = selectors.article_page(request.user, pk, clock.local(clock.now()).date())
    permissions.check_of_insurer(request.user, "article.write", page.article.insurer_id)
    source = page.draft or page.versions[0]
    name = f"article-{pk}"
    options: dict[str, Any] = {
        **choices.of_draft(request.user, page.article),
        "first": source.number == 1 and source.is_draft,
    }
    if request.method != "POST":
        kept = typed(drafts.initial(request.user.pk, name))
        return _form(request, DraftForm(initial=initial_of(source) | kept, **options), name, source)
    form = DraftForm(request.POST, **options)
    if form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            saved = actions.save_draft(by=request.user, article_id=pk, text=form.text(), revision=revision)
        except Invalid as refused:
            add_errors(form, refused)
        except Stale as stale:
            return _stale(request, form, name, source, stale)
        else:
            return _saved(request, saved, name)
    return _form(request, form, name, source, status=400)


def _form(
    request: HttpRequest, form: DraftForm, name: str, source: ArticleVersion | None = None, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "draft_name": name, "source": source, **more}
    return render(request, "knowledge/draft.html", context, status=status)


def _stale(
    request: HttpRequest, form: DraftForm, name: str, source: ArticleVersion, stale: Stale
) -> HttpResponse:
    """Both versions side by side; sent again, the person's own wins over the one shown."""
    today = clock.local(clock.now()).date()
    fresh = selectors.article_page(request.user, source.article_id, today).draft
    data = form.data.copy()
    data["revision"] = str(fresh.revision if fresh else 0)
    form.data = data
    return _form(request, form, name, source, status=409, stale=stale)


def _saved(request: HttpRequest, row: ArticleVersion, name: str) -> HttpResponse:
    drafts.clear(request.user.pk, name)
    messages.success(request, _("The draft is saved. Nobody reads it until it is published."))
    return redirect("knowledge:version", row.article_id, row.number)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will be read; nothing is kept."""
    body = request.POST.get("body", "").replace("\x00", "")
    html = markdown.render(body) if len(body) <= BODY_MAX else ""
    return render(request, "documents/_preview.html", {"html": html, "too_long": len(body) > BODY_MAX})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the draft."""
    form = DiscardForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    left = actions.discard_draft(by=request.user, article_id=pk, revision=revision)
    drafts.clear(request.user.pk, f"article-{pk}")
    messages.success(request, _("The draft is deleted."))
    target = reverse("knowledge:article", args=[pk]) if left else reverse("knowledge:articles")
    return HttpResponse(status=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the draft from a day on; whoever helps by it is told."""
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            row = actions.publish(by=request.user, article_id=pk, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Published. Those who help by it are asked to read it."))
            return redirect("knowledge:version", pk, row.number)
    page = selectors.article_page(request.user, pk, clock.local(clock.now()).date())
    if page.draft is None:
        raise Conflict(_("There is no draft to publish."), code="no_draft")
    shown = selectors.article_page(request.user, pk, page.today, page.draft.number)
    return draw(request, shown, publishing=form, status=400)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the article, with the reason."""
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(by=request.user, article_id=pk, reason=form.cleaned_data["reason"])
        except Invalid as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Withdrawn."))
            return redirect("knowledge:article", pk)
    page = selectors.article_page(request.user, pk, clock.local(clock.now()).date())
    return draw(request, page, withdrawing=form, status=400)

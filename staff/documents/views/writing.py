"""Preparing a version and bringing it into force: the head and the director."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fregat.lib import clock, drafts, markdown
from fregat.lib.errors import Conflict, Invalid, Stale
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.documents import actions, selectors
from staff.documents.forms import DiscardForm, DraftForm, OrderForm, initial_of, typed
from staff.documents.models import DocumentVersion
from staff.documents.orders import consequences
from staff.documents.rules import BODY_MAX

NEW_DRAFT = "document-new"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new document with the draft of its first version."""
    people = selectors.people_to_choose()
    if request.method != "POST":
        kept = drafts.initial(request.user.pk, NEW_DRAFT)
        return _form(request, DraftForm(new=True, first=True, people=people, initial=typed(kept)), NEW_DRAFT)
    form = DraftForm(request.POST, new=True, first=True, people=people)
    if form.is_valid():
        try:
            made = actions.create_document(by=request.user, kind=form.cleaned_data["kind"], text=form.text())
        except Invalid as refused:
            add_errors(form, refused)
        else:
            return _saved(request, made, NEW_DRAFT)
    return _form(request, form, NEW_DRAFT, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a document's next version; until it is saved, the text in force to begin from."""
    page = selectors.version_page(request.user, pk)
    source = page.draft or page.version
    name = f"document-{pk}"
    options: dict[str, Any] = {
        "people": selectors.people_to_choose(text=source), "first": source.number == 1 and page.draft is not None,
    }  # fmt: skip
    if request.method != "POST":
        kept = typed(drafts.initial(request.user.pk, name))
        return _form(request, DraftForm(initial=initial_of(source) | kept, **options), name, source)
    form = DraftForm(request.POST, **options)
    if form.is_valid():
        try:
            saved = actions.save_draft(
                by=request.user, document_id=pk, text=form.text(), revision=form.cleaned_data["revision"] or 0
            )
        except Invalid as refused:
            add_errors(form, refused)
        except Stale as stale:
            return _stale(request, form, name, source, stale)
        else:
            return _saved(request, saved, name)
    return _form(request, form, name, source, status=400)


def _form(
    request: HttpRequest, form: DraftForm, name: str, source: DocumentVersion | None = None, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "draft_name": name, "source": source, **more}
    return render(request, "documents/draft.html", context, status=status)


def _stale(
    request: HttpRequest, form: DraftForm, name: str, source: DocumentVersion, stale: Stale
) -> HttpResponse:
    """Both versions side by side; sent again, the person's own wins over the one shown."""
    fresh = selectors.version_page(request.user, source.document_id).draft
    data = form.data.copy()
    data["revision"] = str(fresh.revision if fresh else 0)
    form.data = data
    return _form(request, form, name, source, status=409, stale=stale)


def _saved(request: HttpRequest, row: DocumentVersion, name: str) -> HttpResponse:
    drafts.clear(request.user.pk, name)
    messages.success(request, _("The draft is saved. It comes into force by the director's order."))
    return redirect("documents:version", row.document_id, row.number)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will be read; nothing is kept."""
    body = request.POST.get("body", "").replace("\x00", "")
    html = markdown.render(body) if len(body) <= BODY_MAX else ""
    return render(request, "documents/_preview.html", {"html": html, "too_long": len(body) > BODY_MAX})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the draft."""
    selectors.get_document(request.user, pk)
    form = DiscardForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    left = actions.discard_draft(by=request.user, document_id=pk, revision=revision)
    drafts.clear(request.user.pk, f"document-{pk}")
    messages.success(request, _("The draft is deleted."))
    target = reverse("documents:document", args=[pk]) if left else reverse("documents:documents")
    return HttpResponse(status=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The director's order about the draft: what it will do, then the order itself (JD X.2)."""
    page = selectors.version_page(request.user, pk)
    if page.draft is None:
        raise Conflict(_("There is no draft to order."), code="no_draft")
    today = clock.local(clock.now()).date()
    if request.method != "POST":
        form = OrderForm(initial={"signed_on": today, "revision": page.draft.revision})
        return _order_form(request, form, page.draft)
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            paper = actions.order_version(by=request.user, document_id=pk, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        except Conflict as refused:
            form.add_error(None, str(refused.sentence))
            return _order_form(request, form, page.draft, status=409)
        else:
            messages.success(request, _("Order № %(number)s is issued.") % {"number": paper.number})
            return redirect("documents:version", pk, page.draft.number)
    return _order_form(request, form, page.draft, status=400)


def _order_form(
    request: HttpRequest, form: OrderForm, row: DocumentVersion, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "draft": row, "consequences": consequences(row)}
    return render(request, "documents/order.html", context, status=status)

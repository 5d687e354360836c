"""Reading and signing: the shelf, a version, what it changes, its very text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock, rights
from fregat.lib.errors import Invalid
from fregat.lib.files import download
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.documents import actions, selectors
from staff.documents.forms import ShelfFilter, SignForm
from staff.documents.rules import signed_text
from staff.employees.models import Order


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """`/documents/`: what waits for me, and every document that I may read."""
    filters = ShelfFilter(request.GET)
    waiting = selectors.waiting(request.user, clock.now())
    context = {
        "waiting": waiting,
        "unsigned": {row.pk for row in waiting.versions},
        "shelf": selectors.shelf(request.user, **filters.chosen()),
        "filters": filters,
        "filtered": any(filters.chosen().values()),
        "may_write": rights.lets(request.user, "document.write"),
    }
    name = "documents/_shelf.html" if is_htmx(request) else "documents/documents.html"
    return render(request, name, context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The version in force, else the one nearest to it."""
    return _draw(request, selectors.version_page(request.user, pk))


@require_safe
def version(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """One version: its text, its facts, my signature."""
    return _draw(request, selectors.version_page(request.user, pk, edition))


def _draw(request: HttpRequest, page: selectors.VersionPage, form: SignForm | None = None) -> HttpResponse:
    user, now = request.user, clock.now()
    context: dict[str, Any] = {
        "page": page,
        "version": page.version,
        "form": form or SignForm(),
        "may_write": rights.lets(user, "document.write"),
        "may_order": rights.lets(user, "document.order"),
        "sees_signatures": rights.lets(user, "document.signatures"),
        "sees_order": Order.objects.visible_to(user, now).filter(pk=page.version.order_id).exists(),
        "waiting": selectors.waiting(user, now) if page.may_sign else None,
    }
    name = "documents/_signing.html" if form and is_htmx(request) else "documents/version.html"
    return render(request, name, context, status=400 if form else 200)


@require_POST
def sign(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """Sign with the password, or a code of the second factor, again (A4)."""
    page = selectors.version_page(request.user, pk, edition)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, form)
    try:
        actions.sign(by=request.user, version_id=page.version.pk, secret=form.cleaned_data["secret"])
    except Invalid as refused:
        add_errors(form, refused)
        return _draw(request, page, form)
    messages.success(request, _("Signed: “%(title)s”, version %(number)s.") % _named(page))
    target = reverse("documents:version", args=[pk, edition])
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _named(page: selectors.VersionPage) -> dict[str, Any]:
    return {"title": page.version.title, "number": page.version.number}


@require_safe
def changes(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """What a version changes, against the one before or `?with=2`."""
    other = request.GET.get("with", "")
    found = selectors.changes_of(
        request.user,
        pk,
        edition,
        int(other) if other.isascii() and other.isdigit() and len(other) < 6 else None,
    )
    name = "documents/_changes.html" if is_htmx(request) else "documents/changes.html"
    return render(request, name, {"changes": found, "version": found.new})


@require_safe
def text(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """The very bytes whose fingerprint stands beside each signature, as a file."""
    row = selectors.version_page(request.user, pk, edition).version
    name = f"document-{pk}-{edition}.md"
    return download(signed_text(row.title, row.body).encode(), "text/markdown; charset=utf-8", name)

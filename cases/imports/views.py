"""`/imports/`: lists of insured persons; one of them. The page and its update share one fragment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.imports import actions, permissions, selectors
from cases.imports.forms import ColumnsForm, FilterForm, ListForm
from cases.imports.labels import (
    FIELD_LABELS,
    STATUS_LABELS,
    STATUS_TONES,
    attention_text,
    failure_text,
    lacking_words,
)
from cases.imports.models import Batch
from cases.imports.rules import last_day, missing
from cases.imports.statuses import Status
from cases.insurance.models import Insurer
from cases.privacy.actions import record_look
from fregat.lib import clock, files, rights, sheets
from fregat.lib.errors import Conflict, DomainError, Invalid, NotAllowed
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx

SHOWN = 50
"""Lists on a page, and faults of a list."""


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """All lists that I may see, the latest first; filters in the address."""
    mine = Insurer.objects.visible_to(request.user)
    form = FilterForm(request.GET, insurers=mine, statuses=STATUS_LABELS.items())
    found = selectors.lists(request.user)
    if form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if value}
        found = found.filter(**asked)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: SHOWN + 1])
    more = ""
    if len(rows) > SHOWN:
        query = request.GET.copy()
        query["before"] = str(rows[SHOWN - 1].pk)
        more = f"{reverse('imports:lists')}?{query.urlencode()}"
    context = {
        "form": form, "rows": [(row, STATUS_TONES[row.status]) for row in rows[:SHOWN]], "more": more,
        "may_import": rights.lets(request.user, "list.import"),
    }  # fmt: skip
    return render(request, "imports/_lists.html" if is_htmx(request) else "imports/lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A list that came: the file, whose it is, what it is."""
    mine = Insurer.objects.visible_to(request.user)
    sent = request.method == "POST"
    form = ListForm(request.POST, request.FILES, insurers=mine) if sent else ListForm(insurers=mine)
    status = 200
    if sent:
        status = 400
        if form.is_valid():
            asked = form.cleaned_data
            try:
                batch = actions.receive(
                    by=request.user, insurer=asked["insurer"], mode=asked["mode"], upload=asked["file"],
                    list_date=asked["list_date"],
                )  # fmt: skip
                return _to(request, batch.pk)
            except Invalid as refused:
                add_errors(form, refused)
            except Conflict as refused:
                form.add_error(None, str(refused.sentence))
                status = refused.status
    template = "imports/_new.html" if is_htmx(request) else "imports/new.html"
    return render(request, template, {"form": form}, status=status)


def _to(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page of the list, as a whole."""
    page = reverse("imports:list", args=[pk])
    return HttpResponse(status=204, headers={"HX-Redirect": page}) if is_htmx(request) else redirect(page)


@never_cache
@require_safe
def list_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its state, what was understood, what is wrong, what can be done."""
    return _page(request, selectors.get_list(request.user, pk))


def _page(
    request: HttpRequest,
    batch: Batch,
    *,
    form: ColumnsForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    context = _facts(request, batch)
    if not permissions.is_running(batch):
        sample, (wrong, totals) = selectors.sample(batch), selectors.what_is_wrong(batch, shown=SHOWN)
        if sample or wrong:
            _look(request, batch, "", now)
        context |= {"sample": sample, "faults": wrong, "totals": totals}
    if batch.status == Status.PREVIEW:
        context["columns"] = form or ColumnsForm(batch=batch)
    context |= {
        "refused": refused,
        "may_import": rights.lets(request.user, "list.import"),
        "why_not_apply": permissions.why_not_apply(request.user, batch),
        "why_not_undo": permissions.why_not_undo(request.user, batch),
    }
    return render(request, "imports/list.html", context, status=status)


def _facts(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    return {
        "batch": batch,
        "tone": STATUS_TONES[batch.status],
        "attention": attention_text(batch.attention, batch.mapping),
        "lacking": lacking_words(missing(batch.mapping, batch.mode, batch.defaults))
        if batch.asks_columns
        else "",
        "failure": failure_text(batch.failure, batch.failure_place),
        "progress": selectors.progress(batch),
        "running": permissions.is_running(batch),
        "read_as": _read_as(batch),
    }


def _read_as(batch: Batch) -> list[tuple[str, Any]]:
    """Heading, in what words it was understood: "" for what is left out, a dash where that is asked."""
    asked = last_day(batch.mapping, batch.mode) if batch.attention == "last_day" else None
    words = FIELD_LABELS | {"": ""}
    return [(one, "–" if one == asked else words[batch.mapping.get(one, "")]) for one in batch.headings]


@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is: a fragment; when it is over the whole page comes anew."""
    batch = selectors.get_list(request.user, pk)
    if permissions.is_running(batch) or not is_htmx(request):
        return render(request, "imports/_progress.html", _facts(request, batch))
    return _to(request, pk)


@never_cache
@require_safe
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of faults: the rows as they came, and what is wrong with each."""
    now = clock.now()
    batch = selectors.get_list(request.user, pk)
    table = sheets.write_csv(selectors.fault_table(batch))
    _look(request, batch, "download", now)
    return files.download(table, sheets.TYPES["csv"], f"{batch.file_name.rsplit('.', 1)[0]}-faults.csv")


@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which: the list is read anew by that."""
    batch = selectors.get_list(request.user, pk)
    form = ColumnsForm(request.POST, batch=batch)
    if not form.is_valid():
        return _page(request, batch, form=form, status=400)
    try:
        actions.name_columns(by=request.user, batch=batch, mapping=form.chosen, defaults=form.held)
    except Invalid as refused:
        add_errors(form, refused)
        return _page(request, batch, form=form, status=400)
    except (Conflict, NotAllowed) as refused:
        return _refused(request, pk, refused)
    return redirect("imports:list", pk)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it written."""
    return _done(request, pk, actions.apply)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    return _done(request, pk, actions.undo)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it aside."""
    return _done(request, pk, actions.discard)


def _done(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    batch = selectors.get_list(request.user, pk)
    try:
        action(by=request.user, batch=batch)
    except (Conflict, NotAllowed, Invalid) as refused:
        return _refused(request, pk, refused)
    return redirect("imports:list", pk)


def _refused(request: HttpRequest, pk: int, refused: DomainError) -> HttpResponse:
    """The page as it is now, with the sentence."""
    batch = selectors.get_list(request.user, pk)
    return _page(request, batch, refused=str(refused.sentence), status=refused.status)


def _look(request: HttpRequest, batch: Batch, action: str, now: datetime) -> None:
    record_look(
        by=request.user, kind="import", objects=[batch.uuid], part="list", action=action,
        ground=permissions.ground(request.user), request=request, now=now,
    )  # fmt: skip

"""The page of a case, its update in place, its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.casework import permissions, selectors
from cases.casework.labels import FIELD_LABELS, shown
from cases.casework.models import Case
from cases.casework.views import composers, page
from cases.privacy.actions import record_look
from fregat.lib.once import moment

_TOLD_AFTER = "new"


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The whole page."""
    now = moment()
    row = selectors.get_whole(request.user, number, composers.drafts_of(number), now=now)
    context = page.of(request, row, now)
    may = context["may"]
    works = may["case_work"]
    context["composers"] = composers.of(row, now, works=works) if may["case_add"] else []
    if _TOLD_AFTER in request.GET and row.opened_by_id == request.user.pk:
        context["registered"] = row.registered_at is not None
        context["duplicates"] = _duplicates(request, row, now)
    return render(request, "casework/case.html", context)


def _duplicates(request: HttpRequest, row: Case, now: datetime) -> list[Case]:
    found = selectors.duplicates(row, user=request.user, now=now)
    uuids = [other.uuid for other in found]
    record_look(
        by=request.user, kind="case", objects=uuids, part="list", ground="call", request=request, now=now
    )
    return found


@require_safe
def update(request: HttpRequest, number: str) -> HttpResponse:
    """Every part of the page that changes, for swapping in place."""
    now = moment()
    row = selectors.get_case(request.user, number, now=now, chain=selectors.CHAIN)
    return render(request, "casework/_update.html", page.of(request, row, now))


def updated(
    request: HttpRequest, number: str, template: str = "casework/_update.html", **more: Any
) -> HttpResponse:
    """The answer to whatever was done on the case: its parts as they are now, and `case-saved`.

    Who lost sight of the case by their own act (gave it away) is taken to the list.
    """
    now = moment()
    row = Case.objects.seen_by(request.user, now).for_reading().filter(number=number).first()
    if row is None:
        return HttpResponse(status=204, headers={"HX-Redirect": "/cases/"})
    response = render(request, template, {**page.of(request, row, now), **more})
    response["HX-Trigger"] = "case-saved"
    return response


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """What was changed: old and new value of each field, the latest first."""
    now = moment()
    row = selectors.get_case(request.user, number, now=now)
    reading = permissions.reading(request.user)
    revisions = selectors.history(row)
    record_look(
        by=request.user, kind="case", objects=[row.uuid], part=reading.part_of_history("history", revisions),
        ground=row.ground, request=request, now=now,
    )  # fmt: skip
    lines = [
        {
            "at": revision.at, "who": revision.by.short_name if revision.by else page.PROGRAM,
            "label": FIELD_LABELS.get(change.name, change.name),
            "old": reading.value("case", change.name, shown(change.old)),
            "new": reading.value("case", change.name, shown(change.new)),
        }
        for revision in revisions
        for change in revision.changes
    ]  # fmt: skip
    return render(request, "casework/_history.html", {"history": lines, "case": row})

"""A new instruction; what is typed is kept until it is sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fregat.lib import clock, drafts
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.tasks import actions, selectors
from staff.tasks.forms import DRAFT, GiveForm
from staff.tasks.models import Instruction


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/tasks/new/`: what, to whom, by when; what is typed is kept until it is sent."""
    user, now = request.user, clock.now()
    people = selectors.people(user, now)
    if request.method != "POST":
        kept = drafts.initial(user.pk, DRAFT)
        form = GiveForm(people=people, now=now, to=request.GET.get("to", ""))
        form.initial = {
            **form.initial,
            **{name: kept[name] for name in ("text", "to", "due_at") if kept.get(name)},
        }
        return _new(request, form)
    form = GiveForm(request.POST, people=people, now=now)
    if not form.is_valid():
        return _new(request, form, 400)
    try:
        given = actions.give(by=user, **form.plan())
    except Invalid as refused:
        add_errors(form, refused)
        return _new(request, form, 400)
    drafts.clear(user.pk, DRAFT)
    return _given(request, given)


def _new(request: HttpRequest, form: GiveForm, status: int = 200) -> HttpResponse:
    template = "tasks/_new.html" if is_htmx(request) else "tasks/new.html"
    return render(request, template, {"form": form, "draft": DRAFT}, status=status)


def _given(request: HttpRequest, given: Instruction) -> HttpResponse:
    count = given.assignments.count()
    messages.success(
        request,
        ngettext(
            "The instruction was given to %(count)d person.",
            "The instruction was given to %(count)d people.",
            count,
        )
        % {"count": count},
    )
    return _to(request, reverse("tasks:tasks") + "?view=given")


def _to(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page, from a script too."""
    if not is_htmx(request):
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response

"""Pages of the ground: a form's draft, a person's notices, the developers' gallery of components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, drafts, gallery, notices
from fregat.lib.errors import Invalid
from fregat.lib.middleware import is_htmx


@require_POST
def draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep (or, emptied, forget) the draft of this person's form. Answers 204."""
    try:
        drafts.save(employee_id=request.user.pk, form=form, fields=request.POST, now=clock.now())
    except ValueError:
        raise Invalid({"draft": _("This text cannot be kept as a draft.")}) from None
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices_page(request: HttpRequest) -> HttpResponse:
    """What I was told, the newest first; POST: I have read all of it."""
    if request.method == "POST":
        notices.read(request.user.pk, now=clock.now())
        if not is_htmx(request):
            return redirect("lib:notices")
    template = "lib/_notices.html" if is_htmx(request) else "lib/notices.html"
    return render(request, template, {"lines": notices.latest(request.user, clock.now())})


@never_cache
@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell in the bar: how many notices are not read."""
    return render(request, "lib/_bell.html")


@require_POST
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """I have read this one: on to what it is about."""
    now = clock.now()
    notices.read(request.user.pk, notice_id, now=now)
    return redirect(notices.address(request.user, notice_id, now))


def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page, to look at and to run axe on (only with DEBUG)."""
    return render(request, "lib/components.html", gallery.context(clock.now()))

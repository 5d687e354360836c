"""One's own calendar: shifts, wishes, hours, and the secret address that a telephone reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock
from fregat.lib.errors import Invalid, NotFound
from shifts.roster import actions, selectors
from shifts.roster.forms import WishForm

_ID_DIGITS = 9


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My shifts, my wishes, my hours."""
    return _page(request, WishForm())


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Say what I wish of some days."""
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        actions.say_wish(by=request.user, **form.cleaned_data)
    except Invalid as refused:
        form.add_refusal(refused)
        return _page(request, form, refused.status)
    messages.success(request, _("Written down: whoever plans your shifts sees it."))
    return redirect("roster:mine")


@require_POST
def wish_withdraw(request: HttpRequest) -> HttpResponse:
    """I do not wish it any more."""
    text = request.POST.get("wish", "")
    if not (text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS):
        raise NotFound()
    actions.withdraw_wish(by=request.user, wish_id=int(text))
    messages.success(request, _("Withdrawn."))
    return redirect("roster:mine")


@require_POST
@never_cache
def calendar_key(request: HttpRequest) -> HttpResponse:
    """A new secret address of my calendar, shown this once; the one before answers no more."""
    secret = actions.make_calendar_key(by=request.user)
    address = request.build_absolute_uri(f"{reverse('roster:calendar')}?key={secret}")
    return _page(request, WishForm(), address=address)


@require_POST
def calendar_withdraw(request: HttpRequest) -> HttpResponse:
    """The address of my calendar answers no more."""
    actions.withdraw_calendar_key(by=request.user)
    messages.success(request, _("The address of your calendar answers no more."))
    return redirect("roster:mine")


@require_safe
@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """My published shifts for whoever has the secret, which stands in the query: logs leave that out."""
    content = selectors.calendar(request.GET.get("key", ""), now=clock.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _page(request: HttpRequest, form: WishForm, status: int = 200, address: str = "") -> HttpResponse:
    found = selectors.mine(request.user, now=clock.now())
    context = {"mine": found, "form": form, "address": address}
    return render(request, "roster/mine.html", context, status=status)

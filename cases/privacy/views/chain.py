"""Is the log whole: the chain, its anchors, verifications. No looks and no persons are shown here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.privacy import actions
from cases.privacy.selectors import state
from cases.privacy.views.tabs import tabs
from fregat.lib import clock
from fregat.lib.middleware import is_htmx


@never_cache
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """The head of the chain, what waits for a seal, the last anchors and verifications."""
    context = {"state": state.of_log(now=clock.now()), "tabs": tabs(request)}
    return render(request, "privacy/_chain.html" if is_htmx(request) else "privacy/chain.html", context)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Have the chain gone through; the page tells when it is done."""
    actions.ask_verification(by=request.user)
    messages.success(request, _("The verification has begun: the result appears here by itself."))
    return redirect("privacy:chain")

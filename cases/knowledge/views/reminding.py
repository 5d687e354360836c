"""Who has not read: the list over all articles, and the button that reminds them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases.knowledge import actions, selectors
from fregat.lib import clock, rights
from fregat.lib.middleware import is_htmx


@require_safe
def lacking(request: HttpRequest) -> HttpResponse:
    """`/knowledge/lacking/`: each article that somebody in sight has not read, with their names."""
    rows = selectors.lacking(request.user, clock.now())
    context = {"rows": rows, "reminds": rights.lets(request.user, "article.remind"), "titled": True}
    return render(request, "knowledge/lacking.html", context)


@require_POST
def remind(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """«Нагадати»: a notice to each who has not read it. From the list (`titled`) back to the list."""
    told = actions.remind(by=request.user, article_id=pk, number=edition)
    if told:
        text = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", told) % {"n": told}
        messages.success(request, text)
    else:
        messages.info(
            request, _("Nobody was left to be reminded: they have read it, or were reminded within the hour.")
        )
    titled = "titled" in request.POST
    if not is_htmx(request):
        return redirect("knowledge:lacking") if titled else redirect("knowledge:receipts", pk)
    page = selectors.article_page(request.user, pk, clock.local(clock.now()).date(), edition)
    found = selectors.lacking_of(request.user, page.version, clock.now())
    context = {"one": found, "reminds": True, "titled": titled, "told": True}
    return render(request, "knowledge/_lacking.html", context)

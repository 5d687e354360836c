"""Pages of the ground: keeping a form's draft, and the developers' gallery of components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fregat.lib import clock, drafts, gallery
from fregat.lib.errors import Invalid


@require_POST
def draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep (or, emptied, forget) the draft of this person's form. Answers 204."""
    try:
        drafts.save(employee_id=request.user.pk, form=form, fields=request.POST, now=clock.now())
    except ValueError:
        raise Invalid({"draft": _("This text cannot be kept as a draft.")}) from None
    return HttpResponse(status=204)


def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page, to look at and to run axe on (only with DEBUG)."""
    return render(request, "lib/components.html", gallery.context(clock.now()))

"""Tabs of the room: each person sees those that the matrix opens to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import rights

TABS = (
    ("privacy:mine", _("My looks")),
    ("privacy:log", _("Access log")),
    ("privacy:find", _("Who looked")),
    ("privacy:findings", _("To be explained")),
    ("privacy:chain", _("Wholeness of the log")),
)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of the person, the current one marked."""
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        {"url": reverse(route), "label": label, "current": route == here}
        for route, label in TABS
        if rights.lets(request.user, rights.action_of(route, "GET"))
    ]

"""Badge of a request's state, and the words of its fall."""

from __future__ import annotations

from typing import Any

from django import template

from fregat.lib.templatetags.ui import mark
from shifts.exchange.labels import FALLS, STATE_LABELS, STATE_TONES
from shifts.exchange.models import Exchange
from shifts.exchange.statuses import State

register = template.Library()


@mark(register)
def exchange_state(row: Exchange) -> dict[str, Any]:
    """How far it is."""
    return {"label": STATE_LABELS[row.state], "css": f"tone-{STATE_TONES[State(row.state)]}"}


@register.simple_tag
def fall_of(row: Exchange) -> str:
    """Why it fell."""
    return str(FALLS[row.fallen_why])

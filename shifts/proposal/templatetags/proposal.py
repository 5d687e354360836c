"""The state of a proposal as a badge."""

from __future__ import annotations

from typing import Any

from django import template

from fregat.lib.templatetags.ui import badge, mark
from shifts.proposal.labels import STATE_LABELS, STATE_TONES
from shifts.proposal.models import Proposal

register = template.Library()


@mark(register)
def proposal_state(row: Proposal) -> dict[str, Any]:
    """Where it stands, in a word, a tone and a sign."""
    tone, sign = STATE_TONES[row.state]
    found: dict[str, Any] = badge(STATE_LABELS[row.state], tone, sign)
    return found

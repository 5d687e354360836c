"""Badges and titles of the check and the handover: each code with its word and tone."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cases.casework.labels import STATUS_LABELS
from cases.casework.models import Case
from cases.casework.statuses import Status
from cases.handover.labels import DECISION_LABELS, HOP_LABELS, SERIOUS_LABELS, SERIOUS_TONES
from cases.handover.models import CheckDecision, Handover, HandoverHop
from cases.handover.rules import Decision, Hop, Serious
from cases.handover.selectors import Card, Item
from fregat.lib.templatetags.ui import mark

register = template.Library()

_TONES = {Decision.ASSISTED: "good", Decision.HAND_OVER: "accent", Decision.SENIOR: "info"}


@mark(register)
def case_status(case: Case) -> dict[str, Any]:
    """The status of a case."""
    label = STATUS_LABELS[Status(case.status)]
    return {"label": label, "css": f"status-{case.status}", "kind": "status", "code": case.status}


@mark(register)
def decision_badge(decision: CheckDecision) -> dict[str, Any]:
    """What the operator decided."""
    code = Decision(decision.decision)
    return {"label": DECISION_LABELS[code], "css": f"tone-{_TONES[code]}", "sign": "check"}


@mark(register)
def serious_badge(card: Card | CheckDecision | Handover) -> dict[str, Any]:
    """How serious its card says it is; nothing for a card of before it was said."""
    if not card.serious:
        return {"shown": False}
    tone, sign = SERIOUS_TONES[Serious(card.serious)]
    label = SERIOUS_LABELS[Serious(card.serious)]
    return {"shown": True, "label": label, "css": f"tone-{tone}", "sign": sign}


@register.simple_tag
def hop_title(hop: HandoverHop) -> str:
    """One step in words: to whom and why."""
    words = {"name": hop.to.full_name, "reason": HOP_LABELS[Hop(hop.reason)]}
    return _("To %(name)s: %(reason)s") % words


@register.simple_tag
def card_of_item(item: Item) -> Card | CheckDecision:
    """The card of a line of the check: as the operator wrote it, else as the case gives it."""
    return item.decision if item.decision is not None and item.decision.next_step else item.card

"""Components of the room's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from cases.insurance.labels import STATE_LABELS
from cases.insurance.models import Policy
from fregat.lib import clock

register = template.Library()

_TONES = {"valid": "good", "ahead": "warn", "over": "bad", "ended": "bad"}


@register.inclusion_tag("components/badge.html")
def policy_state(policy: Policy, today: date) -> dict[str, Any]:
    """Is the policy in force today, in a word and a colour?"""
    state = policy.state_on(today)
    return {"label": STATE_LABELS[state], "css": f"tone-{_TONES[state]}", "sign": ""}


@register.inclusion_tag("components/badge_if.html")
def policy_fault(policy: Policy) -> dict[str, Any]:
    """Only what is amiss: nothing beside a policy that is in force now."""
    today = clock.local(clock.now()).date()
    return policy_state(policy, today) | {"shown": policy.state_on(today) != "valid"}

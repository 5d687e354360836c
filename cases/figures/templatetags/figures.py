"""How shares and their states are written."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format

from cases.figures import rules
from cases.figures.labels import STATE_LABELS
from fregat.lib.templatetags.ui import mark

register = template.Library()


@register.filter
def percent(count: rules.Count | None) -> str:
    """`97,5 %`; a dash when there was nothing to count."""
    share = count.share if count else None
    return "–" if share is None else f"{number_format(share, 0 if share == int(share) else 1)} %"


@mark(register)
def target_state(state: str) -> dict[str, Any]:
    """The badge of how a share stands to its target; nothing without one."""
    label, tone, icon = STATE_LABELS.get(state, ("", "quiet", ""))
    return {"shown": bool(state), "label": label, "css": f"tone-{tone}", "sign": icon}


@register.simple_tag
def day_state(figure: rules.Figure, day: rules.Day) -> str:
    """How a day stands to the target that held on it."""
    return rules.state(figure, day.count, day.target)


@register.filter
def joined(values: list[float | None]) -> str:
    """For the small chart: `97.5,,100`."""
    return ",".join("" if value is None else f"{value:g}" for value in values)

"""How quarter-hours, shares and lacks are written."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fregat.lib.templatetags.ui import mark
from shifts.coverage.rules import Span

register = template.Library()


@register.filter
def wall(quarter: int) -> str:
    """The wall time at which a quarter-hour begins: 33 → `08:15`."""
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


@register.filter
def as_percent(share: float | None) -> str:
    """`97,5 %`; a dash without calls."""
    return "–" if share is None else f"{number_format(share, 0 if share == int(share) else 1)} %"


@register.filter
def hours(value: float) -> str:
    """`2,5 год`."""
    return _("%(hours)s h") % {"hours": number_format(value, len(f"{value:g}".partition(".")[2]))}


@mark(register)
def span_state(span: Span) -> dict[str, Any]:
    """Lacking, just enough, or more than needed."""
    if span.balance < 0:
        lack = -span.balance
        label, css, sign = (
            ngettext("%(n)s lacking", "%(n)s lacking", lack) % {"n": lack},
            "tone-bad",
            "triangle-alert",
        )
    elif span.balance == 0:
        label, css, sign = pgettext("people", "just enough"), "tone-good", "check"
    else:
        label, css, sign = _("%(n)s to spare") % {"n": span.balance}, "tone-quiet", ""
    return {"shown": True, "label": label, "css": css, "sign": sign}

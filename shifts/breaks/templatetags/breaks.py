"""Badges and acts of a break, the bar of the load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fregat.lib.errors import Sentence
from fregat.lib.templatetags.ui import mark
from shifts.breaks import rules
from shifts.breaks.forms import RefuseForm
from shifts.breaks.labels import STATE_LABELS, STATE_TONES
from shifts.breaks.models import Break
from shifts.breaks.selectors import LEVELS, Quarter
from shifts.breaks.statuses import State, may_move

register = template.Library()


@dataclass(frozen=True)
class Act:
    """Something that the employee does with the own break."""

    label: Sentence
    url: str
    key: str
    main: bool


_ACTS: tuple[tuple[State, str, str, bool], ...] = (
    (State.RUNNING, "begin", "B", True),
    (State.OVER, "end", "B", True),
    (State.WITHDRAWN, "withdraw", "", False),
)
"""State it leads to, route, key, the usual one."""


def _words(act: str) -> str:
    return {
        "begin": pgettext("break", "Begin"),
        "end": pgettext("break", "I am back"),
        "withdraw": pgettext("break", "Withdraw"),
    }[act]


@register.simple_tag
def break_acts(row: Break) -> list[Act]:
    """What the employee may do with the own break now."""
    ways = [one for one in _ACTS if may_move(row.state, one[0])]
    return [
        Act(_words(act), reverse(f"breaks:{act}", args=[row.pk]), key, main) for _to, act, key, main in ways
    ]


@mark(register)
def break_state(row: Break, now: datetime) -> dict[str, Any]:
    """How far it is; one that lasts or lasted too long says by how much."""
    over = rules.overrun(row.begun_at, row.kind, row.ended_at or now) if row.begun_at else None
    minutes = int(over.total_seconds() // 60) if over else 0
    if minutes and not row.ended_by_program:
        label = ngettext("%(count)d minute too long", "%(count)d minutes too long", minutes) % {
            "count": minutes
        }
        return {"label": label, "css": "tone-bad", "sign": "clock-alert"}
    if row.ended_by_program:
        return {"label": _("ended by the program"), "css": "tone-bad", "sign": "clock-alert"}
    return {"label": STATE_LABELS[row.state], "css": f"tone-{STATE_TONES[State(row.state)]}"}


@register.inclusion_tag("breaks/_level.html")
def load_level(quarter: Quarter | None) -> dict[str, Any]:
    """The bar of the load, with its words for those who do not see it."""
    level = quarter.level if quarter else 0
    words = _("quiet") if level <= 1 else _("usual") if level <= LEVELS - 2 else _("busy")
    return {"level": level, "levels": LEVELS, "words": words, "known": quarter is not None}


@register.simple_tag
def refuse_form(row: Break) -> RefuseForm:
    """The form of one break's dialog: several stand on one page."""
    return RefuseForm(break_id=row.pk)

"""Marks of an instruction, for the room's own pages, the desk and the board."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fregat.lib.templatetags.ui import mark
from staff.tasks import rules
from staff.tasks.labels import STATE_LABELS, STATE_TONES
from staff.tasks.models import Assignment
from staff.tasks.statuses import State

register = template.Library()


@register.simple_tag
def is_late(row: Assignment, now: datetime) -> bool:
    """Should it have been done by `now`?"""
    return rules.is_late(row.state, row.due_at, now)


@mark(register)
def instruction_state(row: Assignment, now: datetime) -> dict[str, Any]:
    """The state in a word and a colour; what is late says so first."""
    if rules.is_late(row.state, row.due_at, now):
        label = _("returned, overdue") if row.state == "returned" else pgettext("instruction", "overdue")
        return {"label": label, "css": "tone-bad", "sign": "alarm-clock"}
    return {"label": STATE_LABELS[row.state], "css": f"tone-{STATE_TONES[State(row.state)]}", "sign": ""}

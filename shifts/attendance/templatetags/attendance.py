"""Badges of working time: who is often late, how far a wish for another end is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template

from fregat.lib.templatetags.ui import mark
from shifts.attendance import figures
from shifts.attendance.forms import EndForm, RefuseEndForm
from shifts.attendance.labels import END_STATE_LABELS, END_STATE_TONES
from shifts.attendance.models import EndChange
from shifts.attendance.statuses import State
from staff.employees.models import Employee

register = template.Library()


@mark(register)
def often_late(employee: Employee, now: datetime) -> dict[str, Any]:
    """A mark for who comes late systematically (JD IV.7); asked of the database once for a page."""
    words = figures.often_late(now).get(employee.pk, "")
    return {"shown": bool(words), "label": words, "css": "tone-warn", "sign": "clock-alert"}


@mark(register)
def change_state(row: EndChange) -> dict[str, Any]:
    """How far the wish is."""
    return {"label": END_STATE_LABELS[row.state], "css": f"tone-{END_STATE_TONES[State(row.state)]}"}


@register.simple_tag
def not_offered(form: EndForm, ends: Iterable[datetime]) -> str:
    """The end that was sent and is not among those on offer: it is kept in the form beside its fault."""
    sent = str(form["ends_at"].value() or "") if form.is_bound else ""
    return "" if sent in {at.isoformat() for at in ends} else sent


@register.simple_tag
def refuse_end_form(row: EndChange) -> RefuseEndForm:
    """The form of one wish's dialog: several stand on one page."""
    return RefuseEndForm(change_id=row.pk)

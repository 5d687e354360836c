"""Badges of an absence: how far it is, what its certificate does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from fregat.lib.templatetags.ui import mark
from shifts.absence.labels import DECISION_LABELS, STATE_LABELS, STATE_TONES
from shifts.absence.models import Absence
from shifts.absence.selectors import waits_for_judgement
from shifts.absence.statuses import State

register = template.Library()


@mark(register)
def absence_state(row: Absence) -> dict[str, Any]:
    """How far it is."""
    return {"label": STATE_LABELS[row.state], "css": f"tone-{STATE_TONES[State(row.state)]}"}


@mark(register)
def certificate_state(row: Absence, now: datetime) -> dict[str, Any]:
    """What is known of the certificate: brought, due, overdue, decided. Nothing where none is needed."""
    missing = getattr(row, "missing", None)
    if missing is not None and missing.decision:
        tone = "bad" if missing.decision == "breach" else "quiet"
        return {
            "shown": True,
            "label": DECISION_LABELS[missing.decision],
            "css": f"tone-{tone}",
            "sign": "gavel",
        }
    if row.brought_at is not None:
        return {"shown": True, "label": _("certificate brought"), "css": "tone-good", "sign": "file-check"}
    if waits_for_judgement(row):
        return {
            "shown": True,
            "label": _("no certificate"),
            "css": "tone-bad",
            "sign": "file-exclamation-point",
        }
    waits = row.needs_certificate and row.is_agreed
    return {"shown": waits, "label": _("certificate awaited"), "css": "tone-info", "sign": "file-clock"}

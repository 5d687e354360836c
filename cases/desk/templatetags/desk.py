"""Badges of the desk and the board: each code with its word and tone."""

from __future__ import annotations

from typing import Any

from django import template

from cases.casework.labels import ESCALATION_LABELS, STATUS_LABELS
from cases.casework.models import Case, Escalation
from cases.casework.statuses import Status
from cases.desk.labels import PRESENCE_LABELS, PRESENCE_TONES, RISK_LABELS
from cases.desk.rules import Risk
from cases.desk.selectors import PersonLine
from fregat.lib.templatetags.ui import mark

register = template.Library()


@mark(register)
def case_status(case: Case) -> dict[str, Any]:
    """The status of a case."""
    label = STATUS_LABELS[Status(case.status)]
    return {"label": label, "css": f"status-{case.status}", "kind": "status", "code": case.status}


@mark(register)
def risk_badge(risk: Risk) -> dict[str, Any]:
    """One danger of a case."""
    return {"label": RISK_LABELS[risk.code], "css": f"tone-{risk.tone}"}


@mark(register)
def presence_badge(line: PersonLine) -> dict[str, Any]:
    """Where somebody is in their working day."""
    return {"label": PRESENCE_LABELS[line.presence], "css": f"tone-{PRESENCE_TONES[line.presence]}"}


@mark(register)
def presence_count(state: str, number: int) -> dict[str, Any]:
    """How many are in this state: `on duty 7`."""
    return {"label": f"{PRESENCE_LABELS[state]} {number}", "css": f"tone-{PRESENCE_TONES[state]}"}


@mark(register)
def escalation_badge(row: Escalation) -> dict[str, Any]:
    """Why it was raised; one that rose to the head is red."""
    tone = "bad" if row.risen_at else "warn"
    return {"label": ESCALATION_LABELS[row.reason], "css": f"tone-{tone}", "sign": "siren"}

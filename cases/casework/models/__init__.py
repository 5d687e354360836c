"""The case and its rows."""

from cases.casework.models.case import (
    Case,
    CaseCounter,
    CaseEvent,
    CaseService,
    CaseServiceEvent,
    Responsibility,
)
from cases.casework.models.escalation import Escalation
from cases.casework.models.work import Contact, Note, Task, TimelineEntry

__all__ = [
    "Case",
    "CaseCounter",
    "CaseEvent",
    "CaseService",
    "CaseServiceEvent",
    "Contact",
    "Escalation",
    "Note",
    "Responsibility",
    "Task",
    "TimelineEntry",
]

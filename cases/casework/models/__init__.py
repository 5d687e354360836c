"""The case and its rows."""

from cases.casework.models.case import Case, CaseCounter, CaseService, Responsibility
from cases.casework.models.escalation import Escalation
from cases.casework.models.work import Contact, Note, Task, TimelineEntry

__all__ = [
    "Case",
    "CaseCounter",
    "CaseService",
    "Contact",
    "Escalation",
    "Note",
    "Responsibility",
    "Task",
    "TimelineEntry",
]

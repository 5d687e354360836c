"""A month's roster as a question to OR-Tools. Plain Python: no database, no clock, no words."""

from shifts.proposal.rules.explain import Hours, Lack, Report, Unmet, report
from shifts.proposal.rules.ground import (
    QUARTER,
    USUAL_SHAPES,
    Answer,
    Person,
    Planned,
    Question,
    Shape,
    Slot,
    breaks,
    can_work,
    slots_of,
    spans_of,
    target,
)
from shifts.proposal.rules.packing import pack, pack_answer, unpack
from shifts.proposal.rules.solver import solve

__all__ = [
    "QUARTER",
    "USUAL_SHAPES",
    "Answer",
    "Hours",
    "Lack",
    "Person",
    "Planned",
    "Question",
    "Report",
    "Shape",
    "Slot",
    "Unmet",
    "breaks",
    "can_work",
    "pack",
    "pack_answer",
    "report",
    "slots_of",
    "solve",
    "spans_of",
    "target",
    "unpack",
]

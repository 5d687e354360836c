"""Rules of the room: plain Python, no Django, no queries, no clock."""

from cases.imports.rules.columns import (
    DEFAULTS,
    FIELDS,
    alike,
    asks_strange,
    guess,
    heading_row,
    is_known,
    is_of_somebody,
    last_day,
    meaning,
    missing,
    normal,
    of_endings,
    twice,
)
from cases.imports.rules.lines import COLUMNS, Fault, Known, Reader
from cases.imports.rules.names import Names

__all__ = [
    "COLUMNS",
    "DEFAULTS",
    "FIELDS",
    "Fault",
    "Known",
    "Names",
    "Reader",
    "alike",
    "asks_strange",
    "guess",
    "heading_row",
    "is_known",
    "is_of_somebody",
    "last_day",
    "meaning",
    "missing",
    "normal",
    "of_endings",
    "twice",
]

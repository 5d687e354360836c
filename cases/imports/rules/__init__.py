"""Rules of the room: plain Python, no Django, no queries, no clock."""

from cases.imports.rules.columns import DEFAULTS, FIELDS, PERSONAL, guess, heading_row, missing, normal, twice
from cases.imports.rules.lines import COLUMNS, Fault, Known, Reader
from cases.imports.rules.names import Names

__all__ = [
    "COLUMNS",
    "DEFAULTS",
    "FIELDS",
    "PERSONAL",
    "Fault",
    "Known",
    "Names",
    "Reader",
    "guess",
    "heading_row",
    "missing",
    "normal",
    "twice",
]

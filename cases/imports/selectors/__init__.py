"""The read side."""

from cases.imports.selectors.faults import fault_table, fault_totals, faults, sample, told, what_is_wrong
from cases.imports.selectors.history import changes, panel
from cases.imports.selectors.lists import get_list, lists, progress

__all__ = [
    "changes",
    "fault_table",
    "fault_totals",
    "faults",
    "get_list",
    "lists",
    "panel",
    "progress",
    "sample",
    "told",
    "what_is_wrong",
]

"""What people type."""

from shifts.roster.forms.labour import RuleForm
from shifts.roster.forms.patterns import HoursForm, PatternForm, UseForm, WishForm
from shifts.roster.forms.shifts import FiltersForm, ReasonForm, ShiftForm

__all__ = [
    "FiltersForm",
    "HoursForm",
    "PatternForm",
    "ReasonForm",
    "RuleForm",
    "ShiftForm",
    "UseForm",
    "WishForm",
]

"""What people type."""

from shifts.roster.forms.labour import RuleForm
from shifts.roster.forms.shifts import FiltersForm, ReasonForm, ShiftForm

__all__ = ["FiltersForm", "ReasonForm", "RuleForm", "ShiftForm"]

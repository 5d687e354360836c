"""What people type."""

from shifts.roster.forms.labour import RuleForm
from shifts.roster.forms.shifts import FiltersForm, ShiftForm

__all__ = ["FiltersForm", "RuleForm", "ShiftForm"]

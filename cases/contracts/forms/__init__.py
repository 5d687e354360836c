"""Forms of the room."""

from cases.contracts.forms.calculator import CalculatorForm
from cases.contracts.forms.entry import Entry
from cases.contracts.forms.keeping import AnnulForm, FiltersForm, SeriesForm, TariffForm

__all__ = ["AnnulForm", "CalculatorForm", "Entry", "FiltersForm", "SeriesForm", "TariffForm"]

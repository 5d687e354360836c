"""Tables of the staff: the file of an import, the purpose of an export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib.forms import CleanCharField, CleanTextField, DayAndHourField, DayField
from staff.employees.forms.people import PeopleForm
from staff.employees.models import Employee

NOTE_MAX = 2000
D = TypeVar("D", bound=date)


class ImportForm(forms.Form):
    """A workbook of people to be appointed, and what their orders have in common."""

    file = forms.FileField(
        label=_("Table"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose a table."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
    signed_on = DayField(label=_("Date of the orders"))
    effective_at = DayAndHourField(
        label=_("Take effect"), required=False, help_text=_("Empty: at once, when they are signed.")
    )
    note = CleanTextField(
        label=_("Ground"), required=False, max_length=NOTE_MAX, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in every order of the table."),
    )  # fmt: skip

    use_required_attribute = False

    def clean_signed_on(self) -> date:
        """A day of this epoch; whether it fits the register, the order says."""
        return _sane(self.cleaned_data["signed_on"])

    def clean_effective_at(self) -> datetime | None:
        """A moment of this epoch."""
        moment = self.cleaned_data["effective_at"]
        return _sane(moment) if moment else None


def _sane(moment: D) -> D:
    if not 2000 <= moment.year <= 2200:
        raise forms.ValidationError(_("Check the year."))
    return moment


class ExportForm(PeopleForm):
    """Which people, with what, and what for."""

    purpose = CleanCharField(
        label=_("Purpose"),
        max_length=300,
        help_text=_("Written down with your name, the time and the filters."),
    )
    private = forms.BooleanField(label=_("With private phones"), required=False)

    def __init__(self, data: Any, *, seniors: list[Employee], projects: Mapping[str, str]) -> None:
        super().__init__(data, seniors=seniors, projects=projects, accounts_alone=False)
        del self.fields["q"]

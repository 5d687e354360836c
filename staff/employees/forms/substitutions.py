"""A substitution as people type it: who, by whom, from when to when on the clock of Kyiv."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.forms import DayAndHourField
from staff.employees.models import Employee

_YEARS = 2
"""So many years ahead a substitution can end: further is a slip of the pen."""


class SubstitutionForm(forms.Form):
    """Empty «from» means at once."""

    senior = forms.ChoiceField(label=_("Who is substituted"))
    substitute = forms.ChoiceField(label=_("Who acts"))
    since = DayAndHourField(
        label=pgettext_lazy("time", "From"), required=False, help_text=_("Empty: at once.")
    )
    until = DayAndHourField(label=pgettext_lazy("time", "To"))

    def __init__(
        self, data: Any = None, *, seniors: Iterable[Employee], substitutes: Iterable[Employee], now: datetime
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.now = now
        self.people = {one.username: one for one in substitutes}
        for name, people in (("senior", seniors), ("substitute", substitutes)):
            self.fields[name].choices = [("", "—"), *((one.username, one.full_name) for one in people)]

    def clean_since(self) -> datetime:
        """At once when nothing was typed."""
        return self.cleaned_data["since"] or self.now

    def clean_until(self) -> datetime:
        """A moment of this epoch."""
        until: datetime = self.cleaned_data["until"]
        if until.year > self.now.year + _YEARS:
            raise forms.ValidationError(_("Check the year."))
        return until

    def values(self) -> dict[str, Any]:
        """The values for the action."""
        found = self.cleaned_data
        return {
            "senior": self.people[found["senior"]], "substitute": self.people[found["substitute"]],
            "since": found["since"], "until": found["until"],
        }  # fmt: skip

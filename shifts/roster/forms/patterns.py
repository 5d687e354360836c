"""A pattern, who works by it, what one wishes of days to come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Invalid
from fregat.lib.forms import CleanCharField, DayField
from shifts.roster.forms.shifts import sane_day
from shifts.roster.labels import FAULTS, WISH_LABELS
from shifts.roster.models import Pattern
from shifts.roster.selectors import Worker


class Refusable(forms.Form):
    """A form that an action can refuse."""

    def add_refusal(self, refused: Invalid) -> None:
        """Put the sentences of the action beside their fields."""
        for name, sentences in refused.errors.items():
            self.add_error(name if name in self.fields else None, [str(text) for text in sentences])


class PatternForm(Refusable):
    """A new pattern, or another sequence for one that is there."""

    name = CleanCharField(label=pgettext_lazy("pattern", "Name"), max_length=80)
    sequence = CleanCharField(
        label=_("Sequence"), max_length=400,
        help_text=_(
            "D is a day, N a night, - a day off: D D N N - -. Hours stand beside, D9-18; a number repeats, 5D 2-;"
            " a star makes a senior manager's shift a leading one, D*."
        ),
    )  # fmt: skip
    pattern = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class UseForm(Refusable):
    """Who works by which pattern, and from which day it runs."""

    employee = forms.ChoiceField(label=_("Employee"))
    pattern = forms.ChoiceField(label=_("Pattern"), required=False)
    starts_on = DayField(label=_("First day"), help_text=_("The day of the first step."))

    def __init__(
        self, data: Any = None, *, workers: list[Worker], patterns: list[Pattern], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.people = {one.employee.username: one.employee for one in workers}
        self.patterns = {str(one.pk): one for one in patterns}
        self.fields["employee"].choices = [(name, one.full_name) for name, one in self.people.items()]
        self.fields["pattern"].choices = [
            ("", _("none")),
            *((pk, one.name) for pk, one in self.patterns.items()),
        ]

    def clean_starts_on(self) -> date:
        """A day of this epoch."""
        return sane_day(self.cleaned_data["starts_on"])


class WishForm(Refusable):
    """What one wishes of days to come."""

    kind = forms.ChoiceField(label=_("What you wish"), choices=list(WISH_LABELS.items()))
    first_day = DayField(label=_("From which day"))
    last_day = DayField(label=_("To which day"), required=False, help_text=_("Empty: that day alone."))
    note = CleanCharField(label=_("Note"), max_length=300, required=False)

    def clean_first_day(self) -> date:
        """A day of this epoch."""
        return sane_day(self.cleaned_data["first_day"])

    def clean(self) -> dict[str, Any]:
        """Without a last day it is one day."""
        found = super().clean() or self.cleaned_data
        if found.get("last_day"):
            if not 2000 <= found["last_day"].year <= 2200:
                self.add_error("last_day", _("Check the year."))
        elif "last_day" not in self.errors:
            found["last_day"] = found.get("first_day")
        return found


class HoursForm(Refusable):
    """What hours are taken out for, and as what."""

    kind = forms.ChoiceField(label=_("As what"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    purpose = CleanCharField(
        label=_("Purpose"), max_length=300, error_messages={"required": FAULTS["export_purpose"]}
    )

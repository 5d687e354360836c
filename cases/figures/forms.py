"""What people choose and type: a month, a day, a target."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.figures import rules
from fregat.lib.forms import DayField
from staff.employees.models import Employee

FIRST_YEAR = 2000


class PeriodForm(forms.Form):
    """A month as `2026-11`, a day of it, a team, from which row on; what cannot be read counts as not given."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"], required=False)
    after = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    failed = forms.BooleanField(required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, data: Any, *, today: date, teams: Iterable[Employee] = ()) -> None:
        super().__init__(data)
        self.today = today
        names = [(one.username, one.full_name) for one in teams]
        self.fields["team"].choices = [("", _("the whole centre")), *names]
        self.fields["team"].widget.attrs["class"] = "form-select"
        self.is_valid()

    def chosen(self, name: str) -> Any:
        """A value that could be read, else None."""
        return self.cleaned_data.get(name)

    @property
    def team_chosen(self) -> str:
        """The sign-in name of its senior manager; empty: whatever the reader sees."""
        return self.chosen("team") or ""

    @property
    def tail(self) -> str:
        """What an address adds to keep the team."""
        return f"&{urlencode({'team': self.team_chosen})}" if self.team_chosen else ""

    @property
    def month_chosen(self) -> date:
        """The first day of the month: the one that is asked for, never one to come."""
        this = self.today.replace(day=1)
        asked = self.chosen("month") or (self.chosen("day") or this).replace(day=1)
        return min(asked, this) if asked.year >= FIRST_YEAR else this

    @property
    def day_chosen(self) -> date | None:
        """The day of the month whose rows are shown."""
        day: date | None = self.chosen("day")
        first = self.month_chosen
        return day if day and first <= day < rules.next_month(first) and day <= self.today else None


class TargetForm(forms.Form):
    """So many per cent from a day on."""

    use_required_attribute = False

    value = forms.IntegerField(
        label=_("Target, %"), min_value=0, max_value=100,
        error_messages={
            "required": _("Say how many per cent are expected."),
            "invalid": _("A target is a whole number from 0 to 100."),
            "min_value": _("A target is a share from 0 to 100 per cent."),
            "max_value": _("A target is a share from 0 to 100 per cent."),
        },
    )  # fmt: skip
    since = DayField(label=_("From which day"), error_messages={"required": _("Say from which day.")})

"""What people choose and type: a day, a service level."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fregat.lib.forms import DayField
from shifts.coverage.rules import Goal

REACH = timedelta(days=400)
"""How far from today a day may lie: a year's roster and a month."""


class DayForm(forms.Form):
    """A day as `2026-11-28`; what cannot be read or lies too far is today."""

    day = forms.DateField(input_formats=["%Y-%m-%d", "%d.%m.%Y"], required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.is_valid()

    @property
    def chosen(self) -> date:
        """The day that is shown."""
        day: date = self.cleaned_data.get("day") or self.today
        return day if abs(day - self.today) <= REACH else self.today


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    said = format_lazy(_("A whole number from {least} to {most}."), least=least, most=most)
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=errors)


class GoalForm(forms.Form):
    """What is expected from a day on."""

    use_required_attribute = False

    share = _number(_("Calls taken in time, %"), 1, 99)
    seconds = _number(_("Within, seconds"), 1, 600)
    talk = _number(_("A call lasts, minutes"), 1, 120)
    work = _number(_("Work on the case after it, minutes"), 0, 480)
    since = DayField(label=_("From which day"), error_messages={"required": _("Say from which day.")})

    def goal(self) -> Goal:
        """For the action."""
        return Goal(**{name: self.cleaned_data[name] for name in ("share", "seconds", "talk", "work")})

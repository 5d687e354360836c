"""What is asked: a month, a team."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shifts.proposal.labels import FAULTS
from shifts.roster.rules import month_of, next_month
from staff.employees.models import Employee

MONTHS = 12


class AskForm(forms.Form):
    """For which month, for whose team."""

    use_required_attribute = False

    month = forms.ChoiceField(
        label=_("Month"),
        error_messages={"required": FAULTS["month_over"], "invalid_choice": FAULTS["month_over"]},
    )
    team = forms.ChoiceField(
        label=_("Team"), required=False, error_messages={"invalid_choice": FAULTS["no_team"]}
    )

    def __init__(self, *args: Any, today: date, seniors: list[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [month_of(today)]
        while len(months) < MONTHS:
            months.append(next_month(months[-1]))
        self.fields["month"].choices = [(f"{one:%Y-%m}", date_format(one, "F Y")) for one in months]
        self.seniors = {one.username: one for one in seniors}
        if seniors:
            names = [(one.username, one.full_name) for one in seniors]
            self.fields["team"].choices = [("", pgettext_lazy("people", "all")), *names]
        else:
            del self.fields["team"]

    def asked(self) -> tuple[date, Employee | None]:
        """For the action."""
        clean = self.cleaned_data
        return date.fromisoformat(f"{clean['month']}-01"), self.seniors.get(clean.get("team", ""))

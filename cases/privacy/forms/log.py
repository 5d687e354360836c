"""Filters of the log, and what one asks about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.privacy.labels import ACTION_LABELS, GROUND_LABELS, KIND_LABELS, PART_LABELS, STATE_LABELS
from cases.privacy.statuses import State
from fregat.lib.forms import CleanCharField, CleanTextField, DayField
from staff.employees.models import Employee

_ANY = ("", _("all"))


class LogForm(forms.Form):
    """Filters, kept in the address: words, sign-in names, days. A value that makes no sense is refused by its name."""

    employee = forms.ChoiceField(label=_("Who looked"), required=False)
    action = forms.ChoiceField(
        label=_("What was done"), required=False, choices=[_ANY, *ACTION_LABELS.items()]
    )
    kind = forms.ChoiceField(
        label=_("What was looked at"), required=False, choices=[_ANY, *KIND_LABELS.items()]
    )
    part = forms.ChoiceField(label=_("Part"), required=False, choices=[_ANY, *PART_LABELS.items()])
    ground = forms.ChoiceField(label=_("Ground"), required=False, choices=[_ANY, *GROUND_LABELS.items()])
    since = DayField(label=_("From the day"), required=False)
    until = DayField(label=_("To the day"), required=False)
    address = forms.GenericIPAddressField(label=_("Network address"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, people: Iterable[Employee] | None) -> None:
        super().__init__(data, use_required_attribute=False)
        if people is None:
            del self.fields["employee"], self.fields["address"]
        else:
            names = [(person.username, person.full_name) for person in people]
            self.fields["employee"].choices = [_ANY, *names]
            self._ids = {person.username: person.pk for person in people}

    def filters(self) -> dict[str, Any]:
        """What `selectors.looks` understands; a refused value filters nothing out."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if "employee" in found:
            found["employee"] = self._ids[found["employee"]]
        return found


class FindForm(forms.Form):
    """The number of a case or of a policy."""

    number = CleanCharField(label=_("Number of a case or of a policy"), max_length=40)


class ExplanationForm(forms.Form):
    """How it came to these looks."""

    use_required_attribute = False

    explanation = CleanTextField(label=_("How it came to these looks"), max_length=4000)


class DecisionForm(forms.Form):
    """The end of an examination."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[(state, STATE_LABELS[state]) for state in (State.JUSTIFIED, State.BREACH)],
    )
    reason = CleanTextField(label=_("What it rests on"), max_length=4000)

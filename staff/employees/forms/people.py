"""What people type on the pages of the staff: the filters of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.forms import CleanCharField
from fregat.lib.rights import Role
from staff.employees.labels import ROLE_LABELS
from staff.employees.models import Employee
from staff.employees.selectors.listing import Filters

STATES = {
    "employed": _("employed"),
    "no_account": _("account not opened"),
    "dismissed": _("dismissed"),
    "all": pgettext_lazy("people", "all"),
}
_ANY = ("", pgettext_lazy("people", "all"))


class PeopleForm(forms.Form):
    """The filters of the list. What is typed into the search stays out of the address."""

    q = CleanCharField(
        label=_("Name, sign-in name or phone"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=list(STATES.items()))
    role = forms.ChoiceField(label=_("Position"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    senior = forms.ChoiceField(label=_("Senior manager"), required=False)

    def __init__(
        self, data: Any, *, seniors: Iterable[Employee], projects: Mapping[str, str], accounts_alone: bool
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["role"].choices = [_ANY, *((str(role), ROLE_LABELS[role]) for role in Role)]
        if accounts_alone:  # a filter tells as much as a column
            del self.fields["project"], self.fields["senior"]
            self.fields["q"].label = _("Name or sign-in name")
            return
        self.fields["project"].choices = [_ANY, *projects.items()]
        self.fields["senior"].choices = [_ANY, *((one.username, one.full_name) for one in seniors)]

    def filters(self) -> Filters:
        """What was understood; a value that is none of the choices does not filter."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(
            role=found.get("role", ""),
            project=found.get("project", ""),
            senior=found.get("senior", ""),
            state=found.get("state") or "employed",
            text=found.get("q", ""),
        )

"""The filters of the security events, kept in the address: codes, sign-in names, days, network addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.choices import NONE_SUCH, KeyedSelect, Named, offer
from fregat.lib.forms import CleanCharField, DayField
from staff.employees.labels import SECURITY_GROUPS


class SecurityForm(forms.Form):
    """What the list is narrowed to."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    person = forms.ChoiceField(label=_("Employee"), required=False, widget=KeyedSelect(attrs=NONE_SUCH))
    address = CleanCharField(label=_("Network address"), required=False, max_length=45)
    since = DayField(label=_("From (day)"), required=False)
    until = DayField(label=_("To (day)"), required=False)

    def __init__(self, data: QueryDict, *, people: Iterable[Named]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["kind"].choices = [
            ("", pgettext_lazy("security events", "any")),
            *SECURITY_GROUPS.items(),
        ]
        offer(self.fields["person"], people)

    def clean_address(self) -> str:
        """An address as machines write it."""
        typed: str = self.cleaned_data["address"].strip()
        if not typed:
            return ""
        try:
            return str(ipaddress.ip_address(typed))
        except ValueError:
            raise forms.ValidationError(_("This is no network address: 192.0.2.17, for example.")) from None

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("The last day is before the first."))
        return given

    def chosen(self) -> dict[str, Any]:
        """The filters that are set and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

"""The filters of the list of cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fregat.lib.choices import NONE_SUCH, KeyedSelect, Named, offer
from fregat.lib.forms import CleanCharField


class QueueForm(forms.Form):
    """The filters of the list, kept in its address: codes and numbers only."""

    number = CleanCharField(label=_("Number"), required=False, max_length=12)
    status = forms.ChoiceField(label=_("Status"), required=False)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=KeyedSelect(attrs=NONE_SUCH))
    due = forms.ChoiceField(label=_("Due"), required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        statuses: Iterable[tuple[str, Any]],
        people: Iterable[Named],
        insurers: Iterable[Named],
        countries: Iterable[Named],
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        anything = ("", _("any"))
        self.fields["status"].choices = [anything, ("open", _("open ones")), *statuses]
        self.fields["responsible"].choices = [anything, *((code, name) for code, name, _keys in people)]
        self.fields["insurer"].choices = [anything, *((code, name) for code, name, _keys in insurers)]
        self.fields["due"].choices = [
            anything,
            ("late", _("overdue")),
            ("1h", _("within an hour")),
            ("24h", _("within a day")),
        ]
        offer(self.fields["country"], countries)

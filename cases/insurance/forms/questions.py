"""Forms of the room: the question to the look-up, the question to a policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.insurance.models import Policy, ServiceKind
from cases.insurance.selectors import catalogue
from fregat.lib import clock
from fregat.lib.choices import NONE_SUCH, KeyedSelect, offer
from fregat.lib.forms import CleanCharField, DayAndHourField


class LookUpForm(forms.Form):
    """One field for everything that a caller may say of themselves."""

    q = CleanCharField(
        label=_("Whom to find"),
        max_length=200,
        help_text=_(
            "Policy number, phone, case number, surname in any alphabet, with a name, date or year of birth."
        ),
    )


Choices = dict[str, list[tuple[str, str]]]
"""Field → codes and names."""


NOT_KNOWN_YET = {**NONE_SUCH, "placeholder": _("not known yet")}
"""Attributes of a list found by a few keys: what an empty one says."""


def offer_countries(field: Any) -> None:
    """Fill a choice field with the countries, found by whatever people call them."""
    offer(field, (("", str(_("not known yet")), ""), *catalogue.named_countries()), empty=False)


class VerdictForm(forms.Form):
    """Where, when and what help; an empty field is not known yet."""

    person = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=KeyedSelect(attrs=NOT_KNOWN_YET))
    on = DayAndHourField(label=_("When, Kyiv time"), required=False)
    service = forms.ChoiceField(label=_("Kind of help"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", _("not known yet")), *rows]
        offer_countries(self.fields["country"])

    @property
    def answers(self) -> dict[str, str]:
        """To the questions of the rules, as typed: fields `ask-<code>`."""
        names = [name for name in self.data if name.startswith("ask-")][:60]
        return {name.removeprefix("ask-"): str(self.data[name])[:10] for name in names}

    @staticmethod
    def offered() -> Choices:
        """The kinds of help, read once for all the policies of a page. One statement."""
        return {"service": [(row.pk, row.name) for row in ServiceKind.objects.all()]}

    @classmethod
    def blank(cls, policy: Policy, person_id: int, now: datetime, choices: Choices) -> VerdictForm:
        """For a policy's card: the time is now until another one is told."""
        initial = {"on": clock.local(now), "person": person_id}
        return cls(initial=initial, auto_id=f"policy-{policy.pk}-%s", choices=choices)

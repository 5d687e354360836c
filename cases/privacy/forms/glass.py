"""Breaking glass, and judging it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.privacy import registry
from cases.privacy.labels import GLASS_OUTCOMES, GLASS_REASONS
from fregat.lib.forms import CleanCharField, CleanTextField, DayField
from staff.employees.forms import InPersonField

WORDS_MAX = 2000


class BreakForm(forms.Form):
    """Which record, why, and that it is really this person."""

    kind = forms.ChoiceField(label=_("What is to be opened"), widget=forms.RadioSelect)
    number = CleanCharField(
        label=_("Number"),
        max_length=60,
        help_text=_("The whole number of the case, or of the policy: nobody is found by name here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_date = DayField(
        label=_("Date of birth"),
        required=False,
        help_text=_("For an insured person: so that the right one of the policy is opened."),
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *GLASS_REASONS.items()])
    words = CleanTextField(
        label=_("What happened, in your own words"),
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your senior manager and the head read this at once; one of them judges it."),
    )
    secret = InPersonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(code, one.label) for code, one in registry.breakables().items()]


class ReviewForm(forms.Form):
    """Was it justified?"""

    outcome = forms.ChoiceField(
        label=_("Judgement"), choices=list(GLASS_OUTCOMES.items()), widget=forms.RadioSelect
    )
    words = CleanTextField(
        label=_("Why"), required=False, max_length=WORDS_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )

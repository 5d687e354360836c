"""Forms of the dialog on the page of a case: a letter, a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.casework.forms.fields import MoneyField
from cases.casework.forms.work import CaseForm
from fregat.lib.choices import NONE_SUCH, KeyedSelect, Named, offer
from fregat.lib.forms import CleanCharField


class LetterForm(CaseForm):
    """To whom, for which help, up to how much."""

    name = "letter"
    widths = {"limit": "w-two-thirds", "currency": "w-third"}
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    provider = CleanCharField(label=_("To whom: clinic or other provider"), max_length=200)
    kind = forms.ChoiceField(label=_("For which help"), widget=KeyedSelect(attrs=NONE_SUCH))
    limit = MoneyField(label=_("Up to how much"))
    currency = forms.ChoiceField(label=_("Currency"))
    why = CleanCharField(
        label=_("Why it is needed"), max_length=300, required=False,
        help_text=_("For whoever agrees, when it goes beyond the sum."),
    )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kinds: Iterable[Named],
        currencies: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["kind"], kinds)
        self.fields["currency"].choices = [(code, code) for code in currencies]


class ReasonForm(CaseForm):
    """Why a letter is refused or withdrawn."""

    name = "letter-reason"
    reason = CleanCharField(label=_("Reason"), max_length=300)


class NothingForm(CaseForm):
    """A step that needs a word of consent and nothing else."""

    name = "letter-agree"

"""What people type: whom they ask for what, an answer, a decision; the filters of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib.forms import CleanTextField
from shifts.exchange.labels import FAULTS, STATE_LABELS
from shifts.exchange.rules import REASON_MAX
from shifts.exchange.selectors import WAITING, Filters, Swap
from staff.employees.models import Employee


def _text(label: Any) -> CleanTextField:
    return CleanTextField(
        label=label, max_length=REASON_MAX, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ColleagueForm(forms.Form):
    """Whom: a username, in the address or in what is sent."""

    colleague = forms.SlugField(
        max_length=150,
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), FAULTS["colleague"]),
    )


class AskForm(ColleagueForm):
    """For which of their shifts, or for nothing; a word why."""

    use_required_attribute = False

    wanted = forms.IntegerField(
        label=_("For it you work"), required=False, min_value=1, max_value=2**62, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), FAULTS["wanted"]),
    )  # fmt: skip
    words = _text(_("Note"))

    def __init__(self, *args: Any, swaps: Iterable[Swap] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.swaps = list(swaps)


class AnswerForm(forms.Form):
    """Agreed or not, with a word."""

    agree = forms.ChoiceField(
        choices=[("yes", _("Agree")), ("no", _("Refuse"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), FAULTS["words"]),
    )
    words = _text(_("Note"))

    def clean_agree(self) -> bool:
        """As the action takes it."""
        return bool(self.cleaned_data["agree"] == "yes")


class DecideForm(AnswerForm):
    """The same of the senior manager: the word is a reason."""

    words = None
    reason = _text(_("Reason"))


class FiltersForm(forms.Form):
    """The filters of the list, which stand in the address."""

    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("all")), (WAITING, _("waiting for an answer")), *STATE_LABELS.items()],
    )  # fmt: skip
    person = forms.ChoiceField(label=_("Employee"), required=False)

    def __init__(self, data: Any, *, people: Iterable[Employee]) -> None:
        super().__init__(data)
        names = [(one.username, one.full_name) for one in people]
        self.fields["person"].choices = [("", _("everybody")), *names]
        if not names:
            del self.fields["person"]

    def filters(self) -> Filters:
        """What is asked; what cannot be understood counts as not asked."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(found.get("state") or "", found.get("person") or "")

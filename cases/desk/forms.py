"""Whom an operator wakes, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fregat.lib.forms import CleanTextField
from staff.employees.models import Employee


class WakeForm(forms.Form):
    """One choice and the summary."""

    use_required_attribute = False

    to = forms.ChoiceField(label=_("Whom to wake"))
    text = CleanTextField(
        label=_("Summary"), help_text=_("Made from the case; correct what is needed."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None = None, *, people: Mapping[str, Employee], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["to"].choices = [
            (key, f"{person.full_name} · {person.get_role_display()}") for key, person in people.items()
        ]
        self.fields["to"].error_messages["invalid_choice"] = _("Choose somebody of the list.")
        self.fields["text"].error_messages["required"] = _("Say what they must know at once.")

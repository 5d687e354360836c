"""What people type: a message, and to whom."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from fregat.lib.choices import NONE_SUCH, KeyedSelect, offer
from fregat.lib.forms import CleanCharField, CleanTextField
from staff.employees.models import Employee
from staff.messenger.labels import FAULT_SENTENCES
from staff.messenger.rules import TEXT_MAX

DRAFT = "message"
"""The name under which an unsent message to a new person is kept."""


class MessageForm(forms.Form):
    """A message in an open conversation."""

    use_required_attribute = False

    text = CleanTextField(
        label=pgettext_lazy("noun", "Message"), max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": FAULT_SENTENCES["text"]},
    )  # fmt: skip
    case = CleanCharField(
        label=gettext_lazy("About the case"), max_length=12, required=False,
        widget=forms.TextInput(attrs={"placeholder": "26-000123", "autocomplete": "off"}),
    )  # fmt: skip
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"token": uuid.uuid4(), **(initial or {})})


class NewForm(MessageForm):
    """A message to somebody of the staff."""

    to = forms.ChoiceField(
        label=pgettext_lazy("message", "To whom"), widget=KeyedSelect(attrs=NONE_SUCH),
        error_messages={"required": FAULT_SENTENCES["to"], "invalid_choice": FAULT_SENTENCES["to"]},
    )  # fmt: skip

    field_order = ("to", "text", "case", "token")

    def __init__(
        self, data: Any = None, *, people: Iterable[Employee], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.people = {one.username: one for one in people}
        offer(
            self.fields["to"],
            [
                (one.username, f"{one.full_name}, {one.get_role_display()}", one.username)
                for one in self.people.values()
            ],
        )
        self.fields["text"].widget.attrs["rows"] = 5

    @property
    def chosen(self) -> Employee:
        """To whom; after `is_valid`."""
        return self.people[self.cleaned_data["to"]]

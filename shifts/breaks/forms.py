"""What people choose: which break and when, another time, why not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib.forms import CleanTextField
from shifts.attendance.forms import InstantField
from shifts.breaks.labels import FAULTS, KIND_LABELS
from shifts.breaks.rules import REASON_MAX


class AskForm(forms.Form):
    """A wish: which break, from when."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Which break"),
        choices=list(KIND_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": FAULTS["kind"], "invalid_choice": FAULTS["kind"]},
    )
    starts_at = InstantField(label=_("From when"))


class AgreeForm(forms.Form):
    """Agreement, at another time when one is chosen."""

    starts_at = InstantField(required=False)


class RefuseForm(forms.Form):
    """Why not."""

    reason = CleanTextField(
        label=_("Reason"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": FAULTS["reason"]},
    )

    def __init__(self, *args: Any, break_id: int | None = None, **kwargs: Any) -> None:
        self.dialog = f"refuse-break-{break_id}"
        super().__init__(*args, auto_id=f"{self.dialog}-%s", **kwargs)

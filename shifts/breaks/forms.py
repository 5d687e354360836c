"""What people choose: which break and when, another time, why not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock
from fregat.lib.forms import CleanTextField
from shifts.breaks.labels import FAULTS, KIND_LABELS
from shifts.breaks.rules import REASON_MAX
from shifts.breaks.selectors import Quarter

_NOT_OFFERED = _("Choose one of the times that are offered.")


class InstantField(forms.Field):
    """One of the offered quarter-hours, as an instant with its offset."""

    default_error_messages = {"invalid": _NOT_OFFERED, "required": _NOT_OFFERED}

    def to_python(self, value: Any) -> datetime | None:
        """The aware instant. Raises ValidationError for anything else."""
        if value in self.empty_values:
            return None
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        return found


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


def choices(quarters: Iterable[Quarter]) -> list[tuple[str, str]]:
    """The offered times as values and words."""
    return [(one.at.isoformat(), f"{clock.local(one.at):%H:%M}") for one in quarters]

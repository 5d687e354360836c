"""What people choose: another end of a shift, whose working time and of when, the rule of lateness."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib.forms import CleanTextField, DayField
from shifts.attendance.figures import Filters
from shifts.attendance.labels import FAULTS, KIND_LABELS
from shifts.attendance.rules import REASON_MAX, Lateness
from shifts.roster.rules import instant
from staff.employees.models import Employee

_NOT_OFFERED = _("Choose one of the times that are offered.")
LONGEST = timedelta(days=366)
"""The longest period that is listed."""


class InstantField(forms.Field):
    """One of the offered quarter-hours, as an instant with its offset."""

    default_error_messages = {"invalid": _NOT_OFFERED, "required": _NOT_OFFERED}

    def to_python(self, value: Any) -> datetime | None:
        """The aware instant. Raises ValidationError for anything else."""
        if value in self.empty_values:
            return None
        try:
            found = datetime.fromisoformat(str(value))
            return instant(found)
        except (ValueError, OverflowError):
            raise forms.ValidationError(self.error_messages["invalid"]) from None


class EndForm(forms.Form):
    """Another end of a shift, and why."""

    use_required_attribute = False

    ends_at = InstantField(label=_("New end of the shift"))
    reason = CleanTextField(
        label=_("Why"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": FAULTS["why"]},
    )


class RefuseEndForm(forms.Form):
    """Why the other side does not agree."""

    reason = CleanTextField(
        label=_("Reason"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": FAULTS["why"]},
    )

    def __init__(self, *args: Any, change_id: int | None = None, **kwargs: Any) -> None:
        self.dialog = f"refuse-end-{change_id}"
        super().__init__(*args, auto_id=f"{self.dialog}-%s", **kwargs)


class OverrideForm(forms.Form):
    """Why it has to be so although a rule of working time is not kept; asked only when one is not."""

    reason = CleanTextField(
        label=_("Why it has to be so nevertheless"), max_length=REASON_MAX, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, change_id: int, **kwargs: Any) -> None:
        self.change_id = change_id
        super().__init__(*args, auto_id=f"override-{change_id}-%s", **kwargs)


class FiltersForm(forms.Form):
    """The filters of the list of working time, which stand in the address."""

    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("Until day"), required=False)
    person = forms.ChoiceField(label=_("Employee"), required=False)
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("everything")), *KIND_LABELS.items()]
    )

    def __init__(self, data: Any, *, people: Iterable[Employee], today: date) -> None:
        super().__init__(data)
        self.today = today
        names = [(one.username, one.full_name) for one in people]
        self.fields["person"].choices = [("", _("everybody")), *names]

    def filters(self) -> Filters:
        """What is asked; what cannot be understood counts as not asked. Without a period: this month."""
        self.is_valid()
        found = self.cleaned_data
        until = _sane(found.get("until")) or self.today
        since = _sane(found.get("since")) or min(self.today.replace(day=1), until)
        since = min(max(since, until - LONGEST), until)
        return Filters(since, until, found.get("person") or "", found.get("what") or "")


def _sane(day: date | None) -> date | None:
    return day if day is not None and 2000 <= day.year <= 2200 else None


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    said = dict.fromkeys(("invalid", "required", "min_value", "max_value"), FAULTS["rule"])
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=said)


class RuleForm(forms.Form):
    """From when lateness is systematic."""

    times = _number(_("Times late"), 1, 100)
    days = _number(_("Within so many days"), 1, 366)
    minutes = _number(_("Later than so many minutes"), 0, 600)

    def rule(self) -> Lateness:
        """What was typed."""
        return Lateness(**self.cleaned_data)

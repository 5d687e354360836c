"""What people type: the filters of the week, and a shift as date and wall times of Kyiv."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import CleanTextField, DayField, HourField
from fregat.lib.rights import Role
from shifts.roster import rules
from shifts.roster.labels import FAULTS, KIND_LABELS
from shifts.roster.models import Shift
from shifts.roster.selectors import Filters
from staff.employees.models import Employee

REASON_MAX = 2000
MONTHS_OFFERED = 6
PAGE_DIGITS = 4
_READINGS = [
    ("", "–"),
    ("first", _("the first one (summer time)")),
    ("second", _("the second one (winter time)")),
]
_FIELDS = {"starts_at": "starts", "ends_at": "ends"}
"""Fields of the action → fields of the form."""


def sane_day(day: date) -> date:
    """The day itself; a slip of the pen in the year raises ValidationError."""
    if not 2000 <= day.year <= 2200:
        raise forms.ValidationError(_("Check the year."))
    return day


class FiltersForm(forms.Form):
    """The filters in the address: `?month=2026-11&team=senior&person=operator&view=list&page=2`."""

    view = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, people: list[Employee], today: date) -> None:
        super().__init__(data.copy())
        self.today = today
        self.month = self._month()
        self.data = {**self.data.dict(), "month": f"{self.month:%Y-%m}"}
        self._choice(
            "month", _("Month"), [(f"{one:%Y-%m}", date_format(one, "F Y")) for one in self._months()]
        )
        seniors = [one for one in people if one.role == Role.SENIOR]
        for name, label, chosen in (("team", _("Team"), seniors), ("person", _("Employee"), people)):
            names = [(one.username, one.full_name) for one in chosen]
            self._choice(name, label, [("", pgettext_lazy("people", "all")), *names])

    def _choice(self, name: str, label: Any, choices: list[tuple[str, Any]]) -> None:
        widget = forms.Select(attrs={"class": "form-select"})
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)

    def filters(self) -> Filters:
        """What was understood; a filter that was not is left out, and the form says so."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(self.month, found.get("person", ""), found.get("team", ""), self._page())

    @property
    def shown(self) -> list[BoundField]:
        """The fields that have something to choose from."""
        names = [name for name in ("team", "person") if len(self.fields[name].choices) > 1]
        return [self[name] for name in ("month", *names)]

    @property
    def is_list(self) -> bool:
        """The table instead of the grid."""
        return bool(self.cleaned_data.get("view") == "list")

    def _month(self) -> date:
        """The first day of the month asked for (`month`, or the day `from` in it), else of this one."""
        for text in (f"{self.data.get('month', '')}-01", str(self.data.get("from", ""))):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                continue
            if 2000 <= day.year <= 2200:
                return rules.month_of(day)
        return rules.month_of(self.today)

    def _months(self) -> list[date]:
        """A year around the month that is shown, and around today."""
        found = {self.month, rules.month_of(self.today)}
        before = after = self.month
        for _index in range(MONTHS_OFFERED):
            before, after = rules.month_of(before - timedelta(days=1)), rules.next_month(after)
            found |= {before, after}
        return sorted(found)

    def _page(self) -> int:
        text = str(self.data.get("page", ""))
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= PAGE_DIGITS else 1


class ReasonForm(forms.Form):
    """Why rules are not kept, when drafts that break some are published."""

    reason = CleanTextField(
        label=_("Reason"), required=False, max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )


class ShiftForm(forms.Form):
    """A shift: the day it begins, from when to when (an end not after the start is on the next day)."""

    employee = forms.ChoiceField(label=_("Employee"))
    day = DayField(label=_("Day"))
    starts = HourField(label=pgettext_lazy("time", "From"))
    starts_reading = forms.ChoiceField(label=_("Which beginning"), required=False, choices=_READINGS)
    ends = HourField(
        label=pgettext_lazy("time", "To"),
        help_text=_("Not later than the beginning means the next day."),
    )
    ends_reading = forms.ChoiceField(label=_("Which end"), required=False, choices=_READINGS)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()), widget=forms.RadioSelect)
    leads = forms.BooleanField(label=_("Leads the shift"), required=False)
    draft = forms.BooleanField(
        label=_("Draft"), required=False, help_text=_("Nobody else sees it until it is published.")
    )
    reason = CleanTextField(
        label=_("Reason"), required=False, max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, people: list[Employee] = (), shift: Shift | None = None, **more: Any
    ):
        self.shift = shift
        if shift is not None:
            more["initial"] = _initial(shift) | more.get("initial", {})
        super().__init__(data, **more)
        self.asks: set[str] = set()
        """Which of the two readings must be chosen: the template shows these alone."""
        if shift is None:
            self.fields["employee"].choices = [("", "–"), *((one.username, one.full_name) for one in people)]
            self.people = {one.username: one for one in people}
        else:
            del self.fields["employee"], self.fields["draft"]

    def clean_day(self) -> date:
        """A day of this epoch."""
        return sane_day(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        """Wall times become the instants `starts_at` and `ends_at`."""
        found = super().clean() or self.cleaned_data
        day, starts, ends = (found.get(name) for name in ("day", "starts", "ends"))
        if day is None or starts is None or ends is None:
            return found
        last = day if ends > starts else day + timedelta(days=1)
        found["starts_at"] = self._instant("starts", day, starts)
        found["ends_at"] = self._instant("ends", last, ends)
        return found

    def plan(self) -> dict[str, Any]:
        """The values for the actions."""
        names = ("starts_at", "ends_at", "kind", "leads")
        return {name: self.cleaned_data[name] for name in names}

    def add_refusal(self, refused: Invalid) -> None:
        """Put the sentences of an action beside the fields they are about."""
        for name, sentences in refused.errors.items():
            own = _FIELDS.get(name, name)
            self.add_error(own if own in self.fields else None, [str(text) for text in sentences])

    def _instant(self, name: str, day: date, at: time) -> datetime | None:
        local = datetime.combine(day, at).strftime(rules.WALL)
        kept = self._unchanged(name, local)
        moments = rules.readings(local, clock.KYIV.key)
        if not moments:
            self.add_error(name, FAULTS["skipped_hour"])
            return None
        if len(moments) == 1:
            return kept or moments[0]
        self.asks.add(f"{name}_reading")
        choice: str = self.cleaned_data.get(f"{name}_reading", "")
        if not choice:
            self.add_error(f"{name}_reading", FAULTS["repeated_hour"])
            return None
        return moments[1 if choice == "second" else 0]

    def _unchanged(self, name: str, local: str) -> datetime | None:
        """The shift's own instant, seconds and all, when its wall time was left as it is."""
        if self.shift is None:
            return None
        mine: datetime = {"starts": self.shift.starts_at, "ends": self.shift.ends_at}[name]
        return mine if rules.wall(mine, clock.KYIV.key) == local else None


def _initial(shift: Shift) -> dict[str, Any]:
    starts, ends = clock.local(shift.starts_at), clock.local(shift.ends_at)
    readings = {
        f"{name}_reading": "second" if moment.fold else "first"
        for name, moment in (("starts", starts), ("ends", ends))
        if len(rules.readings(moment.strftime(rules.WALL), clock.KYIV.key)) > 1
    }
    return readings | {
        "day": starts.date(), "starts": starts.time().replace(second=0, microsecond=0),
        "ends": ends.time().replace(second=0, microsecond=0), "kind": shift.kind,
        "leads": shift.leads, "version": shift.version,
    }  # fmt: skip

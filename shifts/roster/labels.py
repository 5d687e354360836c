"""Words for people: kinds of shifts, times of a shift, why a shift cannot stand."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fregat.lib import clock

KIND_LABELS = {"day": pgettext_lazy("shift", "day"), "night": pgettext_lazy("shift", "night")}

FIELD_LABELS: dict[str, str | Promise] = {
    "employee": _("Employee"),
    "starts_at": _("Begins"),
    "ends_at": _("Ends"),
    "kind": _("Kind"),
    "leads": _("Leads the shift"),
    "reason": _("Reason"),
}

FAULTS: dict[str, str | Promise] = {
    "ends_before_start": _("The end must come after the beginning."),
    "ends_in_past": _("The end is already in the past. Give a later time."),
    "too_far": _("This date is more than a year away. Check the year."),
    "too_short": _("A shift lasts at least one minute."),
    "too_long": _("A shift lasts at most one day. Check the dates, or plan two shifts."),
    "began_long_ago": _("This time has passed long ago. Correct it, or write the reason."),
    "has_ended": _("The shift has ended: what was worked is not rewritten."),
    "cancelled": _("The shift has been cancelled. Plan a new one."),
    "cancel_reason": _("Write why the shift is being cancelled."),
    "skipped_hour": _(
        "The clocks go forward on this night: there is no such time. Give an earlier or a later one."
    ),
    "repeated_hour": _(
        "The clocks go back on this night, and this time comes twice. Choose which one is meant."
    ),
    "bad_time": _("Give the date and the time."),
    "unknown_field": _("This cannot be changed in a shift."),
    "unknown_kind": _("Choose day or night."),
    "not_employed": _("This employee does not work here any more."),
    "may_not_lead": _("Only a senior manager, or whoever substitutes one for the whole shift, can lead it."),
}

OVERLAP = _("%(name)s already has a shift at this time: %(span)s. Change that one, or choose another time.")
SECOND_LEADER = _("This shift is already led by %(name)s: %(span)s. There can be only one leader at a time.")


def cancelled_shifts(count: int) -> str:
    """What a dismissal does to the roster."""
    return ngettext("%(count)s shift is cancelled.", "%(count)s shifts are cancelled.", count) % {
        "count": count
    }


def shifts_without_leader(count: int) -> str:
    """What becomes of shifts whose leader may lead no more."""
    return ngettext(
        "%(count)s shift that they lead has no leader then: plan another one.",
        "%(count)s shifts that they lead have no leader then: plan another one.",
        count,
    ) % {"count": count}


def span(starts_at: datetime, ends_at: datetime) -> str:
    """`23.11.2026 08:00–20:00`, with the second date when it differs, on the centre's clock."""
    begin, end = clock.local(starts_at), clock.local(ends_at)
    tail = "%H:%M" if begin.date() == end.date() else "%d.%m.%Y %H:%M"
    return f"{begin:%d.%m.%Y %H:%M}–{end.strftime(tail)}"

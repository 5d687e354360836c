"""Words for people: kinds of shifts, times of a shift, why a shift cannot stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock
from shifts.roster.rules import LAW, Broken, Hours, RuleKind

KIND_LABELS = {"day": pgettext_lazy("shift", "day"), "night": pgettext_lazy("shift", "night")}


def _first_letter(kind: str) -> str:
    return str(KIND_LABELS[kind])[0].upper()


KIND_SIGNS: dict[str, Any] = {kind: lazy(_first_letter, str)(kind) for kind in KIND_LABELS}
"""One letter, in a cell of the month."""

SHIFT_NAMES = {"day": _("Day shift"), "night": _("Night shift")}
"""What stands in the calendar of a telephone."""

WISH_LABELS = {
    "unavailable": pgettext_lazy("wish", "cannot work"),
    "off": pgettext_lazy("wish", "would like a day off"),
    "day": pgettext_lazy("wish", "would like days"),
    "night": pgettext_lazy("wish", "would like nights"),
}
WISH_SIGNS = {"unavailable": "✕", "off": "○", "day": "☼", "night": "☾"}
"""What stands in a cell of the month."""

NOTICES: dict[str, tuple[str | Promise, str]] = {
    "shift_changed": (_("Your shift has changed: %(span)s. Say that you have seen it."), "calendar-clock"),
    "roster_published": (_("The roster for %(month)s is published."), "calendar-check"),
}

CONSTRAINTS: dict[str, str | Promise] = {
    "no_two_shifts_at_once": _("This employee already has a shift at this time."),
    "one_leader_at_a_moment": _("Somebody already leads a shift at this time."),
    "shift_not_empty": _("The end must come after the beginning."),
    "shift_cancelled_with_reason": _("Write why the shift is being cancelled."),
    "only_published_is_confirmed": _("A draft is not confirmed: publish it first."),
    "confirmed_after_asked": _("This shift has changed meanwhile. Please look at it again."),
    "wish_not_empty": _("The last day must not come before the first."),
    "roster_pattern_name_key": _("There is a pattern of this name already."),
    "roster_patternuse_employee_id_key": _("Somebody is choosing a pattern for this employee right now."),
    "one_calendar_address_each": _("Somebody is making this address right now. Please try again."),
    "roster_calendarkey_digest_key": _("Somebody is making this address right now. Please try again."),
    "hours_export_has_a_purpose": _("Say what the table is for."),
    "hours_exports_are_kept": _("What was taken out stays on record."),
    "one_roster_rule_a_day": _("Somebody is changing this rule right now. Please try again."),
    "roster_rule_has_a_limit": _("Give a number within the bounds of this rule."),
}

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
    "has_begun": _("This shift has begun already: nobody else can take it."),
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
    "nothing_to_publish": _("There are no drafts to publish here."),
    "published_cell": _("This shift is published: open it, change or cancel it, and write why."),
    "nothing_to_undo": _("There is nothing of yours to take back in the last hour."),
    "changed_since": _("What you did last has been changed or published since: change it by hand."),
    "pattern_unreadable": _(
        "Write D for a day, N for a night, - for a day off, with spaces: D D N N - -; a star where the shift leads: D*."
    ),
    "pattern_too_long": _("A pattern has at most 56 days."),
    "pattern_empty": _("A pattern needs at least one day or night."),
    "nothing_to_make": _(
        "There is nothing to make: nobody here has a pattern, or all their days are planned."
    ),
    "wish_in_past": _("Choose days to come."),
    "wish_too_long": _("Choose at most two months at once."),
    "wish_reversed": _("The last day must not come before the first."),
    "unknown_wish": _("Choose what you wish."),
    "export_purpose": _("Say what the table is for."),
    "write_why": _("Write why it has to be so nevertheless."),
    "unknown_rule": _("There is no such rule."),
    "limit_out_of_range": _("Give a number within the bounds of this rule."),
    "rule_in_past": _(
        "A rule changes from today or from a later day: what was planned by the old one stays."
    ),
    "rule_reason": _("Write on what ground the rule is being changed."),
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


def and_more(count: int) -> str:
    """What a list of faults leaves out."""
    return ngettext("and %(count)s more: see the grid.", "and %(count)s more: see the grid.", count) % {
        "count": count
    }


def span(starts_at: datetime, ends_at: datetime) -> str:
    """`23.11.2026 08:00–20:00`, with the second date when it differs, on the centre's clock."""
    begin, end = clock.local(starts_at), clock.local(ends_at)
    tail = "%H:%M" if begin.date() == end.date() else "%d.%m.%Y %H:%M"
    return f"{begin:%d.%m.%Y %H:%M}–{end.strftime(tail)}"


RULE_LABELS: dict[str, str | Promise] = {
    RuleKind.REST: _("Rest between shifts"),
    RuleKind.MONTH: _("Hours of the month"),
    RuleKind.WEEK: _("Uninterrupted rest of the week"),
    RuleKind.NIGHT: _("Night hours of the month"),
    RuleKind.NIGHTS: _("Nights in a row"),
}
RULE_UNITS: dict[str, str | Promise] = {
    RuleKind.REST: _("times the length of the shift before, at least"),
    RuleKind.MONTH: _("hours a week on average over the month, at most"),
    RuleKind.WEEK: _("hours, at least"),
    RuleKind.NIGHT: _("hours between 22:00 and 06:00, at most"),
    RuleKind.NIGHTS: _("night shifts one after another, at most"),
}
_CODE = _("Labour Code, art. %(article)s")
_OWN_RULE = _("rule of the centre")
_BROKEN: dict[RuleKind, str | Promise] = {
    RuleKind.REST: _("Rest before the shift %(span)s: %(have)s, and %(need)s are needed (%(source)s)."),
    RuleKind.MONTH: _("Hours in %(month)s: %(have)s, and the norm is %(need)s (%(source)s)."),
    RuleKind.WEEK: _(
        "The longest rest in the week of the shift %(span)s: %(have)s, and %(need)s are needed (%(source)s)."
    ),
    RuleKind.NIGHT: _("Night hours in %(month)s: %(have)s, and at most %(need)s are allowed (%(source)s)."),
}


def source(kind: str) -> str:
    """Where a rule comes from."""
    article = LAW[RuleKind(kind)].article
    return str(_CODE) % {"article": article} if article else str(_OWN_RULE)


def hours(number: float) -> str:
    """`24 h`, `11 h 30 min`."""
    whole, minutes = divmod(round(number * 60), 60)
    if not minutes:
        return gettext("%(hours)s h") % {"hours": whole}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": minutes}


def broken(fault: Broken) -> str:
    """A rule of working time that is not kept, in words."""
    words = {
        "span": span(fault.at.starts_at, fault.at.ends_at),
        "month": f"{clock.local(fault.at.starts_at):%m.%Y}",
        "source": source(fault.kind),
    }
    if fault.kind == RuleKind.NIGHTS:
        return gettext("Night shift %(span)s is number %(have)s in a row; at most %(need)s (%(source)s).") % {
            **words, "have": int(fault.have), "need": int(fault.need),
        }  # fmt: skip
    return str(_BROKEN[fault.kind]) % {**words, "have": hours(fault.have), "need": hours(fault.need)}


def broken_together(faults: Sequence[Broken]) -> list[str]:
    """Rules that are not kept, in words: one sentence for the same rule over many days, with the days and the worst."""
    kinds = dict.fromkeys(fault.kind for fault in faults)
    return [_together([fault for fault in faults if fault.kind == kind]) for kind in kinds]


def _together(faults: Sequence[Broken]) -> str:
    """The same rule of the same person."""
    if len(faults) == 1:
        return broken(faults[0])
    worst = max(faults, key=lambda fault: fault.over)
    said = ngettext(
        "%(rule)s: not kept %(count)s time – %(days)s. At worst %(have)s instead of %(need)s (%(source)s).",
        "%(rule)s: not kept %(count)s times – %(days)s. At worst %(have)s instead of %(need)s (%(source)s).",
        len(faults),
    )
    number = (lambda value: str(int(value))) if worst.kind == RuleKind.NIGHTS else hours
    days = dict.fromkeys(f"{clock.local(fault.at.starts_at):%d.%m}" for fault in faults)
    return said % {
        "rule": RULE_LABELS[worst.kind], "count": len(faults), "days": ", ".join(days),
        "have": number(worst.have), "need": number(worst.need), "source": source(worst.kind),
    }  # fmt: skip


def broken_of(name: str, fault: Broken) -> str:
    """The same of somebody."""
    return f"{name}: {broken(fault)}"


def hours_headings() -> list[str]:
    """The first line of the table of hours."""
    return [
        gettext("Employee"),
        gettext("Shifts planned"),
        gettext("Hours planned"),
        gettext("Norm, h"),
        gettext("Shifts begun"),
        gettext("Hours worked"),
        gettext("of them at night"),
        gettext("of them on holidays"),
    ]


def hours_line(name: str, planned: Hours, worked: Hours, norm: float) -> list[str | int | float]:
    """One line of it; hours as decimal numbers, for counting on."""
    return [
        name, planned.shifts, decimal(planned.all), round(norm, 2),
        worked.shifts, decimal(worked.all), decimal(worked.night), decimal(worked.holiday),
    ]  # fmt: skip


def decimal(length: timedelta) -> float:
    """Hours as a number with two places."""
    return round(length.total_seconds() / 3600, 2)

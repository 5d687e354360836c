"""Words for people: how late somebody came, how early they left, changes of the end of a shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fregat.lib import clock
from fregat.lib.errors import Sentence
from shifts.attendance.statuses import State

END_STATE_LABELS: dict[str, Sentence] = {
    State.ASKED: pgettext_lazy("end of a shift", "waits for an answer"),
    State.AGREED: pgettext_lazy("end of a shift", "agreed"),
    State.REFUSED: pgettext_lazy("end of a shift", "not agreed"),
    State.WITHDRAWN: pgettext_lazy("end of a shift", "withdrawn"),
}
END_STATE_TONES = {
    State.ASKED: "info",
    State.AGREED: "good",
    State.REFUSED: "warn",
    State.WITHDRAWN: "quiet",
}

KIND_LABELS: dict[str, Sentence] = {
    "late": _("came late"),
    "early": _("left early"),
    "absent": _("did not come"),
    "changed": _("the end was changed"),
    "two_places": _("at two places at once"),
}
"""What the list of working time is narrowed to."""

FAULTS: dict[str, Any] = {
    "same_end": _("The shift ends then anyway. Choose another time."),
    "passed": _("This time has passed already."),
    "before_start": _("The shift cannot end before it begins."),
    "much_longer": _("A shift is prolonged by six hours at most."),
    "earlier_only_own": _("Only the employee asks to leave earlier. You can ask to stay longer."),
    "has_ended": _("The shift has ended."),
    "no_shift": _("No shift is planned for you."),
    "moved_on": _("This has changed meanwhile. Look at how it stands now."),
    "shift_moved": _("The shift has been changed since: its end is another one now. Ask again."),
    "why": _("Say why: the other side reads it."),
    "rule": _("Give whole numbers: 1 to 100 times, in 1 to 366 days, by up to 600 minutes."),
}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "end_asked_early": (_("%(name)s asks to leave at %(at)s: %(reason)s"), "log-out"),
    "end_asked_longer": (_("%(name)s asks to stay until %(at)s: %(reason)s"), "clock-plus"),
    "end_asked_of_you": (_("%(name)s asks you to stay until %(at)s: %(reason)s"), "clock-plus"),
    "end_agreed": (_("Agreed: the shift of %(name)s ends at %(at)s."), "circle-check"),
    "end_refused": (_("The shift of %(name)s does not end at %(at)s: %(reason)s"), "circle-x"),
    "signed_out_early": (
        _("%(name)s signed out everywhere at %(at)s; the shift runs until %(until)s."),
        "log-out",
    ),
}

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "attendance_attendance_shift_id_key": _("The beginning of this shift is on record already."),
    "attendance_ends_after_it_began": _("What was worked ends after it begins."),
    "attendance_early_when_ended": _("Only a shift that has ended was left early."),
    "one_end_change_asked": _("Another end of this shift is being asked for already."),
    "end_change_changes": FAULTS["same_end"],
    "end_change_decided_by_somebody": _("Whoever answers is on record."),
    "nobody_agrees_to_own_end_change": _("Nobody agrees to what they asked for."),
    "end_change_refused_with_reason": FAULTS["why"],
    "lateness_rule_is_sane": FAULTS["rule"],
}


def late(seconds: int) -> str:
    """`12 min late`; an empty string for who came in time, and less than a minute is said so."""
    if seconds <= 0:
        return ""
    minutes = seconds // 60
    if not minutes:
        return str(_("less than a minute late"))
    return ngettext("%(count)d minute late", "%(count)d minutes late", minutes) % {"count": minutes}


def on_shift_until(ends_at: datetime) -> str:
    """A mark beside a name on lists."""
    return str(_("on shift until %(at)s")) % {"at": f"{clock.local(ends_at):%H:%M}"}


def two_places(at: datetime | None) -> str:
    """`at two places at 14:05`: signed in with two browsers at once; an empty string when it was not so."""
    return str(_("at two places at %(at)s")) % {"at": f"{clock.local(at):%H:%M}"} if at else ""


def early(seconds: int) -> str:
    """`12 min early`; an empty string for who stayed until the end."""
    if seconds < 60:
        return ""
    minutes = seconds // 60
    return ngettext("left %(count)d minute early", "left %(count)d minutes early", minutes) % {
        "count": minutes
    }


def duration(length: timedelta) -> str:
    """`36:30`, hours and minutes."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def often_late(times: int, days: int) -> str:
    """A mark: how often somebody came late."""
    words = ngettext("late %(count)d time", "late %(count)d times", times) % {"count": times}
    span = ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return f"{words} {span}"

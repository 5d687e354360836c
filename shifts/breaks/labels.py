"""Words of the room: kinds, states, faults, notices, sentences of the constraints."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Sentence
from shifts.breaks.rules import Ready
from shifts.breaks.statuses import State

KIND_LABELS: dict[str, Sentence] = {"lunch": _("lunch break"), "short": _("short break")}

STATE_LABELS: dict[str, Sentence] = {
    State.ASKED: pgettext_lazy("break", "waits for agreement"),
    State.AGREED: pgettext_lazy("break", "agreed"),
    State.REFUSED: pgettext_lazy("break", "not agreed"),
    State.WITHDRAWN: pgettext_lazy("break", "withdrawn"),
    State.RUNNING: pgettext_lazy("break", "runs"),
    State.OVER: pgettext_lazy("break", "over"),
}
STATE_TONES = {
    State.ASKED: "info",
    State.AGREED: "good",
    State.REFUSED: "warn",
    State.WITHDRAWN: "quiet",
    State.RUNNING: "accent",
    State.OVER: "quiet",
}

READY_LABELS: dict[str, Sentence] = {
    Ready.TAKES: _("takes new calls"),
    Ready.AWAY: _("on a break"),
    Ready.FINISHING: _("finishes the shift"),
    Ready.OFF: _("off duty"),
}
READY_TONES: dict[str, str] = {
    Ready.TAKES: "good",
    Ready.AWAY: "accent",
    Ready.FINISHING: "warn",
    Ready.OFF: "quiet",
}

NOT_OFFERED: dict[str, Sentence] = {
    Ready.AWAY: _("%(name)s is on a break and receives no cases."),
    Ready.FINISHING: _("%(name)s finishes the shift and takes no new calls."),
    Ready.OFF: _("%(name)s is not on duty now."),
}

FAULTS: dict[str, Any] = {
    "kind": _("Choose which break."),
    "past": _("This time has passed already."),
    "outside": _("The break must lie inside your shift."),
    "last_minutes": _("The break must end before the check at the end of the shift begins."),
    "early": _("It is too early: the break begins at most 10 minutes before the agreed time."),
    "no_shift": _("No shift is planned for you: there is nothing to have a break from."),
    "off_shift": _("Your shift has not begun."),
    "same_time": _("It is agreed at this time already. Choose another one to move it."),
    "moved_on": _("This break has changed meanwhile. Look at how it stands now."),
    "reason": _("Say why: the employee reads it."),
}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "break_asked": (_("%(name)s asks for a break at %(at)s."), "coffee"),
    "break_agreed": (_("Your break at %(at)s is agreed."), "coffee"),
    "break_moved": (_("Your break was moved: it is agreed at %(at)s."), "coffee"),
    "break_refused": (_("Your break at %(at)s is not agreed: %(reason)s"), "coffee"),
    "break_closed": (_("Your break at %(at)s was not ended: the program ended it with the shift."), "coffee"),
    "break_closed_of": (
        _("%(name)s did not come back from the break at %(at)s: the program ended it with the shift."),
        "coffee",
    ),
    "break_dropped": (_("Your shift has changed, your break at %(at)s does not fit it any more."), "coffee"),
}

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "one_lunch_a_shift": _("This shift has its lunch break already."),
    "no_two_breaks_at_once": _("There is another break at this time."),
    "one_break_runs": _("Another break is running: end it first."),
    "break_not_empty": _("A break must end after it begins."),
    "break_refused_with_reason": FAULTS["reason"],
    "break_begun_when_it_runs": _("A break runs from when it was begun."),
    "break_over_when_it_ended": _("A break is over when its end is on record."),
    "break_ended_by_program_is_over": _("The program ends only a break that is over."),
}

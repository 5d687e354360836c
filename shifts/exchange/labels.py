"""Words of the room: states, faults, notices, sentences of the constraints."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Sentence
from shifts.exchange.statuses import Fall, State

STATE_LABELS: dict[str, Sentence] = {
    State.ASKED: pgettext_lazy("exchange", "the colleague has to answer"),
    State.ACCEPTED: pgettext_lazy("exchange", "to be agreed by the senior manager"),
    State.DONE: pgettext_lazy("exchange", "agreed"),
    State.DECLINED: pgettext_lazy("exchange", "the colleague has refused"),
    State.REFUSED: pgettext_lazy("exchange", "not agreed"),
    State.WITHDRAWN: pgettext_lazy("exchange", "withdrawn"),
    State.FALLEN: pgettext_lazy("exchange", "has fallen"),
}
STATE_TONES = {
    State.ASKED: "info",
    State.ACCEPTED: "accent",
    State.DONE: "good",
    State.DECLINED: "warn",
    State.REFUSED: "warn",
    State.WITHDRAWN: "quiet",
    State.FALLEN: "quiet",
}

FALLS: dict[str, Sentence] = {
    Fall.MOVED: _("A shift of this request has been changed in the roster meanwhile."),
    Fall.CANCELLED: _("A shift of this request has been cancelled meanwhile."),
    Fall.BEGINS: _("The shift is about to begin, and nobody had decided."),
    Fall.DISMISSED: _("One of the two does not work here any more."),
    Fall.TRANSFERRED: _("One of the two has been transferred to other work."),
}

FAULTS: dict[str, Any] = {
    "moved_on": _("This request has changed meanwhile. Look at how it stands now."),
    "cancelled": _("This shift has been cancelled."),
    "draft": _("This shift is not published yet."),
    "begins": _("This shift is about to begin or has begun: it can be given to nobody now."),
    "not_yours": _("Only one's own shift is given away or exchanged."),
    "colleague": _("Choose a colleague."),
    "unqualified": _(
        "%(name)s does not work on all the projects of this shift, or does not speak all its languages."
    ),
    "other_role": _("%(name)s does other work."),
    "may_not_lead": _("%(name)s may not lead this shift."),
    "away": _("%(name)s is away in those days."),
    "busy": _("%(name)s has a shift at that time: %(span)s."),
    "wanted": _("Choose one of this colleague's published shifts to come."),
    "reason": _("Say why: both read it."),
    "why": _("Say why it has to be so nevertheless: the senior manager reads it."),
    "words": _("Answer «agreed» or «not agreed»."),
}

_FALL_ICON = "calendar-x"
NOTICES: dict[str, tuple[Sentence, str]] = {
    "exchange_give": (_("%(name)s asks you to take over the shift %(shift)s."), "arrow-left-right"),
    "exchange_swap": (
        _("%(name)s offers an exchange: you work %(shift)s, and they %(wanted)s."), "arrow-left-right",
    ),
    "exchange_accepted": (
        _("%(name)s agrees about the shift %(shift)s. The senior manager decides now."), "user-check",
    ),
    "exchange_to_decide": (
        _("%(giver)s and %(name)s have agreed about the shift %(shift)s: decide."), "arrow-left-right",
    ),
    "exchange_declined": (_("%(name)s does not agree about the shift %(shift)s."), "user-x"),
    "exchange_given": (_("Agreed: %(name)s works %(shift)s instead of you."), "calendar-check"),
    "exchange_taken": (_("Agreed: you work %(shift)s instead of %(name)s."), "calendar-check"),
    "exchange_swapped": (
        _("The exchange is agreed: you work %(mine)s, and %(name)s works %(theirs)s."), "calendar-check",
    ),
    "exchange_refused": (_("The request about the shift %(shift)s is not agreed."), "calendar-x"),
    "exchange_withdrawn": (
        _("%(giver)s has withdrawn the request about the shift %(shift)s."), "undo-2",
    ),
    "exchange_fallen_moved": (
        _("The request about the shift %(shift)s has fallen: a shift was changed meanwhile."), _FALL_ICON,
    ),
    "exchange_fallen_cancelled": (
        _("The request about the shift %(shift)s has fallen: a shift was cancelled meanwhile."), _FALL_ICON,
    ),
    "exchange_fallen_begins": (
        _("The request about the shift %(shift)s has fallen: it begins, and nobody had decided."), _FALL_ICON,
    ),
    "exchange_fallen_dismissed": (
        _("The request about the shift %(shift)s has fallen: one of you does not work here any more."),
        _FALL_ICON,
    ),
    "exchange_fallen_transferred": (
        _("The request about the shift %(shift)s has fallen: one of you was transferred."), _FALL_ICON,
    ),
}  # fmt: skip

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "one_open_exchange_per_shift": _(
        "A request about this shift waits for an answer already. Withdraw it, or choose another shift."
    ),
    "exchange_of_two_people": _("Nobody exchanges a shift with themselves."),
    "exchange_of_two_shifts": _("A shift is exchanged for another one."),
    "exchange_answered_with_time": _("An answer is kept with its time."),
    "exchange_decided_by_somebody": _("Whoever agrees or refuses is on record."),
    "exchange_refused_with_reason": FAULTS["reason"],
    "exchange_fallen_with_reason": _("Why a request has fallen is kept with it."),
    "exchange_shifts_of_done": _("Only an agreed request has new shifts."),
}

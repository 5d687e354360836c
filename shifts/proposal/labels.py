"""Words of the room: states, refusals, what a proposal could not fulfil and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, npgettext, npgettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Sentence
from shifts.proposal.statuses import State
from shifts.roster.labels import span
from shifts.roster.rules import RuleKind

STATE_LABELS: dict[str, Sentence] = {
    State.WORKING: pgettext_lazy("proposal", "is being sought"),
    State.READY: pgettext_lazy("proposal", "ready"),
    State.WRITTEN: pgettext_lazy("proposal", "written as drafts"),
    State.CANCELLED: pgettext_lazy("proposal", "stopped"),
    State.FAILED: pgettext_lazy("proposal", "failed"),
}
STATE_TONES: dict[str, tuple[str, str]] = {
    State.WORKING: ("info", "clock"),
    State.READY: ("good", "check"),
    State.WRITTEN: ("accent", "pencil"),
    State.CANCELLED: ("quiet", "x"),
    State.FAILED: ("bad", "triangle-alert"),
}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "proposal_ready": (_("The proposal of the roster for %(month)s is ready."), "calendar-check"),
    "proposal_failed": (_("No proposal of the roster for %(month)s could be found."), "triangle-alert"),
}

FAULTS: dict[str, Any] = {
    "month_over": _("This month is over: choose one that has days to come."),
    "month_far": _("Choose a month within the next year."),
    "nobody": _("There is nobody here whose shifts could be proposed: no operators and no doctors."),
    "no_team": _("Choose a team whose shifts you plan."),
    "not_working": _("There is nothing to stop: the search is over."),
    "not_ready": _("The proposal is not ready: wait until the search ends."),
    "nothing_to_write": _(
        "There is nothing to write: all of it stands in the roster, or cannot stand there any more."
    ),
    "not_yours": _("Rosters are proposed to senior managers and the head of the contact centre."),
}

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "one_search_for_a_month": _("A proposal for this month is being sought already: wait for it, or stop it."),
    "proposal_written_by_somebody": _("Somebody is writing this proposal right now. Please look at it again."),
    "proposal_ended_when_over": _("The search has ended meanwhile. Please look at it again."),
}  # fmt: skip


def lacking(people: int) -> str:
    """How many are lacking."""
    return npgettext("lacking", "%(count)s person", "%(count)s people", people) % {"count": people}


def lack_span(starts_at: datetime, ends_at: datetime) -> str:
    """`14.01.2027 20:00–15.01.2027 08:00`; a whole night by its wall clock."""
    return span(starts_at, ends_at)


_WHY: dict[str, Any] = {
    "away": npgettext_lazy(
        "why not on shift", "%(count)s is away or cannot work", "%(count)s are away or cannot work", "count"
    ),
    "works": npgettext_lazy(
        "why not on shift", "%(count)s works another shift", "%(count)s work another shift", "count"
    ),
    RuleKind.REST: npgettext_lazy(
        "why not on shift", "%(count)s rests between shifts", "%(count)s rest between shifts", "count"
    ),
    RuleKind.MONTH: npgettext_lazy(
        "why not on shift",
        "%(count)s has all hours of the month",
        "%(count)s have all hours of the month",
        "count",
    ),
    RuleKind.WEEK: npgettext_lazy(
        "why not on shift",
        "%(count)s would have no weekly rest",
        "%(count)s would have no weekly rest",
        "count",
    ),
    RuleKind.NIGHT: npgettext_lazy(
        "why not on shift", "%(count)s has all night hours", "%(count)s have all night hours", "count"
    ),
    RuleKind.NIGHTS: npgettext_lazy(
        "why not on shift",
        "%(count)s has enough nights in a row",
        "%(count)s have enough nights in a row",
        "count",
    ),
    "free": npgettext_lazy(
        "why not on shift", "%(count)s could: plan by hand", "%(count)s could: plan by hand", "count"
    ),
}
_BEFORE = _("only a shift of the month before covers it")


def why(codes: Mapping[str, int]) -> str:
    """Why the others are not there, those that are most first."""
    order = sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))
    return "; ".join(str(_WHY[code] % {"count": count} if code in _WHY else _BEFORE) for code, count in order)


def unmet(wish: str, day: str, needed: bool) -> str:
    """A wish that was not met, and why."""
    said: dict[str, Any] = {
        "off": gettext("a day off on %(day)s"),
        "day": gettext("a day shift on %(day)s"),
        "night": gettext("a night shift on %(day)s"),
    }
    ground = gettext("people would be lacking") if needed else gettext("for the hours of the month")
    return f"{said[wish] % {'day': day}}: {ground}"

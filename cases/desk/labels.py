"""Words for people: dangers, presence, what is asked for, groups of what the search finds."""

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Sentence
from shifts.breaks.labels import READY_LABELS, READY_TONES

RISK_LABELS = {
    "orphan": _("nobody on duty answers"),
    "risen": _("raised to the head"),
    "task_overdue": _("a task is overdue"),
    "escalated": _("not acknowledged yet"),
    "not_accepted": _("handed over, not accepted"),
    "task_soon": _("a task is due soon"),
    "quiet": _("nothing planned for an hour"),
    "provisional": _("provisional"),
}

PRESENCE_LABELS: dict[str, Sentence] = {
    "coming": _("begins soon"),
    "late": _("has not come"),
    **READY_LABELS,
}
PRESENCE_TONES: dict[str, str] = {"coming": "quiet", "late": "bad", **READY_TONES}

WAITING_LABELS = {
    "end": (_("asks for another end of the shift"), "clock"),
    "absence": (_("asks to be away"), "calendar-off"),
    "exchange": (_("gives a shift to a colleague"), "arrow-left-right"),
}
"""What somebody asks for, and its icon."""

GROUP_LABELS = {
    "case": _("Cases"),
    "person": _("Insured persons"),
    "policy": _("Policies"),
    "employee": _("Colleagues"),
    "command": _("Commands"),
    "document": _("Documents"),
    "article": _("Knowledge"),
}

WOKEN = "woken"
"""The reason of the escalation, and the kind of the notice."""
NOTICES = {WOKEN: (_("%(name)s wakes you: case %(number)s cannot wait."), "siren")}

"""Words for people: dangers, presence, groups of what the search finds."""

from django.utils.translation import gettext_lazy as _

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

PRESENCE_LABELS = {
    "coming": _("begins soon"),
    "late": _("has not come"),
    "on_duty": _("on duty"),
    "away": _("on a break"),
    "last": _("last 20 minutes"),
}
PRESENCE_TONES = {"coming": "quiet", "late": "bad", "on_duty": "good", "away": "accent", "last": "warn"}

GROUP_LABELS = {
    "case": _("Cases"),
    "person": _("Insured persons"),
    "policy": _("Policies"),
    "employee": _("Colleagues"),
    "command": _("Commands"),
    "document": _("Documents"),
}

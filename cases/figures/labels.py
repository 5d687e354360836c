"""Words of the figures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Sentence

FIGURE_LABELS: dict[str, Sentence] = {
    "registered": _("Cases registered"),
    "lapses": _("Cases without anybody on duty"),
    "escalations": _("Escalations acknowledged in time"),
    "promises": _("Promises kept"),
    "handovers": _("Handovers accepted in time"),
    "checks": _("End-of-shift checks begun in time"),
    "coverage": _("Quarter-hours with people enough"),
    "punctual": _("Shifts begun in time"),
    "came": _("Shifts that were worked"),
    "breaks": _("Breaks ended in time"),
}

MEANINGS: dict[str, Sentence] = {
    "registered": _("Insured events registered on the day."),
    "lapses": _("Open cases for which nobody on duty answered longer than a minute; there must be none."),
    "escalations": _(
        "Of what the senior manager had to be told of, how much was acknowledged before it rose to the head."
    ),
    "promises": _("Of the tasks due on the day, how many were done by their time."),
    "handovers": _(
        "Of the cases handed over, how many were accepted within 15 minutes by their first receiver."
    ),
    "checks": _("Of the checks of the last 20 minutes, how many the program began within a minute."),
    "coverage": _(
        "Of the quarter-hours round the clock, in how many as many people were on duty and not on a break"
        " as the expected calls needed."
    ),
    "punctual": _("Of the shifts that somebody began, how many were begun by their planned time."),
    "came": _("Of the shifts that have ended, how many somebody began at all."),
    "breaks": _("Of the breaks that have ended, how many lasted no longer than agreed."),
}
"""What exactly is counted, for the page of the figure."""

STATE_LABELS: dict[str, tuple[Sentence, str, str]] = {
    "met": (pgettext_lazy("target", "met"), "good", "check"),
    "near": (pgettext_lazy("target", "nearly met"), "warn", "triangle-alert"),
    "missed": (pgettext_lazy("target", "missed"), "bad", "x"),
}
"""How a share stands to its target: word, tone, icon."""

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "target_is_a_share": _("A target is a share from 0 to 100 per cent."),
    "figures_watchedquarter_pkey": _("This quarter-hour is on record already."),
    "one_target_from_a_day": _("A target from this day has been set already. Choose another day."),
}

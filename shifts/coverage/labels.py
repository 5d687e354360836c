"""Words of the coverage."""

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Sentence

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "goal_share_possible": _("The share of calls taken in time is from 1 to 99 per cent."),
    "goal_times_possible": _(
        "Seconds are from 1 to 600, minutes of talk from 1 to 120, of work from 0 to 480."
    ),
    "one_goal_from_a_day": _("A goal from this day has been set already. Choose another day."),
}

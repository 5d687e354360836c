"""A month of the demonstration: patterns, who works by which, weeks to come that are published.

They begin a week and a day from now, so that whoever tries the program out plans the next days freely; `night` has
no part in them (interfaces: her night, and nothing before it).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fregat.lib import clock
from shifts.roster import actions, rules
from shifts.roster.models import Pattern
from staff.employees.models import Employee

AHEAD = timedelta(days=8)
PATTERNS = (
    ("doba", gettext_lazy("Day, night, two days off"), "D N - -"),
    ("two", gettext_lazy("Two days, two nights, two days off"), "D D N N - -"),
    ("week", gettext_lazy("Five days a week"), "5D9-18 2-"),
    ("part", gettext_lazy("Part time"), "5D9-13 2-"),
)
WORKERS = (
    ("operator", "doba", 0),
    ("operator2", "doba", 2),
    ("senior", "week", None),
    ("doctor", "part", None),
)
"""Who, by which pattern, so many days after the beginning; None: from a Monday."""


def write(people: dict[str, Employee], now: datetime) -> None:
    """Write the patterns, make the weeks to come from them and publish them; one wish is respected. Once."""
    if Pattern.objects.exists():
        return
    first = clock.local(now + AHEAD).date()
    by, month, reason = people["head"], rules.month_of(first), _("Demonstration data")
    kept = {
        key: actions.write_pattern(by=by, name=str(name), sequence=sequence, now=now)
        for key, name, sequence in PATTERNS
    }
    for username, key, after in WORKERS:
        starts_on = first + timedelta(days=after if after is not None else -first.weekday() % 7)
        actions.use_pattern(by=by, employee=people[username], pattern=kept[key], starts_on=starts_on, now=now)
    wished = first + timedelta(days=4)
    actions.say_wish(
        by=people["operator"], kind="unavailable", first_day=wished, last_day=wished, note=_("Exam"), now=now
    )
    for one in (month, rules.next_month(month)):
        actions.make_month(by=by, month=one, now=now)
    actions.publish(by=by, month=month, reason=reason, now=now)

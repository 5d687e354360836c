"""Words for people: how late somebody came."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fregat.lib import clock


def late(seconds: int) -> str:
    """`12 min late`; an empty string for who came in time, and less than a minute is said so."""
    if seconds <= 0:
        return ""
    minutes = seconds // 60
    if not minutes:
        return _("less than a minute late")
    return ngettext("%(count)d minute late", "%(count)d minutes late", minutes) % {"count": minutes}


def on_shift_until(ends_at: datetime) -> str:
    """A mark beside a name on lists."""
    return _("on shift until %(at)s") % {"at": f"{clock.local(ends_at):%H:%M}"}

"""Words for people: how late somebody came."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def late(seconds: int) -> str:
    """`12 min late`; an empty string for who came in time, and less than a minute is said so."""
    if seconds <= 0:
        return ""
    minutes = seconds // 60
    if not minutes:
        return _("less than a minute late")
    return ngettext("%(count)d minute late", "%(count)d minutes late", minutes) % {"count": minutes}

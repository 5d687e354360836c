"""What may stand in a text that a person types or a program sends."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TEXT_MAX = 20_000
"""The longest text field of the house, in characters (interfaces: REST API)."""

_KEEP_IN_LINES = {"\t", "\n"}


def fault_in(value: str, *, max_length: int = TEXT_MAX, multiline: bool = True) -> str:
    """The sentence that says what is wrong with `value`, or an empty string.

    NUL and other control characters are refused and never silently removed: PostgreSQL cannot hold
    the first, and the others come from a broken paste that the person should see.
    """
    keep = _KEEP_IN_LINES if multiline else set()
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in keep for char in value):
        return _("The text contains characters that cannot be printed. Delete them and try again.")
    if len(value) > max_length:
        return ngettext(
            "The text is too long: at most %(max)d character is possible.",
            "The text is too long: at most %(max)d characters are possible.",
            max_length,
        ) % {"max": max_length}
    return ""


def normalise(value: str) -> str:
    """One kind of line end, composed letters (й, ї typed as two code points), no outer blanks."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()

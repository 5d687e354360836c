"""How far a message has come, in a word and a sign."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from fregat.lib.html import format_html
from fregat.lib.templatetags.ui import icon
from staff.messenger.labels import MARK_ICONS, MARK_LABELS
from staff.messenger.rules import Mark

register = template.Library()


@register.simple_tag
def message_mark(mark: Mark) -> SafeString:
    """The mark beside one's own message."""
    return format_html(
        '<span class="said-mark" data-mark="{}">{} {}</span>',
        mark.value,
        icon(MARK_ICONS[mark]),
        MARK_LABELS[mark],
    )

"""System checks of the room: a setting that would leave the log without its outside anchor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from cases.privacy.rules.anchors import target_of

HINT = "Give https://…, mailto:somebody@example.org, or the path of a file that the database's owner cannot reach."


def anchor_is_understood(**_options: Any) -> list[checks.CheckMessage]:
    """`ACCESS_LOG_ANCHOR` names something."""
    try:
        target_of(settings.ACCESS_LOG_ANCHOR)
    except ValueError:
        return [checks.Error("ACCESS_LOG_ANCHOR is not understood.", hint=HINT, id="privacy.E001")]
    return []


def anchor_is_there(**_options: Any) -> list[checks.CheckMessage]:
    """In production the head of the log lies outside, too."""
    if settings.ACCESS_LOG_ANCHOR:
        return []
    message = "ACCESS_LOG_ANCHOR is not set: whoever owns the database could write the access log anew."
    return [checks.Warning(message, hint=HINT, id="privacy.W001")]


def register_all() -> None:
    """Hand them over."""
    checks.register(anchor_is_understood, checks.Tags.security)
    checks.register(anchor_is_there, checks.Tags.security, deploy=True)

"""The terms of the source, as the settings give them (settings.FREGAT)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings


def check_before_end() -> timedelta:
    """So long before the end of the shift the check begins (JD II.12)."""
    return timedelta(minutes=settings.FREGAT["CHECK_MINUTES"])


def accept_within() -> timedelta:
    """So long a receiver has to accept (B5)."""
    return timedelta(minutes=settings.FREGAT["ACCEPTANCE_MINUTES"])


def card_grace() -> timedelta:
    """So long after the end of the shift the giver may complete a card that is not accepted yet (B1)."""
    return timedelta(minutes=settings.FREGAT["CARD_GRACE_MINUTES"])

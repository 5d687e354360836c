"""Rows of the room, by subject."""

from cases.privacy.models.log import AccessLog
from cases.privacy.models.seals import Anchor, Seal, SealMark, Verification

__all__ = ["AccessLog", "Anchor", "Seal", "SealMark", "Verification"]

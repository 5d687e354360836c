"""Rows of the room, by subject."""

from cases.privacy.models.disclosure import Consent, ConsentRequest, Disclosure
from cases.privacy.models.findings import Finding, PatternMark
from cases.privacy.models.glass import BrokenGlass
from cases.privacy.models.log import AccessLog
from cases.privacy.models.seals import Anchor, Seal, SealMark, Verification

__all__ = [
    "AccessLog",
    "Anchor",
    "BrokenGlass",
    "Consent",
    "ConsentRequest",
    "Disclosure",
    "Finding",
    "PatternMark",
    "Seal",
    "SealMark",
    "Verification",
]

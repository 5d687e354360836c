"""The read side of the room, by subject."""

from cases.privacy.selectors.disclosure import (
    consents,
    disclosed_of,
    disclosures,
    get_consent,
    get_request,
    permits,
    requests,
)
from cases.privacy.selectors.glass import (
    Figure,
    figures,
    get_glass,
    glasses,
    glasses_today,
    is_open,
    looks_through,
)

__all__ = [
    "Figure",
    "consents",
    "disclosed_of",
    "disclosures",
    "figures",
    "get_consent",
    "get_glass",
    "get_request",
    "glasses",
    "glasses_today",
    "is_open",
    "looks_through",
    "permits",
    "requests",
]

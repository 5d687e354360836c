"""The read side of the room."""

from cases.contracts.selectors.contracts import LINES, Filters, contracts, get_contract, persons_of
from cases.contracts.selectors.tariffs import (
    Answer,
    get_programme,
    in_force,
    programmes_with_tariffs,
    quote,
    read,
    territories,
    territory_for,
    versions,
)

__all__ = [
    "LINES",
    "Answer",
    "Filters",
    "contracts",
    "get_contract",
    "get_programme",
    "in_force",
    "persons_of",
    "programmes_with_tariffs",
    "quote",
    "read",
    "territories",
    "territory_for",
    "versions",
]

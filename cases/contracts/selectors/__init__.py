"""The read side of the room."""

from cases.contracts.selectors.contracts import (
    LINES,
    Filters,
    contracts,
    filtered,
    get_contract,
    persons_of,
)
from cases.contracts.selectors.tariffs import (
    Answer,
    get_programme,
    in_force,
    programmes_with_tariffs,
    quote,
    read,
    tariffs_on,
    territories,
    territory_for,
    territory_told,
    versions,
)

__all__ = [
    "LINES",
    "Answer",
    "Filters",
    "contracts",
    "filtered",
    "get_contract",
    "get_programme",
    "in_force",
    "persons_of",
    "programmes_with_tariffs",
    "quote",
    "read",
    "tariffs_on",
    "territories",
    "territory_for",
    "territory_told",
    "versions",
]

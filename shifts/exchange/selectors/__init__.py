"""The read side of the room."""

from shifts.exchange.selectors.lists import (
    WAITING,
    Filters,
    OnePage,
    Page,
    get_exchange,
    links,
    narrowed,
    one,
    page,
    people_to_choose,
    pool_of,
    visible,
    waiting,
)
from shifts.exchange.selectors.offers import Asking, Offer, Pool, Swap, asking, fault_of, offers, swaps

__all__ = [
    "WAITING",
    "Asking",
    "Filters",
    "Offer",
    "OnePage",
    "Page",
    "Pool",
    "Swap",
    "asking",
    "fault_of",
    "get_exchange",
    "links",
    "narrowed",
    "offers",
    "one",
    "page",
    "people_to_choose",
    "pool_of",
    "swaps",
    "visible",
    "waiting",
]

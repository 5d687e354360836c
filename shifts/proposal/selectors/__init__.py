"""The read side: the question that the roster puts, and the pages."""

from shifts.proposal.selectors.page import Line, Page, get_proposal, page, recent, seniors, still_fit
from shifts.proposal.selectors.question import people_of, question

__all__ = [
    "Line",
    "Page",
    "get_proposal",
    "page",
    "people_of",
    "question",
    "recent",
    "seniors",
    "still_fit",
]

"""The read side of the room, each function with its number of queries."""

from staff.documents.selectors.decisions import (
    decision_list,
    decision_of,
    next_unread,
    receipts_of,
    sees_receipts,
)
from staff.documents.selectors.people import Filters, Row, Tally, named_in, people_to_choose, signatures_of
from staff.documents.selectors.record import signatures_card, unsigned_marks
from staff.documents.selectors.shelf import (
    Shelf,
    VersionPage,
    changes_of,
    get_document,
    get_version,
    shelf,
    version_page,
)
from staff.documents.selectors.waiting import Waiting, waiting

__all__ = [
    "Filters",
    "Row",
    "Shelf",
    "Tally",
    "VersionPage",
    "Waiting",
    "changes_of",
    "decision_list",
    "decision_of",
    "get_document",
    "get_version",
    "named_in",
    "next_unread",
    "people_to_choose",
    "receipts_of",
    "sees_receipts",
    "shelf",
    "signatures_card",
    "signatures_of",
    "unsigned_marks",
    "version_page",
    "waiting",
]

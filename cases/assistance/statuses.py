"""Where a guarantee letter stands, and from where it may go on."""

from enum import StrEnum


class Status(StrEnum):
    """Asked of the senior manager, refused; given, withdrawn."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.ASKED: frozenset({Status.GIVEN, Status.REFUSED}),
    Status.GIVEN: frozenset({Status.WITHDRAWN}),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
"""One within the sum is given at once; the way from `asked` is another person's."""

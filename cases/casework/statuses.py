"""Statuses of a case and the lawful transitions between them: the only table of them (glossary).

Plain Python. `docs/case-states.md` is drawn from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fregat.lib.rights import Role


class Status(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    REPORTED = "reported"
    ASSISTED = "assisted"
    DOCUMENTS = "documents"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


OPEN = (Status.DRAFT, Status.REPORTED)
"""Statuses for which somebody on duty must answer (glossary: open)."""

ENDED = (Status.CLOSED, Status.DECLINED, Status.CANCELLED)


@dataclass(frozen=True)
class Transition:
    """One arrow: who may go it, whether a reason is needed, what must be there."""

    to: Status
    roles: frozenset[Role]
    needs_reason: bool = False
    needs: tuple[str, ...] = ()


_WORKERS = frozenset({Role.OPERATOR, Role.DOCTOR, Role.SENIOR, Role.HEAD})
_LEADERS = frozenset({Role.SENIOR, Role.HEAD})

TRANSITIONS: dict[Status, tuple[Transition, ...]] = {
    Status.DRAFT: (
        Transition(Status.REPORTED, _WORKERS, needs=("caller", "who", "description")),
        Transition(Status.CANCELLED, _WORKERS, needs_reason=True),
    ),
    Status.REPORTED: (
        Transition(Status.ASSISTED, _WORKERS, needs=("service",)),
        Transition(Status.DECLINED, _LEADERS, needs_reason=True),
        Transition(Status.CANCELLED, _LEADERS, needs_reason=True),
    ),
    Status.ASSISTED: (
        Transition(Status.REPORTED, _WORKERS, needs_reason=True),
        Transition(Status.DOCUMENTS, _WORKERS),
    ),
    Status.DOCUMENTS: (
        Transition(Status.ASSISTED, _WORKERS, needs_reason=True),
        Transition(Status.SUBMITTED, _WORKERS, needs=("policy",)),
    ),
    Status.SUBMITTED: (
        Transition(Status.DOCUMENTS, _WORKERS, needs_reason=True),
        Transition(Status.CLOSED, _WORKERS, needs=("tasks",)),
    ),
    Status.CLOSED: (Transition(Status.REPORTED, _LEADERS, needs_reason=True),),
    Status.DECLINED: (Transition(Status.REPORTED, _LEADERS, needs_reason=True),),
    Status.CANCELLED: (Transition(Status.REPORTED, _LEADERS, needs_reason=True),),
}


def transition(source: str, target: str) -> Transition | None:
    """The arrow from one status to another, or None when there is none."""
    rows = TRANSITIONS.get(Status(source), ()) if source in set(Status) else ()
    return next((row for row in rows if row.to == target), None)

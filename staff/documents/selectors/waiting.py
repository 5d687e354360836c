"""What waits for one person: for the desk, and for the door that closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from fregat.lib import clock
from fregat.lib.errors import Sentence
from staff.documents import registry, rules
from staff.documents.models import Decision, DocumentVersion
from staff.documents.statuses import State
from staff.employees.models import Employee


@dataclass(frozen=True)
class Waiting:
    """Versions to sign and decisions to acknowledge, the first due first."""

    versions: list[DocumentVersion]
    decisions: list[Decision]
    sign_by: datetime | None
    """When the first of the versions in force must be signed."""
    closed: list[Sentence]
    """What may not be done from then on, in words."""
    late: bool
    """Is that moment past?"""

    @property
    def count(self) -> int:
        """How many texts wait."""
        return len(self.versions) + len(self.decisions)

    @property
    def sign_by_words(self) -> str:
        """`sign_by` as it stands in a sentence, on the clock of Kyiv."""
        return f"{clock.local(self.sign_by):%d.%m.%Y %H:%M}" if self.sign_by else ""

    def __bool__(self) -> bool:
        return bool(self.versions or self.decisions)


def waiting(user: Employee, now: datetime) -> Waiting:
    """What the person has not signed or acknowledged. Two queries."""
    versions = list(
        DocumentVersion.objects.unsigned_by(user)
        .defer("body")
        .select_related("order")
        .order_by("in_force_at", "document", "number")
    )
    decisions = list(Decision.objects.unread_by(user).defer("body").order_by("published_at", "id"))
    days: int = settings.FREGAT["SIGN_DAYS"]
    terms = [
        rules.sign_by(row.in_force_at, days)
        for row in versions
        if row.state == State.IN_FORCE and row.in_force_at
    ]
    first = min(terms, default=None)
    return Waiting(versions, decisions, first, registry.closed(), first is not None and first <= now)

"""How things stand with the chain, without looks and persons: for whoever may verify it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min

from cases.privacy.labels import WAY_LABELS, fault_sentence
from cases.privacy.models import AccessLog, Anchor, Seal, Verification
from cases.privacy.rules.chain import SEALED_LATE
from cases.privacy.selectors.chain import latest_seal

SHOWN = 10
ANCHOR_LATE = timedelta(hours=2)
"""Without an anchor for so long, something is wrong with the way to it."""


@dataclass(frozen=True)
class Checked:
    """One verification as people read it."""

    row: Verification
    sentences: list[str]


@dataclass(frozen=True)
class State:
    """What the page of the chain shows."""

    head: Seal | None
    waiting: int
    waiting_since: datetime | None
    late: bool
    """The sealer does not keep up."""
    anchors: list[tuple[Anchor, str]]
    anchored: bool
    """A place for anchors is set."""
    anchor_late: bool
    verifications: list[Checked]
    running: bool


def of_log(*, now: datetime) -> State:
    """Four statements."""
    head = latest_seal()
    above = AccessLog.objects.filter(id__gt=head.through_id if head else 0)
    waiting = above.aggregate(n=Count("id"), since=Min("at"))
    anchors = list(Anchor.objects.order_by("-at")[:SHOWN])
    checked = list(Verification.objects.select_related("asked_by").order_by("-id")[:SHOWN])
    since = waiting["since"]
    oldest = anchors[0].at if anchors else (head.sealed_at if head else now)
    return State(
        head=head,
        waiting=waiting["n"],
        waiting_since=since,
        late=since is not None and now - since > SEALED_LATE,
        anchors=[(anchor, str(WAY_LABELS.get(anchor.way, anchor.way))) for anchor in anchors],
        anchored=bool(settings.ACCESS_LOG_ANCHOR),
        anchor_late=head is not None and now - oldest > ANCHOR_LATE,
        verifications=[
            Checked(row, [fault_sentence(code, values) for code, values in row.faults]) for row in checked
        ],
        running=any(row.running for row in checked),
    )

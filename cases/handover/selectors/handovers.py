"""Handovers: the one gate to fetch one, the lists of pages and API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from cases.casework import selectors as casework
from cases.casework.medical import Reading
from cases.casework.models import Case
from cases.casework.registry import Panel
from cases.handover.models import Handover, HandoverHop
from cases.handover.querysets import HandoverQuerySet
from fregat.lib import rights
from fregat.lib.errors import NotFound
from fregat.lib.frozen import frozen
from staff.employees.models import Employee


def whole(rows: HandoverQuerySet) -> HandoverQuerySet:
    """With all that a card, a line and a sheet show."""
    hops = Prefetch("hops", HandoverHop.objects.select_related("to"))
    return rows.select_related(
        "case", "case__person", "case__country", "case__insurer", "case__responsible", "shift__employee",
        "giver", "receiver", "accepted_by",
    ).prefetch_related(hops)  # fmt: skip


def get_handover(user: Employee, pk: int, now: datetime) -> Handover:
    """The one gate. Raises NotFound outside what the person may see, as for one that does not exist."""
    found = whole(Handover.objects.visible_to(user, now)).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def listed(user: Employee, now: datetime) -> HandoverQuerySet:
    """All that the person may see, for lists."""
    return whole(Handover.objects.visible_to(user, now))


def received_by(user: Employee, now: datetime) -> Q:
    """Cases that wait for this person's acceptance: a ground for seeing them (registry of `cases.casework`)."""
    return Q(pk__in=Handover.objects.pending().filter(receiver=user).values("case"))


def pending_for(user: Employee, now: datetime) -> list[Handover]:
    """Those that wait for this person's acceptance, the first due first. Two queries."""
    rows = Handover.objects.visible_to(user, now).pending().filter(receiver=user)
    return list(whole(rows).order_by("due_at", "id"))


def not_accepted(now: datetime) -> HandoverQuerySet:
    """Those that nobody has accepted yet, the first due first; overdue ones have `due_at` before `now`."""
    return whole(Handover.objects.pending()).order_by("due_at", "id")


def waiting_count(user: Employee) -> int:
    """How many handovers wait for this person's acceptance. One query, for the banner."""
    return Handover.objects.pending().filter(receiver=user).count()


def own_cards(user: Employee, now: datetime) -> list[Handover]:
    """Cards that a giver off shift may still complete (B1)."""
    return list(whole(Handover.objects.visible_to(user, now)).pending().filter(giver=user).order_by("id"))


def grounds(user: Employee, rows: Iterable[Handover], now: datetime) -> dict[UUID, str]:
    """On what ground the user looks at the cases of these handovers, for the access log; one statement at most.

    Giver and receiver, and whoever sees a case by its card alone, look because of the handover; others as they see
    the case.
    """
    rows = list(rows)
    own = {row.case.uuid for row in rows if row.is_pending and user.pk in (row.giver_id, row.receiver_id)}
    found = dict.fromkeys(own, "handover")
    others = [row.case for row in rows if row.case.uuid not in own]
    return found | casework.grounds(user, others, now, otherwise="handover")


def part(reading: Reading, row: Handover) -> str:
    """Which part of the case a look at this card saw."""
    return reading.part("handover", ("handover", [row]), ("hop", row.hops.all()))


@frozen
def _pending_of(case: int) -> QuerySet[Handover]:
    return Handover.objects.pending().filter(case=case).select_related("receiver", "giver")[:1]


def panel_of(case: Case, user: Employee, now: datetime) -> Panel | None:
    """On the page of a case: the handover that waits for acceptance, if any. One query."""
    if not rights.lets(user, "handover.view"):
        return None
    found = _pending_of(case.pk)
    if not found:
        return None
    row = found[0]
    context = {"handover": row, "mine": row.receiver_id == user.pk}
    return Panel("handover/_panel.html", context, medical=bool(row.next_step))

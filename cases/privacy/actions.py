"""The writer of the access log: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from cases.privacy.models import AccessLog
from cases.privacy.rules import GROUNDS, KINDS
from fregat.lib import clock
from fregat.lib.address import address_of
from staff.employees.models import Employee


def record_look(
    *,
    by: Employee,
    kind: str,
    objects: Iterable[UUID],
    part: str,
    ground: str,
    request: HttpRequest | None = None,
    now: datetime | None = None,
) -> None:
    """Write down that `by` looked at personal data: one row, before anything is shown (JD II.15, E1).

    `kind` is one of `rules.KINDS`, `objects` their UUIDs (nothing found is no look), `part` what was seen
    (`card`, `medical`, `list`, `lookup`…), `ground` one of `rules.GROUNDS`. A database error goes through to
    the caller: what cannot be recorded is not shown. Raises ValueError for a word that is in no list.
    """
    if kind not in KINDS or ground not in GROUNDS:
        raise ValueError(f"the access log has no such word: {kind}, {ground}")
    seen = list(dict.fromkeys(objects))
    if not seen:
        return
    match = getattr(request, "resolver_match", None)
    AccessLog.objects.create(
        at=now or clock.now(),
        employee=by.pk,
        username=by.username,
        address=address_of(request),
        kind=kind,
        objects_seen=seen,
        part=part,
        ground=ground,
        route=match.view_name[:100] if match else "",
    )

"""The writer of the access log: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from cases.privacy import registry
from cases.privacy.models import AccessLog
from cases.privacy.rules.log import action_for, unknown_words
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
    action: str = "",
    persons: Iterable[UUID] = (),
    reference: str = "",
    request: HttpRequest | None = None,
    now: datetime | None = None,
) -> None:
    """Write down that `by` looked at personal data: one row, before anything is shown (JD II.15, E1).

    `kind`, `part`, `ground` and `action` are words of `rules.log`; without `action` it is a look, or a search
    when the part is one. `objects`: UUIDs of what was shown (nothing found is no look). Whose data cases and
    policies hold, the log finds by itself unless `persons` says. `reference`: the number of what the ground
    rests on. A database error goes through to the caller: what cannot be recorded is not shown. Raises
    ValueError for a word that is in no list.
    """
    action = action or action_for(part)
    unknown = unknown_words(action=action, kind=kind, part=part, ground=ground)
    if unknown:
        raise ValueError(f"the access log has no such word: {', '.join(unknown)}")
    seen = list(dict.fromkeys(objects))
    if not seen:
        return
    match = getattr(request, "resolver_match", None)
    AccessLog.objects.create(
        at=now or clock.now(),
        employee=by.pk,
        username=by.username,
        address=address_of(request),
        action=action,
        kind=kind,
        objects_seen=seen,
        persons=list(dict.fromkeys(persons)) or registry.persons_of(kind, seen),
        part=part,
        ground=ground,
        reference=reference,
        route=match.view_name[:100] if match else "",
    )

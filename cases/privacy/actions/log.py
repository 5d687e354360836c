"""The writer of the access log: rows are added and never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
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
    rows = _rows(
        {ground: list(dict.fromkeys(objects))}, by=by, kind=kind, part=part, action=action, persons=list(persons),
        reference=reference, request=request, now=now,
    )  # fmt: skip
    AccessLog.objects.bulk_create(rows)


def record_looks(
    *,
    by: Employee,
    kind: str,
    grounds: Mapping[UUID, str],
    part: str,
    action: str = "",
    request: HttpRequest | None = None,
    now: datetime | None = None,
) -> None:
    """The same for a list whose objects are seen on different grounds: a row for each ground, one statement."""
    record_parts({part: grounds}, by=by, kind=kind, action=action, request=request, now=now)


def record_parts(
    parts: Mapping[str, Mapping[UUID, str]],
    *,
    by: Employee,
    kind: str,
    action: str = "",
    request: HttpRequest | None = None,
    now: datetime | None = None,
) -> None:
    """The same of several parts that one answer shows, `parts`: part → object → ground; one statement."""
    rows: list[AccessLog] = []
    for part, grounds in parts.items():
        seen: dict[str, list[UUID]] = defaultdict(list)
        for uuid, ground in grounds.items():
            seen[ground].append(uuid)
        rows += _rows(
            seen, by=by, kind=kind, part=part, action=action, persons=[], reference="", request=request, now=now
        )  # fmt: skip
    AccessLog.objects.bulk_create(rows)


def _rows(
    seen: Mapping[str, list[UUID]], *, by: Employee, kind: str, part: str, action: str, persons: list[UUID],
    reference: str, request: HttpRequest | None, now: datetime | None,
) -> list[AccessLog]:  # fmt: skip
    action = action or action_for(part)
    for ground in seen:
        unknown = unknown_words(action=action, kind=kind, part=part, ground=ground)
        if unknown:
            raise ValueError(f"the access log has no such word: {', '.join(unknown)}")
    match = getattr(request, "resolver_match", None)
    same: dict[str, Any] = {
        "at": now or clock.now(),
        "employee": by.pk,
        "username": by.username,
        "address": address_of(request),
        "action": action,
        "kind": kind,
        "part": part,
        "reference": reference,
        "route": match.view_name[:100] if match else "",
    }
    return [
        AccessLog(
            objects_seen=uuids,
            persons=list(dict.fromkeys(persons)) or registry.persons_of(kind, uuids),
            ground=ground,
            **same,
        )
        for ground, uuids in seen.items()
        if uuids
    ]

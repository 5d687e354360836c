"""The writer of the access log: rows are added and never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from cases.privacy import registry
from cases.privacy.models import AccessLog
from cases.privacy.rules.log import action_for, unknown_words
from fregat.lib import clock, frozen
from fregat.lib.address import address_of
from fregat.lib.prepared import Statement
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
    searched: bool = False,
) -> None:
    """Write down that `by` looked at personal data: one row, before anything is shown (JD II.15, E1).

    `kind`, `part`, `ground` and `action` are words of `rules.log`; without `action` it is a look, or a search
    when the part is one. `objects`: UUIDs of what was shown; nothing shown is no look, but where somebody was
    `searched` for that is written down as well. Whose data cases and policies hold, the log finds by itself
    unless `persons` says. `reference`: the number of what the ground rests on. A database error goes through to
    the caller: what cannot be recorded is not shown. Raises ValueError for a word that is in no list.
    """
    shown = " ".join(str(uuid) for uuid in dict.fromkeys(objects))
    held = " ".join(str(uuid) for uuid in dict.fromkeys(persons))
    line = _Line(shown, held, part, ground, action or action_for(part))
    _write([line], by=by, kind=kind, reference=reference, request=request, now=now, searched=searched)


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
    lines: list[_Line] = []
    for part, grounds in parts.items():
        seen: dict[str, list[str]] = defaultdict(list)
        for uuid, ground in grounds.items():
            seen[ground].append(str(uuid))
        lines += [
            _Line(" ".join(uuids), "", part, ground, action or action_for(part))
            for ground, uuids in seen.items()
        ]
    _write(lines, by=by, kind=kind, reference="", request=request, now=now)


class _Line(NamedTuple):
    """What is different in each row of one look: objects and persons as texts, their UUIDs with a blank between."""

    objects: str
    persons: str
    part: str
    ground: str
    action: str


def _write(
    lines: list[_Line], *, by: Employee, kind: str, reference: str, request: HttpRequest | None,
    now: datetime | None, searched: bool = False,
) -> None:  # fmt: skip
    for line in lines:
        unknown = unknown_words(action=line.action, kind=kind, part=line.part, ground=line.ground)
        if unknown:
            raise ValueError(f"the access log has no such word: {', '.join(unknown)}")
    lines = [line for line in lines if line.objects or searched]
    if not lines:
        return
    match = getattr(request, "resolver_match", None)
    route = match.view_name[:100] if match else ""
    same = (now or clock.now(), by.pk, by.username, address_of(request), kind, reference, route)
    statement = _statement(kind, len(lines), told=any(line.persons for line in lines))
    with connection.cursor() as cursor, statement.asked(*same, *chain.from_iterable(lines)) as (sql, values):
        cursor.execute(sql, values)


_COLUMNS = (
    "at, employee, username, address, kind, reference, route, objects_seen, persons, part, ground, action"
)
_UUIDS = "string_to_array(%s, ' ')::uuid[]"
_ROW = f"(%s, %s, %s, %s::inet, %s, %s, %s, {_UUIDS}, {{persons}}, %s, %s, %s)"
_SAME = 7
"""Values of a look that are the same in all its rows: those up to `route`."""


@cache
def _statement(kind: str, lines: int, *, told: bool) -> Statement:
    """So many rows, built once. `told`: the persons are given, not found in the rooms that hold their data."""
    kinds = (datetime, int, *[str] * (_SAME - 2 + len(_Line._fields) * lines))
    given = tuple(frozen.stand_in(place, one) for place, one in enumerate(kinds))
    rows: list[str] = []
    params: list[Any] = []
    for start in range(_SAME, len(given), len(_Line._fields)):
        line = _Line(*given[start : start + len(_Line._fields)])
        held = None if told else registry.persons_of(kind, line.objects)
        sql, own = (_UUIDS, (line.persons,)) if held is None else held.query.sql_with_params()
        rows.append(_ROW.format(persons=sql if held is None else f"ARRAY({sql})"))
        params += [*given[:_SAME], line.objects, *own, line.part, line.ground, line.action]
    sql = f"INSERT INTO {AccessLog._meta.db_table} ({_COLUMNS}) VALUES {', '.join(rows)}"  # noqa: S608 — our words
    return Statement(connection.alias, sql, frozen.checked(params), given)


frozen.forget_with(_statement.cache_clear)

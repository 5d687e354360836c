"""What every request asks about its reader, in one statement: are they on shift, what have they not read, signed.

A room names a question (a `once` function) and the same as an expression:

    frame.register(unread, lambda reader, now: count_of(Notice.objects.filter(employee=reader, read_at=None)))

The answers are noted, so whoever asks in this request asks no database; after an action they are asked anew.
The statement is built once for a role and department, like those of `fregat.lib.frozen`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import Combinable

from fregat.lib import frozen
from fregat.lib.once import know, noted
from fregat.lib.prepared import Statement

Part = Callable[[Any, datetime], Combinable]

_READER = frozen.key()


@dataclass(frozen=True)
class _Asked:
    question: Callable[..., Any]
    part: Part
    read: Callable[[Any], Any]
    dated: bool


_asked: list[_Asked] = []


def register(
    question: Callable[..., Any],
    part: Part,
    *,
    read: Callable[[Any], Any] = lambda value: value,
    dated: bool = True,
) -> None:
    """Read `part(reader, now)` with every request as the answer of `question(reader, now)`, or of `question(reader)`
    when not `dated`; `read` makes the answer of the value (of `row_in`: `row_of`).

    A part may ask for the reader's key, role and department, and for moments that are counted from `now`.
    """
    if all(one.question is not question for one in _asked):
        _asked.append(_Asked(question, part, read, dated))
        _statement.cache_clear()


def read(reader: Any, now: datetime) -> None:
    """Ask, and note the answers. One statement."""
    statement, packed = _statement(reader.role, reader.department)
    with connection.cursor() as cursor, statement.asked(reader.pk, now) as (sql, params):
        cursor.execute(sql, params)
        row = cursor.fetchone() or ()
    for one, value, is_json in zip(_asked, row, packed, strict=False):
        answer = one.read(json.loads(value) if is_json and value is not None else value)
        know(one.question, answer, *((reader, now) if one.dated else (reader,)))


@contextmanager
def again(reader: Any, now: datetime) -> Iterator[None]:
    """Inside an action, under its locks: the same questions are asked anew, in one statement, for this block."""
    with noted():
        read(reader, now)
        yield


@cache
def _statement(role: str, department: str) -> tuple[Statement, list[bool]]:
    """The statement, and which of its values are JSON."""
    reader = get_user_model()(pk=_READER, role=role, department=department)
    parts = {f"asks_{at}": one.part(reader, frozen.NOW) for at, one in enumerate(_asked)}
    rows: Any = get_user_model()._default_manager.filter(pk=_READER).annotate(**parts)
    packed = [isinstance(rows.query.annotations[name].output_field, JSONField) for name in parts]
    sql, params = rows.values_list(*parts).query.sql_with_params()
    return Statement(rows.db, sql, frozen.checked(params), (_READER, frozen.NOW)), packed


frozen.forget_with(_statement.cache_clear)

"""Statements that the database parses and plans once for each connection, and is then only told the arguments.

To plan a statement of a page takes PostgreSQL as long as to answer it, or several times that. psycopg2 prepares
nothing by itself, so it is said in SQL: `PREPARE …; EXECUTE …` the first time, in one round trip, `EXECUTE …` later.

The plan is made without looking at the arguments (`plan_cache_mode` in the settings): statements of pages go by keys.
A pooler that gives out connections by transaction does not keep what was prepared: with
`DISABLE_SERVER_SIDE_CURSORS`, Django's word for such a one, the whole statement is sent each time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.backends.signals import connection_created
from psycopg2.extensions import AsIs

_TYPES = {datetime: "timestamptz", str: "text", int: "bigint"}
_MICROSECOND = timedelta(microseconds=1)
_names = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Statement:
    """SQL and its parameters, in which stand-ins stand for arguments: integers, texts, one moment.

    Another moment among the parameters is counted from the one among the arguments.
    """

    alias: str
    sql: str
    params: Sequence[Any]
    arguments: tuple[Any, ...]

    @contextmanager
    def asked(self, *values: Any) -> Iterator[tuple[str, Sequence[Any]]]:
        """What to execute, once, on this thread's connection, with these values for the arguments.

        What fails is prepared anew the next time, under another name: nobody knows how far it came.
        """
        connection = connections[self.alias]
        if not self.arguments:
            yield self.sql, self.params
            return
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            yield self.sql, _with(dict(zip(self.arguments, values, strict=True)), self.params)
            return
        known = _known(connection)
        name = known.pop(self, None)
        if name is None:
            name = f"fregat_{next(_names)}"
            yield f"PREPARE {name} ({', '.join(self._types)}) AS {self._marked}; {self._call(name)}", values
        else:
            yield self._call(name), values
        known[self] = name

    def _call(self, name: str) -> str:
        return f"EXECUTE {name} ({', '.join(['%s'] * len(self.arguments))})"

    @cached_property
    def _types(self) -> list[str]:
        return [_TYPES[type(one)] for one in self.arguments]

    @cached_property
    def _marked(self) -> str:
        """The statement with `$1`, `$2` … for the arguments; it is executed with parameters, hence `%%`."""
        marks = {
            one: AsIs(f"${at}::{kind}")
            for at, (one, kind) in enumerate(zip(self.arguments, self._types, strict=True), 1)
        }
        with connections[self.alias].cursor() as cursor:
            text: str = cursor.mogrify(self.sql, _with(marks, self.params)).decode()
        return text.replace("%", "%%")


def _with(values: Mapping[Any, Any], params: Sequence[Any]) -> list[Any]:
    moment = next((one for one in values if isinstance(one, datetime)), None)

    def placed(one: Any) -> Any:
        if isinstance(one, list | tuple):
            return [placed(part) for part in one]
        if isinstance(one, datetime):
            if moment is None:
                raise TypeError("the query has a moment, and none was given")
            return _later(values[moment], one - moment)
        if isinstance(one, int | str) and not isinstance(one, bool):
            return values.get(one, one)
        return one

    return [placed(one) for one in params]


def _later(moment: Any, span: timedelta) -> Any:
    if isinstance(moment, datetime):
        return moment + span
    return AsIs(f"({moment} + '{span // _MICROSECOND} microseconds'::interval)") if span else moment


def _known(connection: Any) -> dict[Statement, str]:
    """What was prepared on this connection, and its names there."""
    known: dict[Statement, str] = connection.__dict__.setdefault("fregat_prepared", {})
    return known


def _forget(connection: Any, **_signal: Any) -> None:
    _known(connection).clear()


connection_created.connect(_forget, dispatch_uid="prepared")

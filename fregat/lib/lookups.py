"""Lookups of our own, for the fields of every room (registered by `fregat.lib.apps`).

They are for statements that are planned once, whatever they are then asked for (`fregat.lib.prepared`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup

_ARRAYS: Mapping[str, str] = {
    "CharField": "text[]",
    "TextField": "text[]",
    "ForeignKey": "bigint[]",
    "UUIDField": "uuid[]",
    "DateField": "date[]",
    "SmallIntegerField": "smallint[]",
}

ENDS_MAX = 20


class OneOf(Lookup):
    """`surname_key__one_of="koval bondar"`: is one of the words of a text.

    The statement looks the same however many there are: so it is built and prepared once, and whether somebody out of
    reach bears a similar surname cannot be seen even in its shape.
    """

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """`left = ANY(words)`."""
        left, params = self.process_lhs(compiler, connection)
        array = _ARRAYS[self.lhs.output_field.get_internal_type()]
        return f"{left} = ANY(string_to_array(%s, ' ')::{array})", (*params, self.rhs)


class Begins(Lookup):
    """`surname_key__begins="kov"`: begins so, by an index; nothing begins with the empty text.

    Which part of an index `LIKE` needs PostgreSQL must know while it plans. A range it finds later: from the text to
    the text with the last of all letters behind it. In the collation "C" that is the order of the column itself, in
    others that of an index with `text_pattern_ops`. Of a range alone the planner expects every two-hundredth row,
    and of millions that is a plan for thousands; `^@` tells it how few they are.
    """

    lookup_name = "begins"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """`left ^@ start`, and the range."""
        left, params = self.process_lhs(compiler, connection)
        plain = getattr(self.lhs.output_field, "db_collation", None) == "C"
        least, below = (">=", "<") if plain else ("~>=~", "~<~")
        start = f"{left} ^@ %s AND {left} {least} nullif(%s, '')"
        return f"({start} AND {left} {below} (%s || chr({0x10FFFF})))", (*params, self.rhs) * 3


class EndsWithOneOf(Lookup):
    """`key__ends_with_one_of="kcivel okneh"`: ends with one of the words of a text, the last letter of which is said
    first; by an index of the column backwards, word by word.

    In a condition PostgreSQL would try all words on every row. Of a word that ends many, `ENDS_MAX` are found.
    """

    lookup_name = "ends_with_one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """`left = ANY(what the index has of each word)`."""
        left, params = self.process_lhs(compiler, connection)
        field = self.lhs.target
        table, column = map(connection.ops.quote_name, (field.model._meta.db_table, field.column))
        ends = f"reverse({column}) >= word AND reverse({column}) < (word || chr({0x10FFFF}))"
        each = f"SELECT {column} AS found FROM {table} WHERE {ends} LIMIT {ENDS_MAX}"  # noqa: S608
        words = f"unnest(string_to_array(%s, ' ')) AS word CROSS JOIN LATERAL ({each}) AS one"
        return f"{left} = ANY(ARRAY(SELECT found FROM {words}))", (*params, self.rhs)  # noqa: S608


def register() -> None:
    """Teach the fields. A generated one looks up among its own: those of the field it computes were read earlier."""
    for field in (
        models.CharField, models.TextField, models.ForeignKey, models.UUIDField, models.DateField,
        models.SmallIntegerField, models.GeneratedField,
    ):  # fmt: skip
        field.register_lookup(OneOf)
    models.CharField.register_lookup(Begins)
    models.CharField.register_lookup(EndsWithOneOf)

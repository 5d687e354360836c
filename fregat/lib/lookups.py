"""Lookups of our own, for the text fields, keys and UUIDs of every room (registered by `fregat.lib.apps`)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.lookups import Lookup


class OneOf(Lookup):
    """`surname_key__one_of="koval bondar"`: is one of the words of a text.

    The statement looks the same however many there are: so it is built and prepared once, and whether somebody out of
    reach bears a similar surname cannot be seen even in its shape.
    """

    lookup_name = "one_of"
    array: ClassVar[str] = "text[]"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """`left = ANY(words)`."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(string_to_array(%s, ' ')::{self.array})", (*params, self.rhs)


class KeyOneOf(OneOf):
    """The same of keys."""

    array = "bigint[]"


class UUIDOneOf(OneOf):
    """The same of UUIDs."""

    array = "uuid[]"


def register() -> None:
    """Teach the fields."""
    models.CharField.register_lookup(OneOf)
    models.ForeignKey.register_lookup(KeyOneOf)
    models.UUIDField.register_lookup(UUIDOneOf)

"""PostgreSQL's own numbers of transactions."""

from __future__ import annotations

from typing import Any

from django.db import models


class TransactionNumber(models.Field):  # type: ignore[type-arg]
    """The number of a transaction, `xid8`: 64 bits, never used again in the life of a cluster."""

    def db_type(self, connection: Any) -> str:
        """The type of the column."""
        return "xid8"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> int | None:
        """The driver gives it as text."""
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        """The database takes it as text."""
        return str(value) if isinstance(value, int) else value

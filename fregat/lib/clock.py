"""The clock: read at the edges only, UTC inside, the centre's zone outside."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
"""The zone in which the contact centre works and plans its shifts."""


def now() -> datetime:
    """The instant, aware, in UTC. Only views, API, commands, tasks and actions after a lock ask."""
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The same instant on the centre's wall clock."""
    return instant.astimezone(KYIV)

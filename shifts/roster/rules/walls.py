"""Wall clocks and instants: what a clock of a zone shows, and which instants it means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WALL = "%Y-%m-%dT%H:%M"


def wall(moment: datetime, zone: str) -> str:
    """The wall time of an instant in a zone: `2026-10-25T03:30`."""
    return moment.astimezone(ZoneInfo(zone)).strftime(WALL)


def readings(local: str, zone: str) -> list[datetime]:
    """The instants at which a wall clock of the zone shows `local`, earliest first.

    One as a rule; two in the hour that the clocks repeat in autumn; none in the hour that they skip in
    spring. Raises ValueError when `local` is not such a time or the zone is not known.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"no zone {zone}") from None
    read = datetime.strptime(local, WALL).replace(tzinfo=place)
    found = {read.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in found if wall(moment, zone) == local)


def recomputed(local: str, zone: str, planned: datetime) -> datetime:
    """The instant of a planned wall time under the zone's rules of today.

    In a repeated hour the reading that was planned stays; in a skipped one the clock is read as if it
    had not been moved, which is how people who missed the news come to work.
    """
    moments = readings(local, zone)
    if planned in moments:
        return planned
    if moments:
        return moments[0]
    return datetime.strptime(local, WALL).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_span(day: date, zone: str, days: int = 1) -> tuple[datetime, datetime]:
    """The half-open span of whole days on a zone's wall clock: 23, 24 or 25 hours for one day."""
    place = ZoneInfo(zone)
    start, end = (datetime.combine(d, time(), place) for d in (day, day + timedelta(days=days)))
    return start.astimezone(UTC), end.astimezone(UTC)

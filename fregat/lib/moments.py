"""Times as people say them: `вчора 23:00`, `23:00`, `23.11 17:05`, `2 год тому`. Plain Python, no clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

T = TypeVar("T")

_DAYS_BACK = {
    "сьогодні": 0, "today": 0, "вчора": 1, "учора": 1, "yesterday": 1, "позавчора": 2, "позаучора": 2,
}  # fmt: skip
_NOW = {"зараз", "щойно", "тепер", "now"}
_WEEKDAYS = ("понеділ", "вівтор", "серед", "четвер", "п'ятниц", "субот", "неділ")
_UNITS = (
    (re.compile(r"хв|min|m\b"), timedelta(minutes=1)),
    (re.compile(r"год|hour|h\b"), timedelta(hours=1)),
    (re.compile(r"дн|день|day|d\b|доб"), timedelta(days=1)),
    (re.compile(r"тиж|week|w\b"), timedelta(weeks=1)),
)
_AGO = re.compile(r"(?:(?P<number>\d{1,3})|(?P<half>пів))?\s*(?P<unit>[а-яіїєґa-z]+)\.?\s*(?:тому|ago)")
_TIME = re.compile(r"(?:(?:о|об|at)\s+)?(?P<hour>\d{1,2})(?:[:.\-\s](?P<minute>\d{2}))?")
_DATE = re.compile(r"(?P<day>\d{1,2})[./\-](?P<month>\d{1,2})(?:[./\-](?P<year>\d{4}|\d{2}))?(?:\s*р\.?)?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_BIRTH = re.compile(r"(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4}|\d{2})")
_SOON = timedelta(minutes=10)
"""A clock that runs a little ahead of ours still means now, not yesterday."""


class NotUnderstood(ValueError):
    """The words are no time."""


def moment(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant (UTC) that a person means who says `text` at `now` on the clock of `zone`.

    A time without a day is the last one that has passed; a day without a time is its noon.
    Raises NotUnderstood.
    """
    words = re.sub(r"[\s,]+", " ", text.lower().replace("’", "'").replace("ʼ", "'")).strip()
    here = now.astimezone(zone)
    if words in _NOW:
        return now.astimezone(UTC)
    for reading in (_ago, _named_day, _written_day, _bare_time):
        meant = reading(words, here)
        if meant is not None:
            return _instant(meant, zone)
    raise NotUnderstood(text)


_IN = re.compile(r"(?:за|через|in)\s+(?:(?P<number>\d{1,3})\s*)?(?P<half>пів\s*)?(?P<unit>[а-яіїєґa-z]+)\.?")
_DAYS_ON = {"сьогодні": 0, "today": 0, "завтра": 1, "tomorrow": 1, "післязавтра": 2}


def coming(text: str, now: datetime, zone: tzinfo) -> datetime:
    """A time ahead (UTC): `18:30`, `завтра 9:00`, `за 2 год`, `25.11 10:00`; without a day the next one.

    Raises NotUnderstood.
    """
    words = re.sub(r"[\s,]+", " ", text.lower().replace("’", "'").replace("ʼ", "'")).strip()
    here = now.astimezone(zone)
    for reading in (_in, _day_on, _date_on, _next_time):
        meant = reading(words, here)
        if meant is not None:
            return _instant(meant, zone)
    raise NotUnderstood(text)


def _in(words: str, here: datetime) -> datetime | None:
    match = _IN.fullmatch(words)
    step = match and next((step for pattern, step in _UNITS if pattern.match(match["unit"])), None)
    if not match or not step:
        return None
    count = 0.5 if match["half"] else int(match["number"] or 1)
    return (here.astimezone(UTC) + step * count).astimezone(here.tzinfo)


def _day_on(words: str, here: datetime) -> datetime | None:
    first, _, rest = words.partition(" ")
    if first not in _DAYS_ON:
        return None
    return _on(here.date() + timedelta(days=_DAYS_ON[first]), rest or "9", here)


def _date_on(words: str, here: datetime) -> datetime | None:
    for pattern in (_ISO, _DATE):
        match = pattern.match(words)
        if not match or (match.end() < len(words) and words[match.end()] not in " t"):
            continue
        year, month, number = match["year"], int(match["month"]), int(match["day"])
        if not 1 <= month <= 12:
            return None
        rest = words[match.end() :].lstrip(" t") or "9"
        if year:
            return _on(_day(int(year) + (2000 if len(year) == 2 else 0), month, number), rest, here)
        day = _day(here.year, month, number)
        return _on(day if day >= here.date() else _day(here.year + 1, month, number), rest, here)
    return None


def _next_time(words: str, here: datetime) -> datetime | None:
    meant = _on(here.date(), words, here)
    if meant is not None and meant <= here:
        meant = _on(here.date() + timedelta(days=1), words, here)
    return meant


def _on(day: date, words: str, here: datetime) -> datetime | None:
    clock = _clock(words)
    return datetime.combine(day, clock, here.tzinfo) if clock is not None else None


def birth_date(text: str, today: date) -> date:
    """A date of birth: `12.03.1984`, `12 3 84`, `12031984`, `1984-03-12`. Raises NotUnderstood."""
    words = text.strip()
    iso = _ISO.fullmatch(words)
    if iso:
        return _day(int(iso["year"]), int(iso["month"]), int(iso["day"]))
    if re.fullmatch(r"\d{8}", words):
        words = f"{words[:2]}.{words[2:4]}.{words[4:]}"
    match = _BIRTH.fullmatch(words)
    if not match:
        raise NotUnderstood(text)
    day, month, year = (int(part) for part in match.groups())
    if year < 100:
        year += 2000 if 2000 + year <= today.year else 1900
    return _day(year, month, day)


def _ago(words: str, here: datetime) -> datetime | None:
    match = _AGO.fullmatch(words)
    if not match:
        return None
    step = next((step for pattern, step in _UNITS if pattern.match(match["unit"])), None)
    if step is None:
        return None
    # Going back happens on instants: an hour ago is an hour ago on the night of the clocks too.
    count = 0.5 if match["half"] else int(match["number"] or 1)
    return (here.astimezone(UTC) - step * count).astimezone(here.tzinfo)


def _named_day(words: str, here: datetime) -> datetime | None:
    first, _, rest = words.partition(" ")
    if first in {"у", "в", "on"}:
        first, _, rest = rest.partition(" ")
    if first in _DAYS_BACK:
        back = _DAYS_BACK[first]
    else:
        place = next((i for i, stem in enumerate(_WEEKDAYS) if first.startswith(stem)), None)
        if place is None:
            return None
        back = (here.weekday() - place) % 7
    day = here.date() - timedelta(days=back)
    return _at(day, rest, here)


def _written_day(words: str, here: datetime) -> datetime | None:
    for pattern in (_ISO, _DATE):
        match = pattern.match(words)
        if not match or (match.end() < len(words) and words[match.end()] not in " t"):
            continue
        year, month, number = match["year"], int(match["month"]), int(match["day"])
        if not 1 <= month <= 12:
            return None
        rest = words[match.end() :].lstrip(" t")
        if year:
            return _at(_day(int(year) + (2000 if len(year) == 2 else 0), month, number), rest, here)
        day = _day(here.year, month, number)
        return _at(day if day <= here.date() else _day(here.year - 1, month, number), rest, here)
    return None


def _bare_time(words: str, here: datetime) -> datetime | None:
    clock = _clock(words)
    if clock is None:
        return None
    meant = datetime.combine(here.date(), clock, here.tzinfo)
    if meant > here + _SOON:
        meant = datetime.combine(here.date() - timedelta(days=1), clock, here.tzinfo)
    return meant


def _at(day: date, words: str, here: datetime) -> datetime | None:
    """The day at the time that the words name; at noon, or now if noon is still ahead, when they name none."""
    if not words:
        return min(datetime.combine(day, time(12), here.tzinfo), here)
    clock = _clock(words)
    return datetime.combine(day, clock, here.tzinfo) if clock is not None else None


def _clock(words: str) -> time | None:
    match = _TIME.fullmatch(words.strip())
    if not match:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(year: int, month: int, day: int) -> date:
    return _or_refuse(lambda: date(year, month, day))


def _instant(meant: datetime, zone: tzinfo) -> datetime:
    return _or_refuse(lambda: meant.replace(tzinfo=meant.tzinfo or zone).astimezone(UTC))


def _or_refuse(build: Callable[[], T]) -> T:
    try:
        return build()
    except (ValueError, OverflowError):
        raise NotUnderstood from None

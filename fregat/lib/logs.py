"""Log lines without anybody's data: no query strings, no texts of exceptions.

A database's or form's exception quotes the values that offended it («Key (phone)=(…) exists»),
so a traceback is printed as places in the code and the kinds of the exceptions only.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from types import TracebackType
from typing import Any

_QUERY = re.compile(r"\?[^\s\"']*")


class PlainFormatter(logging.Formatter):
    """One line per record (UTC), with a traceback that names places and kinds only."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return time.strftime(datefmt or "", time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        if record.name == "celery.app.trace" and isinstance(record.args, dict):
            # Celery puts the exception's text into the message itself.
            record.args = {**record.args, "exc": "see the kind below", "traceback": ""}
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = _QUERY.sub("?…", record.message)
        return super().formatMessage(record)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[Any, Any, Any]
    ) -> str:
        return "\n".join(_places(ei[1]))


def _places(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        lines += [*frames, f"{type(error).__module__}.{type(error).__qualname__}"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            lines.append("caused by:")
    return lines


#: The setting of the same name (logging.config.dictConfig).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": PlainFormatter}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "fregat": {"level": "INFO"},
        # 4xx are answers, not faults; their addresses are nobody's business.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

"""Gunicorn's own log lines in the house's form: without anybody's data."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from fregat.lib.logs import PlainFormatter


class WebLogger(Logger):
    """Gunicorn's logger, whose tracebacks name places and kinds only."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(PlainFormatter())

"""Anchors: the head of the chain as a line of text that lies where nobody of the house can reach it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

SIGN = "fregat-access-log"
_LINE = re.compile(r"\{[^{}]*\}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Head:
    """The last seal at a moment: its number, the rows sealed so far, its hash."""

    at: datetime
    seal: int
    total: int
    hash: str


def line_of(head: Head) -> str:
    """One line of JSON, in ASCII."""
    return json.dumps(
        {"log": SIGN, "at": head.at.isoformat(), "seal": head.seal, "rows": head.total, "hash": head.hash}
    )


def heads_in(text: str) -> list[Head]:
    """All anchors in a file, in a saved letter, in what an address has received; other text is passed over."""
    return [head for found in _LINE.findall(text) if (head := _head(found)) is not None]


def _head(text: str) -> Head | None:
    try:
        row = json.loads(text)
        head = Head(datetime.fromisoformat(row["at"]), int(row["seal"]), int(row["rows"]), row["hash"])
        known = row["log"] == SIGN and head.at.tzinfo is not None and _HASH.fullmatch(head.hash)
    except (ValueError, KeyError, TypeError):
        return None
    return head if known else None


@dataclass(frozen=True)
class Target:
    """Where heads are taken to: `way` is `file`, `mail` or `http`."""

    way: str
    where: str


def target_of(setting: str) -> Target | None:
    """What `ACCESS_LOG_ANCHOR` names; None when it is empty. Raises ValueError when it is not understood."""
    if not setting:
        return None
    if setting.startswith("/"):
        return Target("file", setting)
    parts = urlsplit(setting)
    if parts.scheme == "file" and parts.path.startswith("/"):
        return Target("file", unquote(parts.path))
    if parts.scheme == "mailto" and "@" in parts.path:
        return Target("mail", unquote(parts.path))
    if parts.scheme in {"http", "https"} and parts.hostname:
        return Target("http", setting)
    raise ValueError(setting)

"""How long a message may be, and how far it has come. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TEXT_MAX = 4_000
"""The longest message, in characters: what is longer is a document."""


class Mark(StrEnum):
    """How far a message has come to those to whom it was written."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True)
class Reach:
    """How far one of the others is in the conversation: the last message that reached them, that they read."""

    delivered_to: int
    read_to: int


def mark_of(message_id: int, others: Iterable[Reach]) -> Mark:
    """A message is read when everybody else has read it, delivered when it has come to everybody (D5)."""
    listed = list(others)
    if listed and all(one.read_to >= message_id for one in listed):
        return Mark.READ
    if listed and all(one.delivered_to >= message_id for one in listed):
        return Mark.DELIVERED
    return Mark.SENT

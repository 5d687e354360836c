"""The cover of a case: what was said with which reasons, and the questions that the rules still put."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cases.insurance.labels import excess_text, in_language, money, verdict_label
from cases.insurance.rules import YES_NO, Money

PREFIX = "ask-"
"""Fields of answers are named by the code of the question behind it."""
_MOST = 60
"""More questions than any rules have."""


def said(data: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a form that was sent, by the code of the question; an empty field takes an answer back."""
    found = [(name.removeprefix(PREFIX), str(data[name])) for name in data if name.startswith(PREFIX)]
    return {code: text[:10] or None for code, text in found[:_MOST]}


def of(kept: dict[str, Any] | None) -> dict[str, Any] | None:
    """What is kept of a verdict, in the reader's language; None when nothing is."""
    if not kept or "verdict" not in kept:
        return None
    return {
        "code": kept["verdict"],
        "label": verdict_label(
            kept["verdict"], open_questions=any(one["answer"] is None for one in kept["questions"])
        ),
        "edition": kept["edition"],
        "reasons": [
            {"code": one["code"], "text": in_language(one), "source": in_language(one["source"])}
            for one in kept["reasons"]
        ],
        "questions": [
            {**one, "text": in_language(one), "yes_no": one["kind"] == YES_NO} for one in kept["questions"]
        ],
        "limit_left": money(_amount(kept["limit_left"])),
        "excess": excess_text(_amount(kept["excess"]), Decimal(kept.get("excess_percent", 0))),
    }  # fmt: skip


def _amount(value: dict[str, str] | None) -> Money | None:
    return Money(Decimal(value["amount"]), value["currency"]) if value else None

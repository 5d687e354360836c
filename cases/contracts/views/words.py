"""A premium, or why there is none, in the words of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cases.contracts.labels import amount, number, refusal_text, share_words
from cases.contracts.rules import RATES, Table
from cases.contracts.selectors import Answer
from cases.insurance.models import Territory


def answer_words(answer: Answer) -> dict[str, Any]:
    """Values of `contracts/_premium.html`."""
    words: dict[str, Any] = {
        "tariff": answer.tariff,
        "territory": answer.territory,
        "days": answer.question.days,
    }
    if answer.premium is None:
        return {**words, "refusals": [_refused(one.person, refusal_text(one)) for one in answer.refusals]}
    found = answer.premium
    return {
        **words,
        "shares": share_words(found.shares, found.currency),
        "total": amount(found.total, found.currency),
        "exact": str(found.total),
        "minimum_of": amount(found.sum_of_shares, found.currency) if found.is_minimum else "",
    }


def _refused(person: int, text: str) -> str:
    if person < 0:
        return text
    who = _("Person %(number)d") % {"number": person + 1}
    return f"{who}: {text}"


def line_words(rows: Sequence[Any], places: dict[str, Territory]) -> list[dict[str, Any]]:
    """Lines of a tariff for its page, in the order of the table."""
    return [
        {
            "number": line.number,
            "table": line.table,
            "what": str(places.get(line.what, line.what)) if line.table in RATES else line.what,
            "reach": _reach(line),
            "value": number(line.value) if line.value is not None else "",
        }
        for line in rows
    ]


def _reach(line: Any) -> str:
    if line.table == Table.RISK:
        return ""
    return number(line.since) if line.since == line.until else f"{line.since}–{line.until}"

"""Orders on paper: PDF by Typst, in Ukrainian whatever the language of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fregat.lib import clock, pdf
from staff.employees.models import Order
from staff.employees.statuses import OrderState

_MONTHS = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
    "листопада", "грудня",
)  # fmt: skip
"""In the genitive, as a date on a paper has it."""


def order(row: Order) -> bytes:
    """A signed order as PDF: letterhead, number, date, text, lines for the signatures."""
    with translation.override("uk"):
        return pdf.render("employees/order.typ", _data(row))


def file_name(row: Order) -> str:
    """`nakaz-12-2026-К.pdf`"""
    return f"nakaz-{row.number.replace('/', '-')}.pdf"


def _data(row: Order) -> dict[str, Any]:
    wording = row.wording
    signer = {"position": "", "name": "", **wording.get("signer", {})}
    return {
        "house": str(settings.FREGAT["HOUSE"]),
        "place": str(settings.FREGAT["PLACE"]),
        "kind": "НАКАЗ",
        "number": row.number,
        "date": in_words(row.signed_on) if row.signed_on else "",
        "heading": wording.get("heading", ""),
        "orders": _("I ORDER:"),
        "clauses": wording.get("clauses", []),
        "from": _moment(row),
        "ground": _("Ground: %(note)s") % {"note": wording["note"]} if wording.get("note") else "",
        "signer": {**signer, "position": capfirst(signer["position"])},
        "reader": wording.get("reader", ""),
        "read": _("I have read the order:"),
        "signed_when": "«___» ______________ 20___ р.",
        "revoked": _revoked(row),
        "page": "{0} / {1}",
    }


def _moment(row: Order) -> str:
    if row.effective_at is None:
        return ""
    local = clock.local(row.effective_at)
    return _("Takes effect on %(day)s at %(hour)s.") % {
        "day": in_words(local.date()),
        "hour": f"{local:%H:%M}",
    }


def _revoked(row: Order) -> str:
    """What a copy that is printed after a revocation says at its head."""
    if row.state != OrderState.REVOKED:
        return ""
    paper = row.revocation
    day = in_words(paper.signed_on) if paper.signed_on else ""
    return _("REVOKED by order № %(number)s of %(day)s") % {"number": paper.number, "day": day}


def in_words(day: date) -> str:
    """`12 листопада 2026 р.`"""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} р."

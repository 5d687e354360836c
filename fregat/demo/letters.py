"""Guarantee letters of the demonstration: two that are given, one that was withdrawn. Nothing is asked of anybody."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from cases.assistance.actions import give_letter, withdraw_letter
from cases.assistance.models import GuaranteeLetter
from cases.assistance.permissions import can_give
from cases.assistance.selectors import lefts_of, said_of
from cases.casework.models import Case
from cases.insurance.rules import COVERED

_LETTERS = (
    ("Anadolu Hastanesi", Decimal(600), ""),
    ("Szpital Miejski", Decimal(1200), "Пацієнта прийняли в іншій клініці."),
    ("Clinica del Mar", Decimal(450), ""),
)
"""To whom, up to how much, why it was withdrawn."""


def write(now: datetime) -> None:
    """Once; on open cases whose help is plainly covered, by whoever answers for them."""
    if GuaranteeLetter.objects.exists():
        return
    wanted = list(_LETTERS)
    for case in Case.objects.open().exclude(policy=None).for_reading().order_by("id"):
        kind = lefts_of(case)[0]
        fits = kind.left is not None and kind.left.amount >= 2000
        if not fits or said_of(case, kind.kind).verdict != COVERED:
            continue
        if not kind.kind or not can_give(case.responsible, case, now):
            continue
        provider, limit, withdrawn = wanted.pop(0)
        row = give_letter(
            by=case.responsible, number=case.number, kind=kind.kind, provider=provider, limit=limit, now=now
        )
        if withdrawn:
            withdraw_letter(by=case.responsible, letter_id=row.pk, reason=withdrawn, now=now)
        if not wanted:
            return

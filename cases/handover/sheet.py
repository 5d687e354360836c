"""The hand-over sheet in words: the text that is signed, and the values of `templates/pdf/handover/sheet.typ`.

Written in the language of the centre, because it is kept. The time of the signature stands on the paper and not
in the text: the same sheet has the same fingerprint until something on it changes.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.casework.models import Case
from cases.handover.labels import DECISION_LABELS, HOP_LABELS, how_serious
from cases.handover.models import CheckDecision, Handover
from cases.handover.rules import Decision, Hop
from cases.handover.selectors import Card, Item, Sheet
from fregat.lib import clock, pdf
from staff.documents.labels import METHOD_LABELS

TEMPLATE = "handover/sheet.typ"
Pairs = list[list[str]]
_MOMENT = "%d.%m.%Y %H:%M"


def text_of(sheet: Sheet) -> str:
    """The very text that is signed."""
    with translation.override(settings.LANGUAGE_CODE):
        parts = [_title(), *(f"{name}: {value}" for name, value in _facts(sheet))]
        for number, pairs in _entries(sheet):
            parts += ["", number, *(f"{name}: {value}" for name, value in pairs)]
    return "\n".join(parts) + "\n"


def fingerprint(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def paper_of(sheet: Sheet, *, text: str, method: str, now: datetime) -> bytes:
    """The sheet as PDF, with the signature under it."""
    with translation.override(settings.LANGUAGE_CODE):
        signer = sheet.signer
        values: dict[str, Any] = {
            "house": _("Fregat"), "title": _title(), "page": _("Page {0} of {1}"), "facts": _facts(sheet),
            "cases": [{"number": number, "lines": pairs} for number, pairs in _entries(sheet)],
            "signature": [
                [_("Signed"), f"{signer.full_name}, {signer.get_role_display()}"],
                [_("When"), f"{clock.local(now):%d.%m.%Y %H:%M:%S} ({_('Kyiv time')})"],
                [_("How"), str(METHOD_LABELS[method])],
                [_("Fingerprint (SHA-256)"), fingerprint(text)],
            ],
            "note": _("The signature was given in person, with the password or a code of the second factor."),
        }  # fmt: skip
        return pdf.render(TEMPLATE, values)


def _title() -> str:
    return _("Hand-over sheet")


def _facts(sheet: Sheet) -> Pairs:
    shift, giver = sheet.shift, sheet.giver
    facts = [[_("Hands over"), f"{giver.full_name} ({giver.username})"]]
    if shift is not None:
        facts.append([_("Shift"), f"{_when(shift.starts_at)} – {_when(shift.ends_at)}"])
    if sheet.signer.pk != giver.pk:
        facts.append([_("Receives"), f"{sheet.signer.full_name} ({sheet.signer.username})"])
        answers = sheet.answers or _("the giver has signed no sheet")
        facts.append([_("Fingerprint of the giver's page"), answers])
    return [*facts, [_("Cases"), str(len(sheet.cases))]]


def _entries(sheet: Sheet) -> list[tuple[str, Pairs]]:
    given = [(_named(item.case), _given(item)) for item in sheet.items]
    given += [(_named(row.case) if row.is_pending else row.case.number, _passed(row)) for row in sheet.passed]
    return given + [(_named(row.case), _received(row)) for row in sheet.rows]


def _named(case: Case) -> str:
    place = ", ".join(filter(None, (str(case.country or ""), case.city)))
    return f"{case.number} – {place}" if place else case.number


def _given(item: Item) -> Pairs:
    decision = item.decision
    said = [
        [_("Decision"), str(DECISION_LABELS[Decision(decision.decision)]) if decision else _("not decided")]
    ]
    if decision is not None and decision.decision == Decision.HAND_OVER:
        said.append([_("To whom"), decision.to.full_name if decision.to else _("as the roster says")])
    if not item.case.is_open:
        return said
    return said + _card(decision if decision is not None and decision.next_step else item.card)


def _passed(row: Handover) -> Pairs:
    """What the program passed on at the end of the shift; the card of an accepted case is the receiver's."""
    first = row.hops.all()[0]
    said = [[pgettext("handover", "Passed on"), f"{first.to.full_name}, {_when(first.at)}"]]
    if row.accepted_at is not None and row.accepted_by is not None:
        return [*said, [_("Accepted"), f"{row.accepted_by.full_name}, {_when(row.accepted_at)}"]]
    return said + (_card(row) if row.is_pending else [])


def _received(row: Handover) -> Pairs:
    said = _card(row)
    for hop in row.hops.all():
        reason = (
            f"{HOP_LABELS[Hop(hop.reason)]}: {hop.text}" if hop.text else str(HOP_LABELS[Hop(hop.reason)])
        )
        said.append([f"{_when(hop.at)} → {hop.to.full_name}", reason])
    if row.accepted_at is not None and row.accepted_by is not None:
        said.append([_("Accepted"), f"{row.accepted_by.full_name}, {_when(row.accepted_at)}"])
        said.append([_("Read-back"), row.read_back])
    return said


def _card(card: Card | CheckDecision | Handover) -> Pairs:
    """What was not said has no line: the text of a card of before there were these two is what it was."""
    serious = how_serious(card.serious, card.serious_why)
    return [
        *([[_("How serious"), serious]] if serious else []),
        [_("How things stand"), card.summary or "–"],
        [_("What remains to be done"), card.next_step or "–"],
        [_("By when"), _when(card.next_at) if card.next_at else "–"],
        *([[_("What to do if …"), card.what_if]] if card.what_if else []),
    ]


def _when(instant: datetime) -> str:
    return clock.local(instant).strftime(_MOMENT)

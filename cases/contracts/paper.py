"""The contract in words: the values of `templates/pdf/contracts/contract.typ`, in Ukrainian or English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cases.contracts import selectors
from cases.contracts.labels import amount, number
from cases.contracts.models import Contract
from fregat.lib import clock, pdf

TEMPLATE = "contracts/contract.typ"
Pairs = list[list[str]]


def paper_of(contract: Contract, language: str) -> bytes:
    """The contract as PDF. One statement, for the persons. `language`: `uk` or `en`."""
    with translation.override(language):
        return pdf.render(TEMPLATE, values_of(contract))


def values_of(contract: Contract) -> dict[str, Any]:
    """What stands on the paper, in the language that is on."""
    policy, currency = contract.policy, contract.tariff.currency_id
    shares = contract.computed()
    persons = selectors.persons_of(contract)
    return {
        "house": policy.insurer.name, "title": _("Insurance contract %(number)s") % {"number": policy.number},
        "page": _("Page {0} of {1}"), "annulled": _annulled(contract), "facts": _facts(contract),
        "persons_title": _("Insured persons"),
        "columns": ["№", _("Surname and name"), _("As in the passport"), _("Date of birth"), _("Premium")],
        "persons": [
            [
                str(place), person.full_name, person.latin_name or "–", _day(person.birth_date),
                amount(share.premium, currency) if share else "–",
            ]
            for place, (person, share) in enumerate(_paired(persons, shares), 1)
        ],
        "total": [_("Premium of the contract"), amount(contract.premium, currency)],
        "raised": _raised(sum((share.premium for share in shares), Decimal(0)), contract),
        "signatures": [
            [_("For the insurer"), f"{contract.entered_by.full_name}"],
            [_("Policy-holder"), contract.holder_name],
        ],
        "note": _("Entered %(when)s (Kyiv time) by version %(version)s of the tariff of %(since)s.") % {
            "when": f"{clock.local(contract.entered_at):%d.%m.%Y %H:%M}", "version": contract.tariff.number,
            "since": _day(contract.tariff.since),
        },
    }  # fmt: skip


def _facts(contract: Contract) -> Pairs:
    policy = contract.policy
    days = (policy.valid_to - policy.valid_from).days + 1
    term = _("%(since)s – %(until)s, both days included (days: %(days)s)") % {
        "since": _day(policy.valid_from), "until": _day(policy.valid_to), "days": number(days),
    }  # fmt: skip
    holder = [contract.holder_name, contract.holder_code, contract.holder_phone, contract.holder_address]
    return [
        [_("Insurance company"), policy.insurer.name],
        [_("Programme"), policy.programme.name],
        [_("Policy-holder"), ", ".join(filter(None, holder))],
        [_("Term of the cover"), term],
        [_("Territory"), policy.territory.name],
        [_("Insured sum of each person"), amount(policy.insured_sum, policy.currency_id)],
        [_("Extra risks"), ", ".join(contract.risks) or _("none")],
    ]


def _raised(added: Decimal, contract: Contract) -> str:
    """The premiums of the persons do not come to that of the contract when it was raised to the least one."""
    if not added or added >= contract.premium:
        return ""
    raised = _("The sum of %(sum)s is raised to the least premium of a contract.")
    return raised % {"sum": amount(added, contract.tariff.currency_id)}


def _annulled(contract: Contract) -> str:
    if contract.annulled_at is None:
        return ""
    return _("Annulled %(when)s, covers nothing from %(from)s.") % {
        "when": f"{clock.local(contract.annulled_at):%d.%m.%Y %H:%M}", "from": _day(contract.policy.ended_on),
    }  # fmt: skip


def _paired(persons: list[Any], shares: list[Any]) -> list[tuple[Any, Any]]:
    """Persons in the order of the contract, each with their premium."""
    return [(person, shares[place] if place < len(shares) else None) for place, person in enumerate(persons)]


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else "–"

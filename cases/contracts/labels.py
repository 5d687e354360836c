"""Words for people: lines of a tariff and what is wrong with them, steps of a premium, why it is not sold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.contracts.rules import Fault, Refusal, Share, Step, Table
from cases.insurance.labels import money
from cases.insurance.rules import Money

if TYPE_CHECKING:
    from django.utils.functional import Promise

TABLE_LABELS = {
    Table.DAY: _("Rate of a day"),
    Table.TERM: _("Rate of the whole term"),
    Table.SUM: _("Insured sum"),
    Table.AGE: _("Age"),
    Table.RISK: _("Extra risk"),
    Table.GROUP: _("Group"),
}

ROUNDING_LABELS = {
    "half_up": _("to the nearest"),
    "up": _("always up"),
    "down": _("always down"),
}

STATE_LABELS = {
    "ahead": _("not begun yet"),
    "valid": _("valid"),
    "over": _("over"),
    "annulled": _("annulled"),
}
STATE_TONES = {"ahead": "info", "valid": "good", "over": "quiet", "annulled": "bad"}

VERSION_LABELS = {
    "ahead": _("will be in force"),
    "now": _("in force"),
    "over": _("was in force"),
    "void": _("replaced before it began"),
}
VERSION_TONES = {"ahead": "info", "now": "good", "over": "quiet", "void": "quiet"}

FAULTS: dict[str, Promise | str] = {
    "too_many": _("The table is too long: at most %(max)s lines are read."),
    "cells": _("This line cannot be parted into columns: a cell of it is far too long."),
    "columns": _("There are %(count)s columns here and must be five: table, for what, from, to, value."),
    "kind": _("«%(word)s» is no table. There are: день, строк, сума, вік, ризик, група."),
    "territory": _("There is no territory «%(word)s». Write its code or its name."),
    "territories": _("Several territories are called «%(word)s»: write the code of the one that is meant."),
    "no_name": _("The risk has no name: write it into the second column."),
    "needless": _("«%(word)s» is needless here: leave this cell empty."),
    "reach": _("«%(word)s» is no range: whole numbers are needed, from and to."),
    "reversed": _("The range is the wrong way round: from %(since)s to %(until)s."),
    "outside": _("The range may hold numbers from %(least)s to %(largest)s."),
    "one_sum": _("An insured sum is one number greater than zero, written into the column «from»."),
    "value": _("«%(word)s» is no value: a number above zero with at most four places, or a minus: not sold."),
    "overlap_terms": _("Days %(since)s–%(until)s are in line %(other)s too: terms of a territory overlap."),
    "overlap_ages": _("Ages %(since)s–%(until)s are in line %(other)s too: ages overlap."),
    "overlap_groups": _("Groups of %(since)s–%(until)s are in line %(other)s too: groups overlap."),
    "gap_terms": _("Between line %(other)s and this one there is no rate for days %(since)s–%(until)s."),
    "gap_ages": _(
        "Between line %(other)s and this one there is no coefficient for ages %(since)s–%(until)s."
    ),
    "twice": _("The same stands in line %(other)s already."),
    "no_rates": _("There is no rate in the table: at least one line «день» or «строк» is needed."),
    "no_sums": _("There is no insured sum in the table: at least one line «сума» is needed."),
}

REFUSALS: dict[str, Promise | str] = {
    "ends_before": _("The last day is before the first one: correct the dates."),
    "territory": _("This territory is not in the tariff."),
    "country": _("No territory of the tariff has this country."),
    "country_outside": _("This country is outside the chosen territory."),
    "term_long": ngettext_lazy(
        "A term of %(days)s days is not sold: the longest is %(longest)s day.",
        "A term of %(days)s days is not sold: the longest is %(longest)s days.",
        "longest",
    ),
    "term_short": ngettext_lazy(
        "A term of %(days)s day is not sold: the shortest is %(shortest)s days.",
        "A term of %(days)s days is not sold: the shortest is %(shortest)s days.",
        "days",
    ),
    "term": ngettext_lazy(
        "A term of %(days)s day is not sold by this tariff.",
        "A term of %(days)s days is not sold by this tariff.",
        "days",
    ),
    "sum": _("This insured sum is not sold. There are: %(sums)s."),
    "risk": _("The risk «%(risk)s» is not sold by this tariff."),
    "nobody": _("There is nobody to insure: tell at least one date of birth."),
    "many": _("There are %(count)s persons; one contract takes %(most)s at most."),
    "group": ngettext_lazy(
        "A contract for %(count)s person is not sold by this tariff.",
        "A contract for %(count)s persons is not sold by this tariff.",
        "count",
    ),
    "not_born": _("The date of birth is later than the first day of cover."),
    "age": _("The age of %(age)s on the first day is not sold: ages from %(least)s to %(most)s are."),
    "premium_none": _("The premium comes to nothing: by this tariff such a contract is not sold."),
    "premium_large": _(
        "The premium is larger than a contract can hold: there must be a mistake in the tariff."
    ),
    "past": _("The first day has passed: a contract cannot begin in the past."),
    "too_soon": _("The contract may begin on %(first)s at the earliest."),
    "too_far": _("The contract may begin on %(last)s at the latest."),
}

STEPS: dict[str, Promise | str] = {
    "base_day": ngettext_lazy(
        "Rate: %(factor)s a day × %(count)s day", "Rate: %(factor)s a day × %(count)s days", "number"
    ),
    "base_term": ngettext_lazy(
        "Rate of the whole term of %(count)s day", "Rate of the whole term of %(count)s days", "number"
    ),
    "sum": _("Insured sum %(count)s"),
    "age": _("Age %(count)s"),
    "risk": "%(what)s",
    "group": _("Group, persons: %(count)s"),
    "rounding_half_up": _("Rounded to the nearest %(factor)s"),
    "rounding_up": _("Rounded up to %(factor)s"),
    "rounding_down": _("Rounded down to %(factor)s"),
}


def number(value: Decimal | int, shape: str = "#,##0.########") -> str:
    """A number as people write it in the language of the interface: `1 200,5`; up to eight places."""
    locale = "en" if (get_language() or "uk").startswith("en") else "uk"
    return format_decimal(value, locale=locale, format=shape, decimal_quantization=False)


def amount(value: Decimal, currency: str) -> str:
    """Money, with its currency."""
    return money(Money(value, currency))


def fault_words(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults of a table for a page: line and sentence."""
    return [{"line": one.line, "text": str(FAULTS[one.code]) % _words(one.values)} for one in faults]


def refusal_text(refusal: Refusal) -> str:
    """The sentence of a refusal."""
    said: str = REFUSALS[refusal.code] % _words(refusal.values)
    return said


def step_words(step: Step, currency: str) -> dict[str, Any]:
    """A step of a premium for a page or the API."""
    values = {
        "factor": number(step.factor), "count": number(step.count), "number": step.count, "what": step.what,
    }  # fmt: skip
    is_base = step.code.startswith("base")
    return {
        "text": STEPS[step.code] % values,
        "factor": "" if is_base or step.code.startswith("rounding") else f"× {number(step.factor)}",
        "line": step.line,
        "amount": f"{number(step.amount, '#,##0.00######')} {currency}",
    }


def share_words(shares: Sequence[Share], currency: str) -> list[dict[str, Any]]:
    """Person by person: age, steps, premium."""
    return [
        {
            "age": share.age,
            "steps": [step_words(step, currency) for step in share.steps],
            "premium": amount(share.premium, currency),
        }
        for share in shares
    ]


def _words(values: Mapping[str, object]) -> dict[str, str | int]:
    return {name: _word(value) for name, value in values.items()}


def _word(value: object) -> str | int:
    """A whole number stays one: the plural goes by it."""
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, tuple):
        return "; ".join(number(one) for one in value)
    return str(value)


CONSTRAINTS = {
    "tariff_one_at_a_time": _(
        "Another version of this tariff is in force on these days: choose another day."
    ),
    "tariff_version_once": _("Somebody has published a version at this moment: look at it and try again."),
    "tariff_ends_after": _("A version of a tariff cannot end before it begins."),
    "tariff_rounds": _("The step of rounding must be above zero."),
    "tariff_minimum": _("The least premium cannot be below zero."),
    "tariff_days": _("A contract may not begin later than the latest day: correct the two numbers of days."),
    "series_do_not_overlap": _("These numbers are in another series of the insurer already."),
    "series_counts_within": _("The numbers of this series are used up."),
    "contract_annulled_whole": _("An annulment needs its reason."),
    "contract_sent_once": _("This contract has been entered already: find it in the list."),
    "contract_premium": _("A premium is above zero."),
    "contract_has_holder": _("The policy-holder must be named."),
    "contracts_contract_policy_id_key": _("This policy has a contract already."),
    "contracts_contract_uuid_key": _("This contract has been entered already: find it in the list."),
}
"""What a person reads when the database refuses."""

"""What is left when the sum, the limits and the guarantees are in several currencies, and the ages differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from cases.insurance import labels
from cases.insurance.rules import (
    Ages,
    Area,
    Committed,
    CoverFacts,
    Event,
    ExclusionFacts,
    Money,
    PolicyFacts,
    Reason,
    Terms,
    Verdict,
    decide,
    largest_excess,
    least_left,
    total_in,
)

RATES = {"EUR": Decimal(50), "USD": Decimal(40)}
EVENT = Event(on=date(2026, 11, 20), country="TR", service="dentist")


def euro(amount: int | str) -> Money:
    return Money(Decimal(amount), "EUR")


def dollars(amount: int | str) -> Money:
    return Money(Decimal(amount), "USD")


DENTIST = CoverFacts(excess=dollars(0), limit=dollars(5000), clause="4.7")


def said(*covers: CoverFacts, event: Event = EVENT, **facts: Any) -> Verdict:
    terms = Terms(covers={"dentist": covers or [DENTIST]}, **facts.pop("terms", {}))
    values = {"insured_sum": euro(30_000), "rates": RATES, **facts}
    policy = PolicyFacts(date(2026, 11, 1), date(2026, 11, 30), Area(), terms=terms, **values)
    return decide(policy, event)


@pytest.mark.parametrize(
    ("facts", "left", "verdict"),
    [
        ({}, dollars(5000), "covered"),
        ({"spent": Decimal(29_990)}, dollars("12.50"), "covered"),
        ({"spent": Decimal(30_000)}, dollars(0), "not_covered"),
        ({"insured_sum": euro(1000)}, dollars(1250), "covered"),  # one programme, sums of many sizes
        ({"spent_on_service": Decimal(4000)}, dollars(1000), "covered"),
        ({"rates": {"EUR": Decimal(50)}}, None, "ask"),
        ({"rates": {"EUR": Decimal(50)}, "spent": Decimal(30_000)}, dollars(0), "not_covered"),
        ({"rates": None, "spent": Decimal(29_990)}, None, "ask"),
        ({"rates": None}, dollars(5000), "covered"),  # an example of the rules: its sum is invented
    ],
)
def test_a_limit_in_another_currency_is_bound_by_what_is_left_of_the_sum(
    facts: Any, left: Money | None, verdict: str
) -> None:
    found = said(**facts)
    assert (found.limit_left, found.verdict) == (left, verdict)
    assert (found.verdict == "ask") == (found.reasons[0].code == "guaranteed_uncounted")


CHILD = replace(DENTIST, ages=Ages(None, 17), waiting_days=25)
GROWN = replace(DENTIST, ages=Ages(18, None), clause="4.8")
CODES = {"in_term", "age_unknown"}


@pytest.mark.parametrize(
    ("child", "more", "codes"),
    [
        ({}, {}, {"in_territory", "in_cover"}),
        ({"area": Area(frozenset({"PL"})), "waiting_days": 0}, {}, {"in_cover"}),
        ({"needs_consent": True}, {}, {"in_territory"}),
        ({"excess": dollars(50)}, {}, {"in_territory", "in_cover"}),
        ({"limit": dollars(100)}, {"spent_on_service": Decimal(200)}, {"in_territory", "in_cover", "guaranteed_kind"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_while_the_age_is_not_known_no_age_decides(
    child: Any, more: Any, codes: set[str], turned: bool
) -> None:
    covers = [replace(CHILD, **child), GROWN]
    found = said(*(covers[::-1] if turned else covers), **more)
    assert (found.verdict, {one.code for one in found.reasons}) == ("ask", {*CODES, *codes})
    assert {one.source for one in found.reasons} == {""}, "no clause of one age alone"
    assert (found.excess is None) == ("excess" in child) and (found.limit_left is None) == ("limit" in child)


def test_what_all_ages_say_is_said_while_the_age_is_not_known() -> None:
    waits = said(CHILD, replace(GROWN, waiting_days=25, excess=dollars(50)))
    assert (waits.verdict, waits.reasons[0].code, waits.excess) == ("not_covered", "waiting", None)
    assert waits.limit_left == dollars(5000)
    elsewhere = Area(frozenset({"PL"}))
    there = said(replace(CHILD, area=elsewhere), replace(GROWN, area=elsewhere))
    assert (there.verdict, there.reasons[0].code) == ("not_covered", "cover_elsewhere")
    grown = said(CHILD, GROWN, event=replace(EVENT, born=date(1990, 1, 1)))
    assert (grown.verdict, grown.reasons[2].source) == ("covered", "4.8")


OUTSIDE = replace(DENTIST, ages=Ages(None, 17), limit=dollars(7), needs_consent=True, clause="4.9")


def test_an_age_that_the_programme_does_not_insure_says_nothing_while_the_age_is_not_known() -> None:
    """Neither do questions for it: whoever is as old as that is not insured, whatever they answer."""
    asked = [
        ExclusionFacts(code="child", ages=Ages(None, 17)),
        ExclusionFacts(code="old", ages=Ages(71, None)),
        ExclusionFacts(code="grown", ages=Ages(60, 75)),
        ExclusionFacts(code="all"),
    ]
    found = said(OUTSIDE, GROWN, terms={"ages": Ages(18, 70), "exclusions": asked})
    assert {one.code for one in found.questions} == {"grown", "all"}
    assert found.limit_left == dollars(5000), "that of who may be insured"
    assert [one.source for one in found.reasons if one.code == "in_cover"] == ["4.8"]
    # A kind of help for some ages alone: nobody else is asked either.
    narrow = said(replace(GROWN, ages=Ages(18, 59)), terms={"ages": Ages(18, 70), "exclusions": asked})
    assert {one.code for one in narrow.questions} == {"all"}
    nobody = said(OUTSIDE, terms={"ages": Ages(18, 70), "exclusions": asked})
    assert (nobody.verdict, nobody.reasons[0].code, nobody.questions) == ("not_covered", "no_cover", ())
    # Whose age is known is told as before.
    known = said(OUTSIDE, terms={"ages": Ages(18, 70)}, event=replace(EVENT, born=date(2016, 1, 1)))
    assert {one.code for one in known.reasons if one.weight == "not_covered"} == {"too_young"}


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_sum_of_which_a_part_has_no_rate_is_not_called_the_whole(language: str) -> None:
    """5,000 and something in a currency without a rate: at least that, and how much is to be asked."""
    promised = [Committed(1, "dentist", dollars(4000)), Committed(1, "visit", Money(Decimal(9), "TRY"))]
    spent, all_of_it = total_in(promised, "EUR", RATES)
    found = said(spent=spent, uncounted=not all_of_it, spent_on_service=Decimal(4000))
    words = {one.code: labels.reason_text(one) for one in found.reasons}
    assert found.verdict == "ask" and found.limit_left is None
    assert {"guaranteed_least", "guaranteed_kind", "guaranteed_uncounted"} <= set(words)
    assert "guaranteed" not in words, "which says that it is all"
    with override(language):
        (least,) = (labels.reason_text(one) for one in found.reasons if one.code == "guaranteed_least")
    assert "3" in least and "200" in least
    # Of the kind of help alone: what is promised for it in a currency that has no rate.
    partly = said(spent=spent, uncounted_on_service=True, spent_on_service=Decimal(4000))
    assert {"guaranteed", "guaranteed_kind_least", "guaranteed_uncounted"} <= {
        one.code for one in partly.reasons
    }
    assert (partly.verdict, partly.limit_left) == ("ask", None)


@pytest.mark.parametrize(
    ("facts", "code", "limit", "source"),
    [
        ({"spent": Decimal(30_000)}, "sum_spent", euro(30_000), ""),
        ({"spent": Decimal(30_000), "spent_on_service": Decimal(5000)}, "sum_spent", euro(30_000), ""),
        ({"spent": Decimal(4000), "spent_on_service": Decimal(5000)}, "limit_spent", dollars(5000), "4.7"),
    ],
)
def test_what_is_spent_is_named(facts: Any, code: str, limit: Money, source: str) -> None:
    (found,) = (one for one in said(**facts).reasons if one.weight == "not_covered")
    assert (found.code, found.values["limit"], found.source) == (code, limit, source)


def answer(verdict: str, excess: Money | None, left: Money | None) -> Verdict:
    return Verdict(verdict, (), left, excess)


@pytest.mark.parametrize(
    ("answers", "excess", "left"),
    [
        ([("covered", euro(50), euro(100)), ("covered", euro(0), euro(9))], euro(50), euro(9)),
        ([("ask", euro(10), euro(100)), ("covered", euro(50), euro(9))], euro(50), euro(9)),
        ([("not_covered", None, None), ("covered", euro(50), euro(9))], euro(50), euro(9)),
        ([("ask", dollars(10), dollars(9)), ("covered", euro(50), euro(5))], dollars(10), dollars(9)),
        ([("ask", euro(0), dollars(0)), ("covered", dollars(50), euro(5))], dollars(50), dollars(0)),
        ([("covered", dollars(10), dollars(9)), ("covered", euro(50), euro(5))], euro(50), euro(5)),
        ([("not_covered", None, None)], None, None),
        ([], None, None),
    ],
)
def test_of_several_kinds_the_most_to_pay_and_the_least_left_in_any_order(
    answers: Any, excess: Money | None, left: Money | None
) -> None:
    found = [answer(*one) for one in answers]
    for listed in (found, found[::-1]):
        assert (largest_excess(listed), least_left(listed)) == (excess, left)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("code", labels.OF_SEVERAL_TEXTS)
def test_of_several_kinds_each_sentence_says_of_which_it_is(code: str, language: str) -> None:
    values = {
        name: name.upper() for name in ("country", "service", "days", "from", "limit", "amount", "percent")
    }
    reason = Reason(code, "covered", "", values)
    with override(language):
        one, several = labels.reason_text(reason), labels.reason_text(reason, several=True)
    assert "SERVICE" in several and "SERVICE" not in one and "%(" not in several + one

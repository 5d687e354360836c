"""Exclusions that need a question, ages, countries: the pure rule, by a table of examples and by properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance.rules import (
    ASK,
    NUMBER,
    Ages,
    Area,
    CoverFacts,
    Event,
    ExclusionFacts,
    Money,
    PolicyFacts,
    Terms,
    Verdict,
    decide,
    read_answer,
)

FREE, FIFTY = Money(Decimal(0), "EUR"), Money(Decimal(50), "EUR")
TERMS = Terms(
    covers={
        "visit": [CoverFacts(excess=FREE, clause="4.1")],
        "hospital": [
            CoverFacts(excess=FREE, clause="4.2", ages=Ages(None, 64)),
            CoverFacts(excess=FIFTY, limit=Money(Decimal(5000), "EUR"), clause="4.2", ages=Ages(65, 75)),
        ],
        "dentist": [CoverFacts(excess=FREE, clause="4.3", area=Area(without=frozenset({"TR"})))],
    },
    exclusions=[
        ExclusionFacts("alcohol", clause="5.1", services=frozenset({"hospital"})),
        ExclusionFacts("chronic", clause="5.2", services=frozenset({"hospital"}), effect=ASK),
        ExclusionFacts("pregnancy", NUMBER, "5.3", 24, gender="f", ages=Ages(14, 55)),
        ExclusionFacts("war", clause="5.4", countries=frozenset({"IL"})),
    ],
    ages=Ages(1, 80),
    ages_clause="2.4",
    excluded=frozenset({"SY"}),
    excluded_clause="3.2",
)
POLICY = PolicyFacts(
    valid_from=date(2026, 11, 1),
    valid_to=date(2026, 11, 30),
    area=Area(without=frozenset({"US"})),
    insured_sum=Money(Decimal(30_000), "EUR"),
    terms=TERMS,
)
ON = date(2026, 11, 20)
MAN, WOMAN = {"gender": "m", "born": date(1980, 1, 1)}, {"gender": "f", "born": date(1990, 1, 1)}
SOBER = {"alcohol": False, "chronic": False}


def ask(service: str | None = "visit", country: str | None = "TR", **event: Any) -> Verdict:
    return decide(POLICY, Event(on=ON, country=country, service=service, **{**MAN, **event}))


@pytest.mark.parametrize(
    ("event", "answer", "code", "source"),
    [
        ({}, "covered", "in_term", ""),
        ({"country": "US"}, "not_covered", "outside_territory", ""),
        ({"country": "SY"}, "not_covered", "country_excluded", "3.2"),
        ({"service": "dentist"}, "not_covered", "cover_elsewhere", "4.3"),
        ({"service": "dentist", "country": "PL"}, "covered", "in_term", ""),
        ({"country": "IL"}, "ask", "question", "5.4"),
        ({"country": "IL", "answers": {"war": True}}, "not_covered", "excluded", "5.4"),
        ({"country": "IL", "answers": {"war": False}}, "covered", "in_term", ""),
        ({"service": "hospital"}, "ask", "question", "5.1"),
        ({"service": "hospital", "answers": {"alcohol": True}}, "not_covered", "excluded", "5.1"),
        ({"service": "hospital", "answers": {"alcohol": False}}, "ask", "question", "5.2"),
        ({"service": "hospital", "answers": {**SOBER, "chronic": True}}, "ask", "insurer_decides", "5.2"),
        ({"service": "hospital", "answers": SOBER}, "covered", "in_term", ""),
        ({**WOMAN}, "ask", "question", "5.3"),
        ({**WOMAN, "answers": {"pregnancy": 0}}, "covered", "in_term", ""),
        ({**WOMAN, "answers": {"pregnancy": 23}}, "covered", "in_term", ""),
        ({**WOMAN, "answers": {"pregnancy": 24}}, "not_covered", "excluded", "5.3"),
        ({**WOMAN, "answers": {"pregnancy": True}}, "ask", "question", "5.3"),  # a number is asked
        ({**WOMAN, "born": date(1960, 1, 1)}, "covered", "in_term", ""),  # nobody asks at 66
        ({"gender": "", "born": date(1990, 1, 1)}, "ask", "question", "5.3"),  # it is not known who it is
        ({"born": None}, "ask", "age_unknown", "2.4"),
        ({"born": date(2026, 1, 1)}, "not_covered", "too_young", "2.4"),
        ({"born": date(1945, 11, 21)}, "covered", "in_term", ""),  # eighty to the last day
        ({"born": date(1945, 11, 20)}, "not_covered", "too_old", "2.4"),
        ({"service": "hospital", "born": date(1955, 1, 1), "answers": SOBER}, "covered", "in_term", ""),
        ({"service": "hospital", "born": date(1948, 1, 1)}, "not_covered", "age_not_in_cover", "4.2"),
        ({"service": "legal"}, "not_covered", "no_cover", ""),
    ],
)
def test_a_table_of_examples(event: dict[str, Any], answer: str, code: str, source: str) -> None:
    found = ask(**event)
    assert (found.verdict, found.reasons[0].code, found.reasons[0].source) == (answer, code, source)


def test_the_excess_and_the_limit_follow_the_age() -> None:
    young, old = (ask("hospital", born=date(year, 1, 1), answers=SOBER) for year in (1980, 1955))
    assert (young.excess, young.limit_left) == (FREE, Money(Decimal(30_000), "EUR"))
    assert (old.excess, old.limit_left) == (FIFTY, Money(Decimal(5000), "EUR"))


def test_what_can_change_nothing_is_not_asked() -> None:
    assert [one.code for one in ask("hospital").questions] == ["alcohol", "chronic"]
    assert ask("hospital", country="US").questions == ()
    assert [one.code for one in ask("hospital", country="US", answers={"alcohol": True}).questions] == [
        "alcohol"
    ]


def test_after_an_answer_that_excludes_nothing_else_is_asked() -> None:
    found = ask("hospital", answers={"alcohol": True})
    assert (found.verdict, found.reasons[0].code) == ("not_covered", "excluded")
    assert [one.code for one in found.questions] == ["alcohol"]
    assert [one.code for one in ask("hospital", answers={"alcohol": False}).questions] == [
        "alcohol",
        "chronic",
    ]


def test_an_exclusion_of_some_ages_excludes_nobody_whose_age_is_not_known() -> None:
    """«Not covered, chronic illness: yes» was said of whoever had no date of birth, though it holds from 65 on."""
    old = ExclusionFacts("chronic", clause="5.2", ages=Ages(65, None))
    answered, anybody = {"gender": "m", "answers": {"chronic": True}}, Ages()

    def said(*exclusions: ExclusionFacts, ages: Ages = anybody, **event: Any) -> tuple[str, str, str]:
        terms = replace(TERMS, exclusions=exclusions, ages=ages)
        found = decide(
            replace(POLICY, terms=terms), Event(on=ON, country="TR", service="visit", **answered, **event)
        )
        return found.verdict, found.reasons[0].code, found.reasons[0].source

    assert said(old) == ("ask", "age_unknown", "5.2")
    assert said(old, born=date(1980, 1, 1)) == ("covered", "in_term", "")
    assert said(old, born=date(1950, 1, 1)) == ("not_covered", "excluded", "5.2")
    everybody = replace(old, ages=anybody)
    assert said(everybody) == ("not_covered", "excluded", "5.2")
    assert said(replace(old, ages=Ages(18, 80)), ages=Ages(20, 70)) == ("not_covered", "excluded", "5.2")
    assert said(replace(old, effect=ASK)) == ("ask", "insurer_decides", "5.2")
    assert said(old, everybody) == ("not_covered", "excluded", "5.2"), "another one concerns everybody"


def test_without_rules_the_insurer_is_asked() -> None:
    found = decide(
        PolicyFacts(POLICY.valid_from, POLICY.valid_to, POLICY.area, POLICY.insured_sum, None),
        Event(on=ON, country="TR", service="visit"),
    )
    assert (found.verdict, found.reasons[0].code) == ("ask", "no_rules")


ANSWERS = st.dictionaries(
    st.sampled_from(["alcohol", "chronic", "pregnancy", "war", "other"]), st.booleans() | st.integers(0, 45)
)
EVENTS = st.fixed_dictionaries(
    {
        "service": st.sampled_from([None, *TERMS.covers, "legal"]),
        "country": st.sampled_from([None, "TR", "US", "SY", "IL"]),
        "born": st.none() | st.dates(date(1930, 1, 1), date(2026, 11, 1)),
        "gender": st.sampled_from(["", "f", "m"]),
        "answers": ANSWERS,
    }
)
RANK = {"not_covered": 0, "ask": 1, "covered": 2}


@given(EVENTS)
def test_the_verdict_is_the_least_favourable_of_its_reasons(event: dict[str, Any]) -> None:
    found = ask(**event)
    assert RANK[found.verdict] == min(RANK[reason.weight] for reason in found.reasons)
    assert [reason.weight for reason in found.reasons] == sorted(
        (r.weight for r in found.reasons), key=RANK.get
    )  # type: ignore[arg-type]
    assert found.limit_left is None or found.limit_left.amount >= 0


@given(EVENTS)
def test_an_open_question_means_that_it_must_be_asked(event: dict[str, Any]) -> None:
    found = ask(**event)
    waiting = [one for one in found.questions if one.answer is None]
    assert not waiting or found.verdict in {"ask", "not_covered"}
    if found.verdict == "covered":
        assert not waiting
    assert {one.code for one in waiting} == {
        reason.values["question"] for reason in found.reasons if reason.code == "question"
    }


@given(EVENTS, st.sampled_from(["alcohol", "war"]))
def test_an_answer_that_excludes_never_makes_it_better(event: dict[str, Any], code: str) -> None:
    worse = ask(**{**event, "answers": {**event["answers"], code: True}})
    better = ask(**{**event, "answers": {**event["answers"], code: False}})
    assert RANK[worse.verdict] <= RANK[better.verdict]


@given(EVENTS)
def test_what_the_rules_never_ask_changes_nothing(event: dict[str, Any]) -> None:
    plain = {code: said for code, said in event["answers"].items() if code != "other"}
    assert ask(**event) == ask(**{**event, "answers": plain})


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 40_000))
def test_the_age_is_the_number_of_birthdays(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    last = on.year - ((on.month, on.day) < (born.month, born.day))
    assert Event(on=on, born=born).age == len(range(born.year + 1, last + 1))


@pytest.mark.parametrize(
    ("kind", "said", "answer"),
    [
        ("yes_no", "yes", True),
        ("yes_no", " NO ", False),
        ("yes_no", True, True),
        ("yes_no", "так", None),
        ("yes_no", 1, None),
        ("number", "24", 24),
        ("number", 0, 0),
        ("number", "0024", 24),
        ("number", "1000", None),
        ("number", "-1", None),
        ("number", "٣", None),
        ("number", "2.5", None),
        ("number", True, None),
        ("number", "", None),
    ],
)
def test_an_answer_is_read_or_is_none(kind: str, said: Any, answer: Any) -> None:
    found = read_answer(kind, said)
    assert found == answer and type(found) is type(answer)

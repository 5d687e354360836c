"""Does the policy cover the place, the time and the kind of help (C1)?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance import labels
from cases.insurance.models import Country, Cover, Policy
from cases.insurance.rules import Area, CoverFacts, Event, Money, PolicyFacts, Terms, decide
from cases.insurance.selectors import verdict
from fregat.lib.clock import KYIV
from tests.cast import make_person, make_policy

EUR = "EUR"
COVERS = {
    "visit": CoverFacts(excess=Money(Decimal(50), EUR), clause="4.2"),
    "dentist": CoverFacts(excess=Money(Decimal(0), EUR), limit=Money(Decimal(150), EUR), clause="4.7"),
    "hospital": CoverFacts(excess=Money(Decimal(0), EUR), needs_consent=True, clause="4.3"),
    "roadside": CoverFacts(excess=Money(Decimal(0), EUR), area=Area(frozenset({"PL"})), clause="6.1"),
}
FACTS: dict[str, Any] = {
    "valid_from": date(2026, 11, 1),
    "valid_to": date(2026, 11, 30),
    "area": Area(frozenset({"TR", "PL"})),
    "insured_sum": Money(Decimal(30_000), EUR),
}


def ask(
    country: str | None = "TR", on: date = date(2026, 11, 20), service: str | None = "visit", **facts: Any
) -> Any:
    covers = {kind: [cover] for kind, cover in facts.pop("covers", COVERS).items()}
    policy = PolicyFacts(**{**FACTS, "terms": Terms(covers=covers), **facts})
    return decide(policy, Event(on=on, country=country, service=service))


@pytest.mark.parametrize(
    ("question", "answer", "first"),
    [
        ({}, "covered", "in_term"),
        ({"on": date(2026, 11, 1)}, "covered", "in_term"),
        ({"on": date(2026, 11, 30)}, "covered", "in_term"),
        ({"on": date(2026, 10, 31)}, "not_covered", "not_begun"),
        ({"on": date(2026, 12, 1)}, "not_covered", "expired"),
        ({"ended_on": date(2026, 11, 20)}, "not_covered", "ended_early"),
        ({"ended_on": date(2026, 11, 21)}, "covered", "in_term"),
        # An insurer's list names an end beyond the term, or shortens the term below it: the term decides then.
        ({"ended_on": date(2026, 12, 2), "on": date(2026, 12, 1)}, "not_covered", "expired"),
        ({"ended_on": date(2026, 12, 2), "on": date(2026, 12, 5)}, "not_covered", "expired"),
        ({"ended_on": date(2026, 12, 1), "on": date(2026, 12, 1)}, "not_covered", "expired"),
        ({"ended_on": date(2026, 10, 20), "on": date(2026, 10, 25)}, "not_covered", "ended_early"),
        ({"country": "EG"}, "not_covered", "outside_territory"),
        ({"service": "roadside"}, "not_covered", "cover_elsewhere"),
        ({"service": "roadside", "country": "PL"}, "covered", "in_term"),
        ({"service": "legal"}, "not_covered", "no_cover"),
        ({"service": "hospital"}, "ask", "needs_consent"),
        ({"country": None}, "ask", "place_unknown"),
        ({"service": None}, "ask", "service_unknown"),
        ({"country": None, "service": "legal"}, "not_covered", "no_cover"),
        ({"spent": Decimal(30_000)}, "not_covered", "sum_spent"),
        ({"service": None, "spent": Decimal(30_000)}, "not_covered", "sum_spent"),
        ({"service": "dentist", "spent_on_service": Decimal(150)}, "not_covered", "limit_spent"),
    ],
)
def test_the_verdict_and_what_decided_it(question: Any, answer: str, first: str) -> None:
    found = ask(**question)
    assert (found.verdict, found.reasons[0].code) == (answer, first)


@pytest.mark.parametrize(
    ("ended", "last"),
    [(date(2026, 11, 25), 24), (date(2026, 12, 5), 30), (date(2026, 12, 1), 30), (None, 30)],
)
def test_the_term_that_is_named_ends_where_the_cover_does(ended: date | None, last: int) -> None:
    """«Valid from 01.11 to 30.11» was said of a policy that had been ended from the 25th on."""
    (term,) = (one for one in ask(ended_on=ended).reasons if one.code == "in_term")
    assert term.values["to"] == date(2026, 11, last)


def test_a_policy_that_is_over_is_not_said_to_have_been_ended_early() -> None:
    row = Policy(valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30), ended_on=date(2026, 12, 2))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 5)]
    assert [row.state_on(day) for day in days] == ["valid", "over", "over"]
    row.ended_on = date(2026, 11, 25)
    assert [row.state_on(day) for day in (date(2026, 11, 24), date(2026, 11, 25), *days)] == [
        "valid", "ended", "ended", "ended", "ended",
    ]  # fmt: skip


def test_what_is_left_is_never_more_than_the_sum_has() -> None:
    assert ask(spent=Decimal(29_950)).limit_left == Money(Decimal(50), EUR)
    assert ask(service="dentist", spent=Decimal(29_950)).limit_left == Money(Decimal(50), EUR)
    assert ask(service="dentist", spent_on_service=Decimal(40)).limit_left == Money(Decimal(110), EUR)
    assert ask(service="legal").limit_left is None
    assert ask().excess == Money(Decimal(50), EUR)


@given(
    country=st.sampled_from([None, "TR", "PL", "EG"]),
    days=st.integers(-40, 40),
    service=st.sampled_from([None, *COVERS, "legal"]),
    spent=st.integers(0, 40_000),
)
def test_every_answer_has_its_reasons_and_no_left_below_zero(
    country: Any, days: int, service: Any, spent: int
) -> None:
    found = ask(country, date(2026, 11, 15) + timedelta(days=days), service, spent=Decimal(spent))
    assert found.reasons[0].weight == found.verdict
    assert found.limit_left is None or found.limit_left.amount >= 0
    weights = {reason.weight for reason in found.reasons}
    assert found.verdict == "covered" or found.verdict in weights


@pytest.mark.parametrize(
    ("country", "minutes", "answer"),
    [
        ("TR", 0, "covered"),
        (
            "TR",
            59,
            "covered",
        ),  # in Istanbul it is an hour later than in Kyiv in winter: 23:59 there is 22:59 here
        ("TR", 60, "not_covered"),
        (None, 60, "ask"),
        (None, 120, "ask"),  # nobody knows where: in the west the last day is not over
        (None, 120 + 13 * 60, "not_covered"),
    ],
)
def test_the_day_is_that_of_the_place(project: Any, country: str | None, minutes: int, answer: str) -> None:
    policy = make_policy(project, make_person(), valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30))
    at = datetime(2026, 11, 30, 22, 0, tzinfo=KYIV) + timedelta(minutes=minutes)
    assert verdict(policy, country=country, at=at, service="visit").verdict == answer


@pytest.mark.parametrize(
    ("country", "at", "answer", "first"),
    [
        ("US", "2026-12-01T04:59Z", "covered", "in_term"),  # the last minute in New York
        ("US", "2026-12-01T06:30Z", "ask", "day_unknown"),  # 22:30 of the last day in Los Angeles
        ("US", "2026-12-01T11:59Z", "not_covered", "expired"),
        ("US", "2026-11-01T03:59Z", "not_covered", "not_begun"),
        ("US", "2026-11-01T04:30Z", "ask", "day_unknown"),  # begun in New York alone
        ("US", "2026-11-01T12:00Z", "covered", "in_term"),
        ("US", "2026-11-20T06:30Z", "covered", "in_term"),  # two days, both within the term
        ("US", "2026-12-03T06:30Z", "not_covered", "expired"),
        ("ES", "2026-11-30T23:30Z", "ask", "day_unknown"),
        ("UA", "2026-11-30T21:30Z", "covered", "in_term"),
        ("UA", "2026-11-30T22:00Z", "not_covered", "expired"),
    ],
)
def test_where_a_country_has_several_zones_the_edge_of_the_term_is_asked(
    project: Any, country: str, at: str, answer: str, first: str
) -> None:
    countries = ("US", "ES", "UA")
    for code, zone in zip(countries, ("America/New_York", "Europe/Madrid", "Europe/Kyiv"), strict=True):
        Country.objects.update_or_create(code=code, defaults={"zone": zone})
    policy = make_policy(
        project, make_person(), valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30), countries=countries
    )
    found = verdict(policy, country=country, at=datetime.fromisoformat(at), service="visit")
    assert (found.verdict, found.reasons[0].code) == (answer, first)


@pytest.mark.parametrize(
    ("day", "answer", "first"),
    [(1, "not_covered", "waiting"), (7, "not_covered", "waiting"), (8, "covered", "in_term")],
)
def test_a_waiting_period_begins_with_the_policy(day: int, answer: str, first: str) -> None:
    covers = {"visit": CoverFacts(excess=Money(Decimal(0), EUR), clause="4.2", waiting_days=7)}
    found = ask(on=date(2026, 11, day), covers=covers)
    assert (found.verdict, found.reasons[0].code) == (answer, first)
    assert first != "waiting" or found.reasons[0].values == {
        "days": 7, "from": date(2026, 11, 8), "service": "visit",
    }  # fmt: skip
    before = ask(on=date(2026, 10, 31), covers=covers)
    assert before.reasons[0].code == "not_begun" and "waiting" not in {one.code for one in before.reasons}


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_reason_has_its_sentence(project: Any, language: str) -> None:
    policy = make_policy(project, make_person(), valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30))
    Cover.objects.filter(service="visit").update(excess=50, clause="п. 4.2 Правил")
    with translation.override(language):
        found = verdict(policy, country="TR", at=datetime(2026, 11, 20, tzinfo=KYIV), service="visit")
        texts = [labels.reason_text(reason) for reason in found.reasons]
        assert all("%(" not in text for text in texts)
        assert any(("Туреччин" if language == "uk" else "Türkiye") in text for text in texts)
        assert labels.source_text(found.reasons[2]) == "п. 4.2 Правил"


def test_every_code_of_the_rule_has_a_sentence() -> None:
    import inspect
    import re

    from cases.insurance.rules import days
    from cases.insurance.rules import verdict as rule

    codes = set(re.findall(r'Reason\(\s*"(\w+)"', inspect.getsource(rule)))
    codes |= set(re.findall(r'"(day_\w+)"', inspect.getsource(days)))
    codes |= set(
        re.findall(
            r'"(\w+_of_whom|\w+_spent|guaranteed\w*|excess(?:_least|_percent)?)"', inspect.getsource(rule)
        )
    )
    assert codes == set(labels.REASON_TEXTS)


def test_the_api_answers_as_promised(project: Any, operator: Any, on_shift: Any, api: Any) -> None:
    on_shift(operator)
    policy = make_policy(project, make_person(), valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30))
    url = f"/api/v1/policies/{policy.pk}/verdict/?country=TR&on=2026-11-20T18:00+03:00&service=hospital"
    body = api(operator).get(url).json()
    assert body["verdict"] == "covered"
    assert set(body["reasons"][0]) == {"code", "text", "source"}
    assert body["limit_left"] == {"amount": "30000.00", "currency": "EUR"}
    assert body["excess"] == {"amount": "0.00", "currency": "EUR"}


@pytest.mark.parametrize(
    "query",
    [
        "country=ZZ",
        "country=%00",
        "service=magic",
        "on=завтра",
        "on=0001-01-01T00:00",
        "on=9999-12-31T23:59-12:00",
        "country=TURKEY",
    ],
)
def test_an_absurd_question_gets_a_sentence(
    project: Any, operator: Any, on_shift: Any, api: Any, query: str
) -> None:
    on_shift(operator)
    policy = make_policy(project, make_person())
    answer = api(operator).get(f"/api/v1/policies/{policy.pk}/verdict/?{query}")
    assert answer.status_code in {200, 400}, answer.content
    assert answer.status_code == 400 or query.startswith("on=0001")


def test_whom_the_policy_does_not_name_is_not_judged_as_somebody_whom_it_does(
    project: Any, operator: Any, on_shift: Any, api: Any
) -> None:
    """The age of the only insured person counted, whoever was asked about."""
    on_shift(operator)
    policy, other = make_policy(project, make_person()), make_person("Сорока")
    url = f"/api/v1/policies/{policy.pk}/verdict/"
    sent = {"country": "TR", "service": "visit"}
    mine = api(operator).get(url, {**sent, "person": policy.persons.get().pk})
    assert (mine.status_code, mine.json()["verdict"]) == (200, "covered")
    for answer in (
        api(operator).get(url, {**sent, "person": other.pk}),
        api(operator).post(url, {**sent, "person": 999_999}),
    ):
        assert answer.status_code == 400 and "person" in answer.content.decode()


def test_a_policy_of_another_project_is_as_if_missing(
    project: Any, stranger: Any, on_shift: Any, api: Any
) -> None:
    on_shift(stranger)
    policy = make_policy(project, make_person())
    mine, missing = (api(stranger).get(f"/api/v1/policies/{pk}/verdict/") for pk in (policy.pk, 999_999_999))
    assert (mine.status_code, mine.content) == (missing.status_code, missing.content)
    assert mine.status_code == 404
    assert api(stranger).get(f"/api/v1/policies/{10**30}/verdict/").status_code == 404


def test_insurers_are_those_of_my_projects(
    project: Any, other_project: Any, operator: Any, head: Any, api: Any
) -> None:
    assert [one["code"] for one in api(operator).get("/api/v1/insurers/").json()["results"]] == ["aurora"]
    assert len(api(head).get("/api/v1/insurers/").json()["results"]) == 2

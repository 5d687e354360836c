"""Where it is two days at once: the edition of the rules, the age, the waiting period are asked as the term is (C1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance import labels
from cases.insurance.models import Country, Cover, Edition, Exclusion, Policy
from cases.insurance.rules import (
    Ages,
    Area,
    CoverFacts,
    Event,
    Money,
    OnDay,
    PolicyFacts,
    Terms,
    decide,
    over_days,
)
from cases.insurance.selectors import Circumstances, questions, verdict, verdicts
from fregat.lib.clock import KYIV
from tests.builders import make_currency, make_edition, make_service_kind
from tests.cast import make_person, make_policy

TWO_DAYS = datetime(2026, 11, 11, 6, 30, tzinfo=UTC)
"""01:30 on the 11th in New York, 22:30 on the 10th in Los Angeles."""
ONE_DAY = datetime(2026, 11, 11, 20, 0, tzinfo=UTC)


@contextmanager
def edition_of(policy: Policy, valid_from: date | None = None, **fields: Any) -> Iterator[Edition]:
    """Another edition of the policy's programme, filled inside the transaction that writes it."""
    last = Edition.objects.filter(programme=policy.programme_id).order_by("-number")[0]
    with transaction.atomic():
        yield make_edition(policy.programme, number=last.number + 1, valid_from=valid_from, **fields)


def cover(edition: Edition, service: str = "visit", **fields: Any) -> None:
    values = {"currency": make_currency("EUR"), "clause": "4.1", **fields}
    Cover.objects.create(edition=edition, service=make_service_kind(service), **values)


@pytest.fixture
def policy(project: Any) -> Policy:
    zones = {"US": "America/New_York", "UA": "Europe/Kyiv", "PL": "Europe/Warsaw"}
    for code, zone in zones.items():
        Country.objects.update_or_create(code=code, defaults={"zone": zone, "name_uk": code, "name_en": code})
    person = make_person(birth_date=date(1961, 11, 11))
    found: Policy = make_policy(
        project, person, valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30), countries=zones
    )
    return found


def said(policy: Policy, at: datetime = TWO_DAYS, country: str | None = "US", service: str = "visit") -> Any:
    return verdict(policy, country=country, at=at, service=service)


def codes(found: Any) -> set[str]:
    return {one.code for one in found.reasons}


def test_the_waiting_period_is_over_in_one_zone_only(policy: Policy) -> None:
    with edition_of(policy) as rules:
        cover(rules, waiting_days=10)
    found = said(policy)
    assert (found.verdict, found.reasons[0].code, found.reasons[0].source) == ("ask", "day_waiting", "4.1")
    assert found.reasons[0].values == {"on": date(2026, 11, 10), "or": date(2026, 11, 11)}
    assert "waiting" not in codes(found) and {"in_term", "in_territory", "in_cover"} < codes(found)
    assert said(policy, ONE_DAY).verdict == "covered"
    assert said(policy, datetime(2026, 11, 10, 20, 0, tzinfo=UTC)).verdict == "not_covered"
    kyiv = datetime(2026, 11, 10, 23, 59, tzinfo=KYIV)
    assert said(policy, kyiv, "UA").verdict == "not_covered", "Ukraine has the time of Kyiv alone"
    assert said(policy, datetime(2026, 11, 11, 0, 0, tzinfo=KYIV), "UA").verdict == "covered"


def test_a_birthday_between_the_days_decides(policy: Policy) -> None:
    with edition_of(policy) as rules:
        cover(rules, age_to=64)
        cover(rules, "hospital", age_to=64)
        cover(rules, "hospital", age_from=65, excess=100)
        cover(rules, "doctor_call")
    found = said(policy)
    assert (found.verdict, found.reasons[0].code) == ("ask", "day_age")
    assert "age_not_in_cover" not in codes(found)
    excess = said(policy, service="hospital")
    assert (excess.verdict, excess.excess, codes(excess) & {"excess", "day_age"}) == (
        "ask",
        None,
        {"day_age"},
    )
    assert said(policy, service="doctor_call").verdict == "covered", "no age matters for this help"
    assert said(policy, ONE_DAY, service="hospital").excess.amount == 100


def test_too_old_on_both_days_is_not_asked(policy: Policy) -> None:
    with edition_of(policy, age_to=60) as rules:
        cover(rules)
    found = said(policy)
    assert (found.verdict, found.reasons[0].code) == ("not_covered", "too_old")


def test_an_edition_that_begins_between_the_days(policy: Policy) -> None:
    with edition_of(policy, date(2026, 11, 11)) as rules:
        cover(rules, "hospital")
        cover(rules, "doctor_call", clause="7.7")
    found = said(policy)
    assert (found.verdict, found.reasons[0].code) == ("ask", "day_edition")
    assert not codes(found) & {"no_cover", "in_cover"}
    assert said(policy, service="doctor_call").verdict == "covered", "the same under another clause"
    assert said(policy, service="legal" if make_service_kind("legal") else "").verdict == "not_covered"
    assert said(policy, ONE_DAY).verdict == "not_covered"


def test_the_questions_of_both_editions_are_put(policy: Policy) -> None:
    with edition_of(policy, date(2026, 11, 11)) as rules:
        cover(rules)
        Exclusion.objects.create(
            edition=rules, code="sport", name_uk="Спорт?", name_en="Sport?", clause="5.1"
        )
    with edition_of(policy, date(2026, 11, 12)) as rules:
        cover(rules)
    asked = Circumstances(at=TWO_DAYS, country="US", services=("visit",))
    told = verdicts(policy, asked)
    assert [one.code for one in questions(told)] == ["sport"]
    assert {"question", "day_edition"} <= codes(told.verdicts[0])
    before_last = Circumstances(
        at=datetime(2026, 11, 12, 6, 30, tzinfo=UTC), country="US", services=("visit",)
    )
    told = verdicts(policy, before_last)
    assert [one.text for one in questions(told)] and told.verdicts[0].verdict == "ask"
    with override("en"):
        assert any("Sport?" in labels.reason_text(one) for one in told.verdicts[0].reasons)


def test_covered_on_neither_day_is_not_asked(policy: Policy) -> None:
    with edition_of(policy) as rules:
        cover(rules, waiting_days=30)
    last = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)  # still waiting in Los Angeles, over in New York
    found = said(policy, last)
    assert (found.verdict, found.reasons[0].code) == ("not_covered", "expired")
    assert not [one for one in found.reasons if one.code.startswith("day_")]


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-11-30T22:00Z", "ask"),  # over in Kyiv, not in the west
        ("2026-12-01T10:59Z", "ask"),
        ("2026-12-01T11:00Z", "not_covered"),  # over everywhere
        ("2026-10-31T09:59Z", "not_covered"),  # begun nowhere
        ("2026-10-31T10:00Z", "ask"),
    ],
)
def test_while_nobody_knows_where_no_day_of_kyiv_decides(policy: Policy, at: str, answer: str) -> None:
    found = said(policy, datetime.fromisoformat(at), None)
    assert found.verdict == answer
    assert "place_unknown" in codes(found)


def test_of_three_days_two_are_named_on_which_it_is_not_the_same(policy: Policy) -> None:
    policy.valid_from = policy.valid_to = date(2026, 11, 11)
    policy.save()
    found = said(
        policy, datetime(2026, 11, 11, 10, 30, tzinfo=UTC), None
    )  # the 10th in Pago Pago, the 12th in Kiritimati
    [reason] = [one for one in found.reasons if one.code == "day_unknown"]
    assert reason.values == {"on": date(2026, 11, 10), "or": date(2026, 11, 11)}, "it is valid on one of them"


COVER = st.builds(
    CoverFacts,
    excess=st.sampled_from([Money(Decimal(0), "EUR"), Money(Decimal(50), "EUR")]),
    waiting_days=st.sampled_from([0, 9, 10]),
    ages=st.sampled_from([Ages(), Ages(None, 64), Ages(65, None)]),
    needs_consent=st.booleans(),
    clause=st.sampled_from(["4.1", "4.2"]),
)
EDITION = st.builds(lambda cover: Terms(covers={"visit": [cover]}), COVER)


@given(
    editions=st.tuples(EDITION, EDITION) | st.builds(lambda one: (one, one), EDITION),
    ends=st.sampled_from([10, 11, 30]),
    turned=st.booleans(),
)
def test_covered_is_what_all_days_cover_and_not_covered_what_none_does(
    editions: tuple[Terms, Terms], ends: int, turned: bool
) -> None:
    days = []
    for on, terms in zip((date(2026, 11, 10), date(2026, 11, 11)), editions, strict=True):
        policy = PolicyFacts(
            date(2026, 11, 1), date(2026, 11, ends), Area(), Money(Decimal(30_000), "EUR"), terms
        )
        event = Event(on=on, country="US", service="visit", born=date(1961, 11, 11))
        days.append(OnDay(on, id(terms), event.age, decide(policy, event)))
    found = over_days(days[::-1] if turned else days)
    verdicts = {one.said.verdict for one in days}
    assert found.verdict in {"ask", *verdicts}
    assert found.verdict != "covered" or verdicts == {"covered"}
    assert (found.verdict == "not_covered") == all(one.said.verdict == "not_covered" for one in days)
    assert found.reasons[0].weight == found.verdict
    differ = {(one.said.excess, one.said.limit_left) for one in days}
    assert len(differ) == 1 or found.excess is None or found.limit_left is None


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("code", ["day_unknown", "day_waiting", "day_age", "day_edition"])
def test_each_is_said(code: str, language: str) -> None:
    from cases.insurance.rules import Reason

    with override(language):
        reason = Reason(code, "ask", "", {"on": date(2026, 11, 10), "or": date(2026, 11, 11)})
        assert "10.11.2026" in labels.reason_text(reason) and "11.11.2026" in labels.reason_text(reason)
        assert labels.source_text(reason)

"""An excess that is a part of the bill, alone or with the least of it: in the rules, the verdict, the case, the API."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from cases.casework import actions as casework
from cases.casework.rules import CaseFacts, ServiceFacts
from cases.insurance import actions, labels
from cases.insurance.models import Cover
from cases.insurance.rules import (
    Ages,
    Area,
    Candidate,
    CoverFacts,
    Event,
    Money,
    OnDay,
    PolicyFacts,
    Terms,
    Verdict,
    decide,
    first_of,
    largest_excess,
    largest_percent,
    over_days,
)
from tests.cast import make_person, make_policy

TEN = Decimal("10.00")
EVENT = Event(on=date(2026, 11, 20), country="TR", service="visit")


def euro(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")


PART = CoverFacts(excess=euro(0), excess_percent=TEN, clause="4.2")
LEAST = replace(PART, excess=euro(50))
FIXED = replace(PART, excess=euro(50), excess_percent=Decimal(0))


def said(*covers: CoverFacts, event: Event = EVENT) -> Verdict:
    policy = PolicyFacts(
        date(2026, 11, 1), date(2026, 11, 30), Area(), euro(30_000), Terms(covers={"visit": covers})
    )
    return decide(policy, event)


@pytest.mark.parametrize(
    ("cover", "uk", "en", "fact"),
    [
        (PART, "10\N{NO-BREAK SPACE}%", "10% of the bill", "10% of the bill"),
        (
            replace(PART, excess_percent=Decimal("12.50")),
            "12,5\N{NO-BREAK SPACE}%",
            "12.5% of the bill",
            "12.5% of the bill",
        ),
        (
            LEAST,
            "50",
            "10% of the bill (the excess), but not less than 50 €",
            "but not less than 50 €",
        ),
        (FIXED, "50", "the excess of 50 €", "50 €"),
    ],
)
def test_the_verdict_says_what_the_person_pays(cover: CoverFacts, uk: str, en: str, fact: str) -> None:
    found = said(cover)
    (reason,) = (one for one in found.reasons if one.code.startswith("excess"))
    assert (found.verdict, reason.source) == ("covered", "4.2")
    for language, words in (("uk", uk), ("en", en)):
        with override(language):
            for several in (False, True):
                assert words.rstrip(".") in labels.reason_text(reason) and "%(" not in labels.reason_text(
                    reason, several=several
                )
    with override("en"):
        pays = labels.excess_text(found.excess, found.excess_percent)
        assert fact in pays and (pays == fact or cover is LEAST)


def test_while_the_age_is_not_known_the_parts_must_be_alike() -> None:
    child, grown = (replace(PART, ages=ages) for ages in (Ages(None, 17), Ages(18, None)))
    assert said(child, grown).excess_percent == TEN
    other = said(child, replace(grown, excess_percent=Decimal(20)))
    assert (other.excess, other.excess_percent) == (None, 0)
    assert not [one for one in other.reasons if one.code.startswith("excess")]


def test_where_it_is_two_days_at_once_the_parts_must_be_alike() -> None:
    def days(*covers: CoverFacts) -> Verdict:
        return over_days([OnDay(date(2026, 11, 20 + n), n, 30, said(one)) for n, one in enumerate(covers)])

    assert days(PART, PART).excess_percent == TEN
    differs = days(PART, LEAST)
    assert (differs.verdict, differs.excess, differs.excess_percent) == ("ask", None, 0)
    more = days(PART, replace(PART, excess_percent=Decimal(20)))
    assert (more.verdict, more.excess_percent) == ("ask", 0)


def test_over_several_kinds_no_bill_costs_more_than_is_said() -> None:
    found = [said(PART), said(FIXED)]
    assert (largest_excess(found), largest_percent(found), largest_percent([])) == (euro(50), TEN, 0)


def test_the_policy_with_the_smaller_part_goes_first_and_a_part_is_not_compared_with_an_amount() -> None:
    def policy(pk: int, percent: int, excess: int = 0) -> Candidate:
        return Candidate(pk, "covered", euro(excess), euro(9), date(2026, 11, pk), Decimal(percent))

    assert first_of([policy(1, 20), policy(2, 10)]) == (2, "excess")
    assert first_of([policy(1, 10, 60), policy(2, 10, 50)]) == (2, "excess")
    assert first_of([policy(1, 20), policy(2, 0, 50)]) == (1, "earlier")
    assert first_of([policy(2, 20, 5), policy(1, 10, 50)]) == (1, "earlier")


@pytest.fixture
def policy(project: Any) -> Any:
    return make_policy(project, make_person())


def test_it_is_edited_tried_published_and_told(
    policy: Any, head: Any, operator: Any, on_shift: Any, page: Any, api: Any
) -> None:
    on_shift(operator)
    browser, at = page(head), f"/rules/{policy.programme_id}/"
    actions.begin_edition(by=head, programme_id=policy.programme_id)
    version = actions.draft_of(policy.programme).version
    line = {"service": "visit", "currency": "EUR", "excess": "50", "excess_percent": "12,5", "clause": "4.2"}
    sent = {"version": version, **{f"covers-0-{name}": value for name, value in line.items()}}
    wrong = browser.post(f"{at}save/", {**sent, "covers-0-excess_percent": "101"})
    assert wrong.status_code == 400 and "covers-0-excess_percent" in wrong.content.decode()
    assert browser.post(f"{at}save/", sent).status_code == 302
    shown = browser.get(at)
    assert any("12,5\N{NO-BREAK SPACE}%" in one for one in shown.context["changes"]), shown.context["changes"]
    example = {"territory": policy.territory_id, "country": "TR", "service": "visit", "day": "10"}
    tried = browser.post(f"{at}try/", example)
    assert tried.context["differs"] and "12,5" in tried.context["then"]["excess"]
    publish = {"version": version + 1, "valid_from": date(2026, 1, 1).isoformat()}
    assert browser.post(f"{at}publish/", publish).status_code == 302
    assert "12,5" in browser.get(at).content.decode()

    answer = api(operator).get(f"/api/v1/policies/{policy.pk}/verdict/?country=TR&service=visit").json()
    assert (answer["excess"]["amount"], answer["excess_percent"]) == ("50.00", "12.50")
    facts = CaseFacts(
        person=policy.persons.get().pk, policy=policy.pk, caller_relation="self", country="TR",
        description="Гарячка.", services=(ServiceFacts(kind="visit"),),
    )  # fmt: skip
    case = casework.register_case(by=operator, facts=facts)
    assert (case.cover["excess"]["amount"], case.cover["excess_percent"]) == ("50.00", "12.50")
    assert (
        "12,5\N{NO-BREAK SPACE}%" in page(operator).get(f"/cases/{case.number}/").context["cover"]["excess"]
    )
    assert api(operator).get(f"/api/v1/cases/{case.number}/").json()["cover"]["excess_percent"] == "12.50"
    case.cover.pop("excess_percent")  # as it was kept before there were parts of a bill
    case.save(update_fields=["cover"])
    assert "50" in page(operator).get(f"/cases/{case.number}/").context["cover"]["excess"]
    assert api(operator).get(f"/api/v1/cases/{case.number}/").json()["cover"]["excess_percent"] == "0"


@pytest.mark.parametrize("percent", [-1, 101])
def test_no_part_is_more_than_the_bill(policy: Any, percent: int) -> None:
    draft = policy.programme.editions.create(number=7, begun_at="2026-11-20T10:00Z")
    with pytest.raises(IntegrityError, match="excess_part_of_the_bill"), transaction.atomic():
        Cover.objects.create(edition=draft, service_id="visit", currency_id="EUR", excess_percent=percent)


def test_what_stands_in_the_rules_is_not_said_to_stand_in_the_policy() -> None:
    """A line of the table without a clause: its excess is the programme's all the same."""
    (reason,) = (one for one in said(replace(FIXED, clause="")).reasons if one.code == "excess")
    with override("en"):
        assert labels.source_text(reason) == "rules of the programme"

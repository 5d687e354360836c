"""The verdict counts the letters that are given (issue: what is left, counting guarantees already given)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cases.assistance import actions
from cases.insurance.labels import reason_text
from cases.insurance.models import Cover, Currency, PolicyPerson
from cases.insurance.rules import Money, Verdict
from cases.insurance.selectors import verdict
from fregat.lib import clock
from tests.cast import make_case, make_person

pytestmark = pytest.mark.django_db


def said(policy: Any, service: str | None = "visit", **more: Any) -> Verdict:
    return verdict(policy, country="TR", at=clock.now(), service=service, **more)


def left(policy: Any, service: str | None = "visit", **more: Any) -> Decimal:
    found = said(policy, service, **more).limit_left
    assert found is not None
    return found.amount


def test_less_is_left_by_what_is_given_and_the_verdict_says_so(give: Any, policy: Any) -> None:
    assert left(policy) == 30_000
    give(1000)
    give("500.50", kind="hospital")
    assert left(policy) == Decimal("28499.50")
    with override("uk"):
        texts = [reason_text(one) for one in said(policy).reasons]
    assert "За цим полісом уже гарантовано: 1 500,50 EUR." in [text.replace("\xa0", " ") for text in texts]


def test_only_what_is_given_counts(give: Any, policy: Any, at_work: Any, senior: Any) -> None:
    asked = give(40_000)
    assert left(policy) == 30_000, "asked for, not given"
    actions.agree_to_letter(by=senior, letter_id=asked.pk)
    assert left(policy) == 0
    assert said(policy).verdict == "not_covered"
    actions.withdraw_letter(by=at_work, letter_id=asked.pk, reason="Не знадобився.")
    assert left(policy) == 30_000


def test_all_cases_of_the_policy_count_and_other_policies_do_not(
    give: Any, policy: Any, person: Any, project: Any, at_work: Any
) -> None:
    from tests.cast import make_policy

    give(1000, on=make_case(at_work, policy=policy, person=person))
    give(2000)
    assert left(policy) == 27_000
    assert left(make_policy(project, person)) == 30_000


def test_the_sum_is_that_of_each_person(give: Any, policy: Any, person: Any, at_work: Any) -> None:
    husband = make_person("Ґалаган", "Юхим")
    give(1000)
    give(4000, on=make_case(at_work, policy=policy, person=husband))
    assert (left(policy, person=person), left(policy, person=husband)) == (29_000, 26_000)
    assert left(policy) == 25_000, "whose it is nobody has said yet"
    give(100, on=make_case(at_work, policy=policy, provisional=True))
    assert left(policy, person=person) == 28_900, "somebody who is not found yet may be this person"


def test_a_limit_of_a_kind_of_help_is_used_up_by_that_kind_alone(give: Any, policy: Any) -> None:
    Cover.objects.filter(service="visit").update(limit=1500)
    give(1000)
    give(5000, kind="hospital")
    assert left(policy) == 500
    assert "guaranteed_kind" in {one.code for one in said(policy).reasons}
    assert give(501).beyond and not give(500).beyond
    assert said(policy).verdict == "not_covered" and said(policy, "hospital").verdict == "covered"


def test_letters_in_another_currency_count_by_the_rate_and_without_one_the_insurer_is_asked(
    give: Any, policy: Any
) -> None:
    Currency.objects.update_or_create(code="EUR", defaults={"rate_uah": 50})
    Currency.objects.update_or_create(code="UAH", defaults={"rate_uah": 1})
    give(5000, currency="UAH")
    assert left(policy) == 29_900
    Currency.objects.filter(code="UAH").update(rate_uah=None)
    assert said(policy).verdict == "ask" and said(policy).reasons[0].code == "guaranteed_uncounted"


def test_a_limit_in_another_currency_gives_no_more_than_the_sum_has(give: Any, policy: Any) -> None:
    dollar = Currency.objects.update_or_create(code="USD", defaults={"rate_uah": 40})[0]
    Currency.objects.update_or_create(code="EUR", defaults={"rate_uah": 50})
    Cover.objects.filter(service="hospital").update(limit=5000, currency=dollar)
    assert left(policy, "hospital") == 5000
    give(29_990)
    assert left(policy, "hospital") == Decimal("12.50")
    assert give(5000, kind="hospital", currency="USD").beyond
    assert not give(12, kind="hospital", currency="USD").beyond
    Currency.objects.filter(code="USD").update(rate_uah=None)
    assert said(policy, "hospital").verdict == "ask"


def test_what_is_promised_is_counted_in_the_currency_of_the_limit_for_the_age(
    give: Any, policy: Any, person: Any
) -> None:
    dollar = Currency.objects.update_or_create(code="USD", defaults={"rate_uah": 40})[0]
    Currency.objects.update_or_create(code="EUR", defaults={"rate_uah": 50})
    child = Cover.objects.get(service="visit")
    Cover.objects.filter(pk=child.pk).update(limit=1000, age_from=0, age_to=17)
    Cover.objects.create(
        edition=child.edition, service=child.service, currency=dollar, limit=1000, age_from=18
    )
    give(401)
    assert said(policy, person=person).limit_left == Money(Decimal("498.75"), "USD")


def test_more_letters_take_no_more_statements(give: Any, policy: Any) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            said(policy)
        return len(seen)

    give(1)
    before = statements()
    for _number in range(10):
        give(1)
    assert statements() == before


def test_what_was_said_to_a_registered_case_stays(give: Any, register: Any, policy: Any) -> None:
    case = register()
    kept = case.cover
    give(30_000, on=case, kind="doctor_call")
    case.refresh_from_db()
    assert (case.cover, case.verdict) == (kept, "covered")


def test_what_is_promised_to_one_of_a_family_is_not_said_to_be_all_that_another_had(
    give: Any, policy: Any, person: Any
) -> None:
    husband = make_person("Ґалаган", "Юхим")
    PolicyPerson.objects.create(policy=policy, person=husband)
    give(30_000)
    assert said(policy, person=person).verdict == "not_covered"
    assert said(policy, person=husband).verdict == "covered"
    found = said(policy)
    assert (found.verdict, found.reasons[0].code, found.limit_left) == ("ask", "sum_of_whom", None)
    PolicyPerson.objects.filter(person=husband).delete()
    assert said(policy).verdict == "not_covered", "there is nobody else"


def test_nor_all_of_a_limit(give: Any, policy: Any, person: Any) -> None:
    Cover.objects.filter(service="visit").update(limit=500, clause="4.1")
    PolicyPerson.objects.create(policy=policy, person=make_person("Ґалаган", "Юхим"))
    give(500)
    assert said(policy, person=person).verdict == "not_covered"
    found = said(policy)
    assert (found.verdict, found.reasons[0].code, found.reasons[0].source) == ("ask", "limit_of_whom", "4.1")
    assert said(policy, service="hospital").verdict == "covered"

"""An extra risk that was sold lifts the exclusion it is sold against: in the verdict, the rules, the calculator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from cases.insurance import actions, labels
from cases.insurance.models import Cover, Exclusion, Policy, Territory
from cases.insurance.rules import Reason
from cases.insurance.selectors import Circumstances, verdicts
from fregat.lib import clock
from staff.employees.models import Employee
from tests.builders import make_country, make_edition, make_service_kind
from tests.cases.contracts.tables import make_contract, make_programme, make_tariff

pytestmark = pytest.mark.django_db
SPORT = "Активний спорт"
NAMES = {"name_uk": "Чи сталося це під час занять спортом?", "name_en": "Did it happen while doing sports?"}


@pytest.fixture
def programme(project: Any, operator: Employee, on_shift: Callable[..., Any]) -> Any:
    on_shift(operator)
    make_tariff(project)
    row, edition = make_programme(project), make_edition(make_programme(project))
    Cover.objects.create(edition=edition, service=make_service_kind("visit"), currency_id="UAH", clause="4.1")
    Exclusion.objects.create(edition=edition, code="sport", clause="5.2", risks=[SPORT], **NAMES)
    make_country("TR")
    return row


def said(policy: Any, answer: str = "") -> tuple[str, dict[str, str], list[str]]:
    answers = {"sport": answer} if answer else {}
    at = clock.now() + timedelta(days=3)
    told = verdicts(policy, Circumstances(at=at, country="TR", services=("visit",), answers=answers))
    (found,) = told.verdicts
    return (
        found.verdict,
        {one.code: one.source for one in found.reasons},
        [one.code for one in found.questions],
    )


def test_who_bought_the_risk_is_not_asked(project: Any, programme: Any, operator: Employee) -> None:
    plain = make_contract(operator, project).policy
    assert said(plain)[::2] == ("ask", ["sport"])
    assert said(plain, "yes")[0] == "not_covered"

    bought = make_contract(operator, project, risks=(SPORT,), expected=Decimal(294)).policy
    verdict, reasons, questions = said(bought, "yes")
    assert (verdict, questions) == ("covered", [])
    assert reasons["risk_sold"] == "5.2"

    other = make_contract(operator, project, risks=("Хронічні хвороби",), expected=Decimal("218.40")).policy
    assert said(other)[::2] == ("ask", ["sport"])


def test_of_a_policy_that_was_not_sold_here_the_insurer_is_asked(
    project: Any, programme: Any, operator: Employee
) -> None:
    """The insurer's list does not say what it sold: that is no «not covered» for who goes skiing with the risk."""
    bought = make_contract(operator, project).policy
    listed = Policy.objects.create(
        number="VZR-1", insurer=project, programme=programme, valid_from=bought.valid_from,
        valid_to=bought.valid_to, territory=bought.territory, currency=bought.currency, insured_sum=30_000,
    )  # fmt: skip
    assert said(bought, "yes")[0] == "not_covered", "it is known that none was sold"
    assert said(listed)[::2] == ("ask", ["sport"])
    verdict, reasons, questions = said(listed, "yes")
    assert (verdict, reasons["risk_unknown"], questions) == ("ask", "5.2", ["sport"])
    assert said(listed, "no")[0] == "covered"
    Exclusion.objects.update(effect="ask")
    assert "insurer_decides" in said(listed, "yes")[1]
    Exclusion.objects.update(effect="not_covered", risks=[])
    assert said(listed, "yes")[0] == "not_covered", "no risk lifts it"


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_risks_that_may_be_insured_are_named(language: str) -> None:
    values = {"question": "Спорт?", "answer": True, "risks": f"{SPORT}, Космос"}
    with override(language):
        assert f"{SPORT}, Космос" in labels.reason_text(Reason("risk_unknown", "ask", "5.2", values))


def test_the_statement_is_asked_only_where_a_risk_may_lift(
    project: Any, programme: Any, operator: Employee, django_assert_num_queries: Any
) -> None:
    policy = make_contract(operator, project, risks=(SPORT,), expected=Decimal(294)).policy
    asked = Circumstances(at=clock.now() + timedelta(days=3), country="TR", services=("visit",))
    verdicts(policy, asked)
    with django_assert_num_queries(8):
        verdicts(policy, asked)
    Exclusion.objects.update(risks=[])
    with django_assert_num_queries(7):
        verdicts(policy, asked)


def test_the_risks_are_chosen_in_the_draft_and_tried_in_the_calculator(
    programme: Any, head: Employee, page: Callable[..., Client]
) -> None:
    browser, address = page(head), f"/rules/{programme.pk}/"
    actions.begin_edition(by=head, programme_id=programme.pk)
    shown = browser.get(address)
    line = shown.context["exclusions"][0]
    assert [name for name, _label in line.fields["risks"].choices] == [SPORT, "Хронічні хвороби"]
    assert line["risks"].value() == [SPORT]

    example = {
        "territory": str(Territory.objects.get(code="europe").pk), "country": "TR", "service": "visit",
        "day": "30", "age": "", "gender": "", "ask-sport": "yes",
    }  # fmt: skip
    assert browser.post(f"{address}try/", example).context["now"]["code"] == "not_covered"
    tried = browser.post(f"{address}try/", {**example, "risks": SPORT})
    assert tried.context["now"]["code"] == "covered"
    assert SPORT in tried.content.decode()
    kept = browser.post(f"{address}examples/", {**example, "risks": SPORT, "name": "Спорт"})
    assert kept.status_code == 302
    assert programme.examples.get().risks == [SPORT]
    unknown = browser.post(f"{address}examples/", {**example, "risks": "Космос", "name": "Космос"})
    assert unknown.status_code == 400

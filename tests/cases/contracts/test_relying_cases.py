"""An annulled contract and the open cases that rely on it: shown, confirmed, told, and kept as they were opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cases.casework import actions as casework
from cases.casework.labels import POLICY_ENDED, timeline_text
from cases.casework.models import Case
from cases.casework.rules import CaseFacts, ServiceFacts
from cases.contracts.actions import CasesRely, annul_contract
from cases.contracts.models import Contract
from cases.insurance.models import Cover
from cases.privacy.models import AccessLog
from fregat.lib import clock, notices
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.builders import make_country, make_edition, make_service_kind
from tests.cases.contracts.tables import make_contract, make_programme, make_series, make_tariff, today


@pytest.fixture
def contract(project: Any, operator: Employee, senior: Employee, on_shift: Callable[..., Any]) -> Contract:
    """It runs since today and covers a visit in Turkey."""
    on_shift(senior, leads=True)
    on_shift(operator)
    make_tariff(project)
    make_series(project)
    make_country("TR")
    Cover.objects.create(
        edition=make_edition(make_programme(project)), service=make_service_kind("visit"), currency_id="UAH",
        clause="4.1",
    )  # fmt: skip
    return make_contract(operator, project, starts=today(), ends=today() + timedelta(days=6))


def opened(by: Employee, contract: Contract) -> Case:
    facts = CaseFacts(
        person=contract.policy.persons.get().pk, policy=contract.policy_id, caller_name="Олена", caller_relation="self",
        caller_phone="+380671234567", country="TR", city="Анталія", description="Гарячка.",
        services=(ServiceFacts(kind="visit"),),
    )  # fmt: skip
    return casework.register_case(by=by, facts=facts)


def notices_of(person: Employee) -> list[str]:
    return [line.text for line in notices.latest(person, clock.now()) if "не діє" in line.text]


@pytest.mark.django_db
def test_open_cases_must_be_known_of_and_closed_ones_need_not(
    contract: Contract, operator: Employee, senior: Employee
) -> None:
    case, other = opened(operator, contract), opened(operator, contract)
    cancelled = opened(operator, contract)
    casework.move_case(by=senior, number=cancelled.number, to="cancelled", reason="Помилка.")
    for confirmed in ((), (case.number,)):
        with pytest.raises(CasesRely) as refused:
            annul_contract(by=senior, contract_id=contract.pk, reason="Так.", confirmed=confirmed)
        assert {one.number for one in refused.value.cases} == {case.number, other.number}
    assert not Notice.objects.filter(kind=POLICY_ENDED).exists()
    numbers = [case.number, other.number]
    row = annul_contract(by=senior, contract_id=contract.pk, reason="Так.", confirmed=numbers)
    assert row.annulled_by == senior


@pytest.mark.django_db
def test_whoever_answers_is_told_and_the_case_keeps_what_it_was_opened_with(
    contract: Contract, operator: Employee, operator2: Employee, senior: Employee,
    on_shift: Callable[..., Any],
) -> None:  # fmt: skip
    on_shift(operator2)
    mine, hers = opened(operator, contract), opened(operator2, contract)
    kept = {case.number: (case.verdict, case.cover) for case in (mine, hers)}
    assert {verdict for verdict, _cover in kept.values()} == {"covered"}
    numbers = [mine.number, hers.number]
    annul_contract(by=operator, contract_id=contract.pk, reason="Так.", confirmed=numbers)
    tomorrow = f"{today() + timedelta(days=1):%d.%m.%Y}"
    assert notices_of(operator2) == [
        f"Поліс ДС-0001 не діє з {tomorrow}; справа {hers.number} зберігає умови, з якими її відкрито."
    ]
    assert notices_of(operator) == []  # it is she who annulled it
    for case in Case.objects.order_by("pk"):
        assert (case.verdict, case.cover) == kept[case.number]
        entry = case.timeline.get(kind=POLICY_ENDED)
        said = f"Поліс ДС-0001 не діє з {tomorrow}. Справа зберігає умови, з якими її відкрито."
        assert timeline_text(entry) == timeline_text(entry, medical=False) == said
        # Help that is needed later is judged by the same terms.
        casework.add_service(by=case.responsible, number=case.number, kind="visit")
        case.refresh_from_db()
        assert case.verdict == "covered"


@pytest.mark.django_db
def test_whoever_may_not_see_the_case_any_more_reads_nothing_of_it(
    contract: Contract,
    operator: Employee,
    operator2: Employee,
    senior: Employee,
    on_shift: Callable[..., Any],
) -> None:
    on_shift(operator2)
    case = opened(operator2, contract)
    annul_contract(by=senior, contract_id=contract.pk, reason="Так.", confirmed=[case.number])
    assert len(notices_of(operator2)) == 1
    operator2.shifts.update(ends_at=clock.now())  # off shift cases are closed to her
    assert notices_of(operator2) == []


@pytest.mark.django_db
def test_the_page_names_them_asks_and_keeps_the_reason(
    contract: Contract, operator: Employee, senior: Employee, page: Callable[..., Client]
) -> None:
    case = opened(operator, contract)
    browser, address = page(senior), f"/contracts/{contract.pk}/"
    shown = browser.get(address).content.decode()
    assert "На цей договір спирається 1 відкрита справа" in shown and f"/cases/{case.number}/" in shown
    look = AccessLog.objects.filter(employee=senior.pk, kind="case").get()
    assert (look.part, look.objects_seen) == ("list", [case.uuid])
    refused = browser.post(f"{address}annul/", {"reason": "Клієнтка не їде.", "seen": case.number})
    text = refused.content.decode()
    assert refused.status_code == 409
    assert 'value="Клієнтка не їде."' in text and "перегляньте їх і підтвердьте анулювання" in text
    another = opened(operator, contract)
    told = {"reason": "Клієнтка не їде.", "seen": case.number, "known": "on"}
    assert browser.post(f"{address}annul/", told).status_code == 409  # opened meanwhile
    told["seen"] = f"{another.number} {case.number}"
    assert browser.post(f"{address}annul/", told).status_code == 302
    assert "відкрита справа" not in browser.get(address).content.decode()


@pytest.mark.django_db
def test_a_program_is_answered_409_with_the_cases_and_confirms_them(
    contract: Contract, operator: Employee, api: Any
) -> None:
    case, door = opened(operator, contract), f"/api/v1/contracts/{contract.pk}/annul/"
    refused = api(operator).post(door, {"reason": "Так."}, format="json")
    body = refused.json()
    assert (refused.status_code, body["type"]) == (409, "cases")
    assert [(row["number"], row["responsible"]) for row in body["cases"]] == [
        (case.number, operator.username)
    ]
    said = {"reason": "Так.", "confirmed": [case.number]}
    assert api(operator).post(door, said, format="json").json()["state"] == "annulled"

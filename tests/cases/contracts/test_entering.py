"""A contract is entered by the rules of its tariff and is a real policy at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from cases.contracts.actions import PersonFacts, annul_contract, enter_contract, publish_tariff, take_number
from cases.contracts.labels import STATE_LABELS
from cases.contracts.models import Contract, NumberSeries
from cases.insurance.labels import reason_text
from cases.insurance.models import Cover, InsuredPerson, Policy
from cases.insurance.rules import COVERED, NOT_COVERED
from cases.insurance.selectors import look_up, verdict
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from staff.employees.models import Employee
from tests.builders import make_country, make_edition, make_person, make_policy, make_service_kind
from tests.cases.contracts.tables import (
    OLENA,
    contract_facts,
    make_contract,
    make_programme,
    make_series,
    tariff_facts,
    today,
)

pytestmark = pytest.mark.django_db


def refused(by: Employee, programme: Any, **more: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as caught:
        enter_contract(by=by, facts=contract_facts(programme, **more))
    assert not Contract.objects.exists()
    assert NumberSeries.objects.get().next == 1
    return {name: [str(text) for text in texts] for name, texts in caught.value.errors.items()}


def test_look_up_and_verdict_find_it_at_once(programme: Any, operator: Employee) -> None:
    Cover.objects.create(
        edition=make_edition(programme), service=make_service_kind("visit"), currency_id="UAH", clause="4.1"
    )
    make_country("TR")
    row = enter_contract(by=operator, facts=contract_facts(programme))
    assert (row.policy.number, row.premium, row.tariff.number) == ("ДС-0001", Decimal(168), 1)
    now = clock.now()
    for asked in ("ДС-0001", "galagan olena 1990"):
        found = look_up(operator, asked, now=now).found
        assert [policy.number for one in found for policy in one.policies] == ["ДС-0001"], asked
    later = now + timedelta(days=2)
    assert verdict(row.policy, country="TR", at=later, service="visit").verdict == COVERED


def test_what_had_happened_before_the_contract_was_entered_is_for_the_insurer(
    programme: Any, operator: Employee
) -> None:
    Cover.objects.create(
        edition=make_edition(programme), service=make_service_kind("visit"), currency_id="UAH", clause="4.1"
    )
    make_country("TR")
    facts = contract_facts(programme, starts=today(), ends=today() + timedelta(days=6))
    row = enter_contract(by=operator, facts=facts)
    begun = datetime.combine(today(), time(), clock.KYIV)
    found = verdict(row.policy, country="TR", at=begun, service="visit")
    assert (found.verdict, found.reasons[0].code) == ("ask", "entered_later")
    assert f"{clock.local(row.entered_at):%d.%m.%Y %H:%M}" in reason_text(found.reasons[0])
    for at in (row.entered_at, row.entered_at + timedelta(days=1)):
        assert verdict(row.policy, country="TR", at=at, service="visit").verdict == COVERED
    assert verdict(row.policy, country="TR", at=begun, service=None).verdict == "ask"


def test_how_the_premium_was_computed_is_kept_with_it(programme: Any, operator: Employee) -> None:
    row = enter_contract(by=operator, facts=contract_facts(programme))
    publish_tariff(by=None, programme_id=programme.pk, facts=tariff_facts(minimum=Decimal(5000)))
    kept = Contract.objects.get(pk=row.pk)
    assert kept.tariff.number == 1
    assert [step.code for step in kept.computed()[0].steps] == ["base_day", "sum", "age"]
    assert kept.computed()[0].premium == kept.premium == Decimal(168)


def test_a_known_person_is_insured_and_not_written_down_again(
    programme: Any, operator: Employee, project: Any
) -> None:
    known = make_person("Христенко", "Юхим", birth_date=date(1984, 5, 17))
    make_policy(project, known)
    row = enter_contract(by=operator, facts=contract_facts(programme, persons=(PersonFacts(known=known.pk),)))
    assert list(row.policy.persons.all()) == [known]
    assert (row.holder, row.holder_name) == (known, known.full_name)
    assert InsuredPerson.objects.count() == 1


def test_a_name_of_a_list_that_is_longer_than_a_holders_takes_the_contract_out(
    programme: Any, operator: Employee, project: Any
) -> None:
    known = make_person("Я" * 100, "Ю" * 100, birth_date=date(1984, 5, 17))
    make_policy(project, known)
    row = enter_contract(by=operator, facts=contract_facts(programme, persons=(PersonFacts(known=known.pk),)))
    assert row.holder == known and known.full_name.startswith(row.holder_name)


def test_a_person_of_another_project_cannot_be_taken(
    programme: Any, operator: Employee, other_project: Any
) -> None:
    hidden = make_person("Гармаш")
    make_policy(other_project, hidden)
    assert "persons.0" in refused(operator, programme, persons=(PersonFacts(known=hidden.pk),))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"starts": today() - timedelta(days=1)}, "starts"),
        ({"starts": today() + timedelta(days=400), "ends": today() + timedelta(days=406)}, "starts"),
        ({"ends": today() + timedelta(days=100)}, "ends"),
        ({"ends": today()}, "ends"),
        ({"territory": "moon"}, "territory"),
        ({"insured_sum": Decimal(1)}, "insured_sum"),
        ({"risks": ("Космос",)}, "risks"),
        ({"persons": (replace(OLENA, birth_date=date(1930, 1, 1)),)}, "persons.0"),
        ({"persons": (replace(OLENA, birth_date=None),)}, "persons.0"),
        ({"persons": (replace(OLENA, surname="", surname_latin=""),)}, "persons.0"),
        ({"persons": (OLENA, OLENA), "expected": Decimal(336)}, "persons.1"),
        (
            {"persons": (replace(OLENA, birth_date=date(2016, 3, 3)),), "expected": Decimal("151.20")},
            "holder_name",
        ),
    ],
)
def test_what_the_rules_refuse_is_said_beside_its_field_and_takes_no_number(
    programme: Any, operator: Employee, more: dict[str, Any], field: str
) -> None:
    assert list(refused(operator, programme, **more)) == [field]


def test_another_premium_than_the_client_was_told_is_not_taken(programme: Any, operator: Employee) -> None:
    for expected in (None, Decimal(167)):
        with pytest.raises(Invalid, match="168"):
            enter_contract(by=operator, facts=contract_facts(programme, expected=expected))


def test_sent_twice_it_is_entered_once(programme: Any, operator: Employee) -> None:
    facts = contract_facts(programme)
    first, second = (enter_contract(by=operator, facts=facts) for _time in range(2))
    assert first.pk == second.pk
    assert Policy.objects.count() == 1


def test_numbers_go_on_in_the_next_series_and_pass_over_those_of_a_list(
    programme: Any, operator: Employee, project: Any
) -> None:
    NumberSeries.objects.update(last=2)
    make_series(project, 10, 10)
    make_policy(project, number="ДС-0002")
    numbers = [
        enter_contract(by=operator, facts=contract_facts(programme)).policy.number for _time in range(2)
    ]
    assert numbers == ["ДС-0001", "ДС-0010"]
    with pytest.raises(Conflict, match="вичерпано"):
        enter_contract(by=operator, facts=contract_facts(programme))


def test_numbers_that_a_list_has_brought_are_passed_over_once_and_a_hundred_at_a_time(
    programme: Any, operator: Employee, project: Any, django_assert_num_queries: Any
) -> None:
    NumberSeries.objects.update(last=250)
    make_series(project, 300, 999)
    person = make_person("Сорока")
    for value in (*range(1, 251), 300, 302):
        make_policy(project, person, number=f"дс {value:04d}")

    def taken() -> str:
        with transaction.atomic():
            return take_number(project)

    # A savepoint and its release; the series; three blocks of the first and one of the second, each with its next one.
    with django_assert_num_queries(2 + 1 + 3 + 1 + 1 + 1):
        assert taken() == "ДС-0301"
    assert [row.next for row in NumberSeries.objects.order_by("pk")] == [251, 302]
    with django_assert_num_queries(2 + 1 + 1 + 1):
        assert taken() == "ДС-0303"


def test_without_a_tariff_in_force_nothing_is_sold(programme: Any, operator: Employee, project: Any) -> None:
    other = make_programme(project, "other")
    assert list(refused(operator, other)) == ["programme"]


def test_who_may_not_enter_is_told_so(
    programme: Any,
    stranger: Employee,
    doctor: Employee,
    head: Employee,
    operator2: Employee,
    senior: Employee,
) -> None:
    facts = contract_facts(programme)
    with pytest.raises(NotFound):
        enter_contract(by=stranger, facts=facts)
    with pytest.raises(NotFound):
        enter_contract(by=doctor, facts=facts)
    for person in (head, operator2):  # the head does not sell, she is off shift
        with pytest.raises(NotAllowed):
            enter_contract(by=person, facts=facts)
    assert enter_contract(by=senior, facts=facts).entered_by == senior


@pytest.mark.parametrize("starts", [-9, 0, 3])
@pytest.mark.parametrize("ended", [None, -1, 0, 1])
def test_the_filter_finds_a_contract_under_the_state_that_its_row_says(
    programme: Any, operator: Employee, project: Any, starts: int, ended: int | None
) -> None:
    """A list of the insurer may end its policy before it begins, while it runs, after it is over."""
    row = make_contract(operator, project)
    begins = today() + timedelta(days=starts)
    ended_on = None if ended is None else today() + timedelta(days=ended)
    Policy.objects.update(valid_from=begins, valid_to=begins + timedelta(days=6), ended_on=ended_on)
    state = Contract.objects.get(pk=row.pk).state_on(today())
    assert [one for one in STATE_LABELS if Contract.objects.all().in_state(one, today())] == [state]


# --- Annulment --------------------------------------------------------------------------------------


def test_before_it_begins_an_annulled_contract_never_covers_anything(
    programme: Any, operator: Employee, project: Any
) -> None:
    row = annul_contract(by=operator, contract_id=make_contract(operator, project).pk, reason="Не поїхала.")
    assert row.state_on(today()) == "annulled"
    make_country("TR")
    later = clock.now() + timedelta(days=2)
    assert verdict(Policy.objects.get(), country="TR", at=later, service=None).verdict == NOT_COVERED
    with pytest.raises(Conflict):
        annul_contract(by=operator, contract_id=row.pk, reason="Ще раз.")


def test_one_that_runs_covers_to_the_end_of_the_day(programme: Any, operator: Employee, project: Any) -> None:
    row = make_contract(operator, project, starts=today(), ends=today() + timedelta(days=6))
    annul_contract(by=operator, contract_id=row.pk, reason="Повернулася.")
    policy = Policy.objects.get()
    assert (policy.state_on(today()), policy.state_on(today() + timedelta(days=1))) == ("valid", "ended")


def test_who_entered_it_the_senior_manager_and_the_head_annul_it(
    programme: Any, operator: Employee, operator2: Employee, senior: Employee, head: Employee, project: Any,
    on_shift: Callable[..., Any], client_manager: Employee, stranger: Employee,
) -> None:  # fmt: skip
    on_shift(operator2)
    on_shift(stranger)
    pk = make_contract(operator, project).pk
    for person in (operator2, client_manager):
        with pytest.raises(NotAllowed):
            annul_contract(by=person, contract_id=pk, reason="Так.")
    with pytest.raises(NotFound):
        annul_contract(by=stranger, contract_id=pk, reason="Так.")
    with pytest.raises(Invalid):
        annul_contract(by=senior, contract_id=pk, reason="")
    assert annul_contract(by=head, contract_id=pk, reason="Помилка.").annulled_by == head


def test_the_history_says_who_and_what(programme: Any, operator: Employee, project: Any) -> None:
    from django.apps import apps

    row = make_contract(operator, project)
    annul_contract(by=operator, contract_id=row.pk, reason="Не поїхала.")
    events = apps.get_model("contracts", "ContractEvent")._default_manager.filter(pgh_obj_id=row.pk)
    kept = [(event.pgh_label, event.annulled_reason) for event in events.order_by("pgh_id")]
    assert kept == [("insert", ""), ("update", "Не поїхала.")]

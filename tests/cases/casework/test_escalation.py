"""What the senior manager is told by the program itself (JD II.10, C5)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError

from cases.casework import actions
from cases.casework.models import Case, Escalation
from cases.casework.rules import ServiceFacts
from cases.insurance.models import Currency
from fregat.lib import clock, jobs
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job

pytestmark = pytest.mark.django_db


def reasons(case: Case) -> list[str]:
    return sorted(case.escalations.values_list("reason", flat=True))


def test_an_ordinary_call_from_turkey_tells_nothing(register: Any) -> None:
    assert reasons(register()) == []


@pytest.mark.parametrize("country", ["US", "PR", "JP", "AE", "CA", "EG", "RE", "IO"])
def test_every_case_of_a_country_under_watch_is_told(register: Any, country: str) -> None:
    assert reasons(register(country=country)) == ["country"]


@pytest.mark.parametrize(
    ("kind", "country", "told"),
    [
        ("hospital", "TR", ["hospital"]),
        ("hospital", "UA", ["hospital"]),
        ("transport", "TR", ["transport"]),
        ("repatriation", "TR", ["transport"]),
        ("remains", "TR", ["transport"]),
        ("ambulance", "TR", ["transport"]),
        ("ambulance", "UA", []),
        ("visit", "TR", []),
    ],
)
def test_a_hospital_stay_and_transport_are_told(
    register: Any, kind: str, country: str, told: list[str]
) -> None:
    assert reasons(register(services=(kind,), country=country)) == told


@pytest.mark.parametrize(
    ("cost", "currency", "told"),
    [("499", "EUR", []), ("501", "EUR", ["expensive"]), ("600000", "UAH", ["expensive"])],
)
def test_an_examination_above_the_threshold_is_told(
    register: Any, cost: str, currency: str, told: list[str]
) -> None:
    service = ServiceFacts(kind="examination", expected_cost=Decimal(cost), currency=currency)
    assert reasons(register(services=(service,))) == told


def test_a_cost_in_a_currency_without_a_rate_counts_as_above(register: Any) -> None:
    code = Currency.objects.filter(rate_uah=None).values_list("code", flat=True)[0]
    service = ServiceFacts(kind="examination", expected_cost=Decimal("1"), currency=code)
    assert reasons(register(services=(service,))) == ["expensive"]


def test_displeasure_and_an_unusual_situation_are_told(register: Any) -> None:
    assert reasons(register(displeased=True, unusual="Паспорт украдено")) == ["complaint", "unusual"]


def test_a_place_not_known_yet_is_told_from_registration_on(register: Any) -> None:
    draft = register(draft=True, country="")
    assert reasons(draft) == []
    actions.move_case(by=draft.responsible, number=draft.number, to="reported")
    assert list(draft.escalations.values_list("reason", "subject")) == [("unusual", "place")]


def test_a_country_learnt_later_is_told_in_the_same_transaction(register: Any, at_work: Any) -> None:
    case = register()
    actions.change_case(by=at_work, number=case.number, changes={"country": "JP"})
    assert reasons(case) == ["country"]
    actions.change_case(by=at_work, number=case.number, changes={"country": "US"})
    assert reasons(case) == ["country", "country"]


def test_what_was_acknowledged_is_not_told_again_but_a_new_service_is(
    register: Any, at_work: Any, senior: Any
) -> None:
    case = register(country="JP", services=("hospital",))
    for row in case.escalations.all():
        actions.acknowledge_escalation(by=senior, escalation_id=row.pk)
    actions.change_case(by=at_work, number=case.number, changes={"country": "TR"})
    actions.change_case(by=at_work, number=case.number, changes={"country": "JP"})
    assert reasons(case) == ["country", "hospital"]
    actions.add_service(by=at_work, number=case.number, kind="hospital")
    assert reasons(case) == ["country", "hospital", "hospital"]


def test_an_unusual_text_edited_while_it_waits_is_one_and_after_the_acknowledgement_another(
    register: Any, at_work: Any, senior: Any
) -> None:
    case = register(unusual="Паспорт украдено")
    actions.change_case(by=at_work, number=case.number, changes={"unusual": "Паспорт і гроші украдено"})
    row = case.escalations.get()
    assert row.text == "Паспорт і гроші украдено"
    actions.acknowledge_escalation(by=senior, escalation_id=row.pk)
    actions.change_case(by=at_work, number=case.number, changes={"unusual": "Його затримала поліція"})
    assert case.escalations.count() == 2


def test_it_is_told_to_the_operators_senior_manager_on_duty(register: Any, senior: Any) -> None:
    assert register(country="JP").escalations.get().addressee == senior


def test_else_to_the_substitute_on_duty(
    operator: Any, senior: Any, senior2: Any, on_shift: Any, facts: Any
) -> None:
    from staff.employees.models import Substitution

    now = clock.now()
    Substitution.objects.create(
        senior=senior, substitute=senior2, since=now - timedelta(days=1), until=now + timedelta(days=1)
    )
    on_shift(senior2)
    on_shift(operator)
    case = actions.register_case(by=operator, facts=facts(country="JP"))
    assert case.escalations.get().addressee == senior2


def test_else_to_the_senior_manager_who_leads(operator: Any, senior2: Any, on_shift: Any, facts: Any) -> None:
    on_shift(senior2, leads=True)
    on_shift(operator)
    case = actions.register_case(by=operator, facts=facts(country="JP"))
    assert case.escalations.get().addressee == senior2


def test_else_to_the_head(operator: Any, head: Any, on_shift: Any, facts: Any) -> None:
    on_shift(operator)
    case = actions.register_case(by=operator, facts=facts(country="JP"))
    assert case.escalations.get().addressee == head


def test_a_senior_manager_is_not_told_by_themselves(register: Any, senior: Any, head: Any) -> None:
    assert register(by=senior, country="JP").escalations.get().addressee == head


def test_not_acknowledged_in_time_it_rises_to_the_head_once(register: Any, head: Any) -> None:
    row = register(country="JP").escalations.get()
    assert row.due_at - row.raised_at == timedelta(minutes=10)
    assert Job.objects.get(kind="escalation_overdue", subject_id=row.pk).due_at == row.due_at
    Escalation.objects.filter(pk=row.pk).update(
        raised_at=clock.now() - timedelta(minutes=12), due_at=clock.now() - timedelta(minutes=1)
    )
    Job.objects.filter(kind="escalation_overdue").update(due_at=clock.now() - timedelta(seconds=1))
    jobs.sweep()
    row.refresh_from_db()
    assert row.addressee == head
    risen = row.risen_at
    actions.raise_overdue(escalation_id=row.pk)
    row.refresh_from_db()
    assert row.risen_at == risen
    assert row.case.timeline.filter(kind="escalation_risen").count() == 1


def test_an_acknowledged_one_does_not_rise(register: Any, senior: Any) -> None:
    row = register(country="JP").escalations.get()
    actions.acknowledge_escalation(by=senior, escalation_id=row.pk)
    actions.raise_overdue(escalation_id=row.pk, now=clock.now() + timedelta(hours=1))
    row.refresh_from_db()
    assert row.risen_at is None
    Job.objects.filter(kind="escalation_overdue").update(due_at=clock.now() - timedelta(seconds=1))
    jobs.sweep()
    row.refresh_from_db()
    assert row.risen_at is None


def test_nobody_acknowledges_what_they_raised_themselves(register: Any, senior: Any, head: Any) -> None:
    case = register()
    row = actions.raise_escalation(
        by=senior, number=case.number, reason="unusual", text="Родина погрожує судом"
    )
    assert row.addressee == head
    with pytest.raises(NotAllowed):
        actions.acknowledge_escalation(by=senior, escalation_id=row.pk)
    assert actions.acknowledge_escalation(by=head, escalation_id=row.pk).acknowledged_by == head


def test_an_operator_does_not_acknowledge(register: Any, at_work: Any) -> None:
    row = register(country="JP").escalations.get()
    with pytest.raises(NotAllowed):
        actions.acknowledge_escalation(by=at_work, escalation_id=row.pk)


def test_a_senior_manager_of_another_team_does_not_know_of_it(register: Any, senior2: Any) -> None:
    row = register(country="JP").escalations.get()
    with pytest.raises(NotFound):
        actions.acknowledge_escalation(by=senior2, escalation_id=row.pk)


def test_unfounded_needs_a_reason_and_stays(register: Any, senior: Any) -> None:
    row = register(country="JP").escalations.get()
    with pytest.raises(Invalid):
        actions.cancel_escalation(by=senior, escalation_id=row.pk, reason=" ")
    row = actions.cancel_escalation(by=senior, escalation_id=row.pk, reason="Помилка в країні")
    assert row.cancelled
    with pytest.raises(Conflict):
        actions.acknowledge_escalation(by=senior, escalation_id=row.pk)


def test_the_database_refuses_a_case_that_is_not_told(register: Any) -> None:
    case = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(country="JP")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_keeps_every_escalation(register: Any) -> None:
    row = register(country="JP").escalations.get()
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        row.delete()

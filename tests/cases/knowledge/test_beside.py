"""The articles that matter stand beside the case and the call, the closest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.casework.selectors.verdicts import cover_of
from cases.insurance.models import Cover, Policy
from cases.knowledge import selectors
from cases.knowledge.rules import Matter, Where, why
from fregat.lib import clock
from staff.employees.models import Employee
from tests.builders import make_article, make_case, make_currency, make_person, make_policy, make_service_kind

pytestmark = pytest.mark.django_db
HERE = Matter(1, "standard", "TR", frozenset({"visit"}), frozenset({"п. 4.1.1 Правил"}))


@pytest.mark.parametrize(
    ("where", "grounds"),
    [
        (Where.of(), ()),
        (Where.of(countries=["TR", "EG"]), ("country",)),
        (Where.of(countries=["EG"]), None),
        (Where.of(programmes=["standard"], services=["visit"]), ("service", "programme")),
        (Where.of(programmes=["premium"], services=["visit"]), None),
        (Where.of(services=["dentist"]), None),
        (Where.of(services=["dentist"], clauses=["п. 4.1.1 Правил"]), ("clause",)),
        (Where.of(services=["visit"], countries=["EG"]), None),
    ],
)  # fmt: skip
def test_where_it_matters(where: Where, grounds: tuple[str, ...] | None) -> None:
    assert why(where, HERE) == grounds


@pytest.fixture
def policy(project: Any) -> Policy:
    made: Policy = make_policy(project, make_person("Ґудзь", "Ярина"))
    make_service_kind("medicine")
    Cover.objects.get_or_create(
        edition=made.programme.editions.get(), service_id="medicine",
        defaults={"currency": make_currency("EUR"), "clause": "п. 4.1.6 Правил"},
    )  # fmt: skip
    return made


def test_the_case_shows_what_matters_and_nothing_else(
    policy: Policy, head: Employee, operator: Employee, project: Any, other_project: Any,
    on_shift: Callable[..., Any], page: Any,
) -> None:  # fmt: skip
    on_shift(operator)
    clause = Cover.objects.get(edition__programme=policy.programme, service="medicine").clause
    make_article(head, project, title="Загальне")
    make_article(head, project, title="Про ліки", clauses=[clause])
    make_article(head, project, title="Про стоматолога", services=[make_service_kind("dentist").pk])
    make_article(head, other_project, title="Чуже")
    make_article(head, None, title="Для всіх")
    case = make_case(operator, policy=policy)
    case.services.create(kind_id="medicine", added_by=operator, added_at=clock.now())
    html = page(operator).get(f"/cases/{case.number}/articles/").content.decode()
    shown = [
        title for title in ("Про ліки", "Для всіх", "Загальне", "Про стоматолога", "Чуже") if title in html
    ]
    assert shown == ["Про ліки", "Для всіх", "Загальне"]
    assert html.index("Про ліки") < html.index("Для всіх")


def test_it_is_read_beside_the_case_by_who_may_read_it(
    head: Employee, operator: Employee, stranger: Employee, project: Any, page: Any
) -> None:
    version = make_article(head, project)
    address = f"/knowledge/{version.article_id}/beside/"
    assert "сплачує сам" in page(operator).get(address).content.decode()
    assert page(stranger).get(address).status_code == 404


def test_what_matters_costs_two_statements(
    head: Employee, operator: Employee, project: Any, django_assert_num_queries: Any
) -> None:
    for number in range(8):
        make_article(head, project, title=f"Стаття {number}")
    with django_assert_num_queries(2):
        assert len(selectors.beside(operator, Matter(project.pk), clock.local(clock.now()).date())) == 8


@pytest.mark.parametrize(("many", "folded"), [(6, False), (8, True)])
def test_of_many_articles_the_last_are_folded_not_left_out(
    head: Employee, operator: Employee, project: Any, on_shift: Callable[..., Any], page: Any, many: int, folded: bool
) -> None:  # fmt: skip
    on_shift(operator)
    for number in range(many):
        make_article(head, project, title=f"Стаття {number}")
    case = make_case(operator, policy=make_policy(project, make_person()))
    html = page(operator).get(f"/cases/{case.number}/articles/").content.decode()
    assert [f"Стаття {number}" in html for number in range(many)] == [True] * many
    assert ("і ще 2" in html) is folded and ("<details" in html) is folded


def test_equal_grounds_stand_in_ukrainian_order(head: Employee, operator: Employee, project: Any) -> None:
    for title in ("Ґрунт", "Якір", "Єгипет", "Гора", "Дорога", "Індія"):
        make_article(head, project, title=title)
    found = selectors.beside(operator, Matter(project.pk), clock.local(clock.now()).date())
    assert [one.version.title for one in found] == ["Гора", "Ґрунт", "Дорога", "Єгипет", "Індія", "Якір"]


def test_the_clause_of_an_exclusion_matters_in_the_case_as_it_did_in_the_call(
    head: Employee, operator: Employee, client_manager: Employee, project: Any, on_shift: Callable[..., Any], page: Any
) -> None:  # fmt: skip
    on_shift(operator)
    policy = make_policy(project, make_person("Ґудзь", "Ярина"), asks=True)
    make_article(head, project, title="Про алкоголь", clauses=["5.1"])
    make_article(head, project, title="Про війну", clauses=["5.9"])
    said = cover_of(policy, country="TR", at=clock.now(), kinds=["visit"])
    case = make_case(operator, policy=policy, **said.columns())
    html = page(operator).get(f"/cases/{case.number}/articles/").content.decode()
    assert "Про алкоголь" in html and "Про війну" not in html
    veiled = page(client_manager).get(f"/cases/{case.number}/articles/").content.decode()
    assert "Про алкоголь" not in veiled, "on which exclusion a case turns belongs to its medical part"

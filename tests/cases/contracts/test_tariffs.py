"""Versions of a tariff: published as a whole from a day on, one at a time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cases.contracts.actions import add_series, publish_tariff
from cases.contracts.models import Tariff
from cases.contracts.selectors import read, versions
from cases.insurance.models import Territory
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from staff.employees.models import Employee
from tests.cases.contracts.tables import TABLE, make_programme, make_series, make_tariff, tariff_facts, today

pytestmark = pytest.mark.django_db


def terms(project: Any) -> list[tuple[int, Any, Any]]:
    rows = Tariff.objects.filter(programme__insurer=project).order_by("number")
    return list(rows.values_list("number", "since", "until"))


def test_the_next_version_ends_the_one_in_force_on_its_first_day(project: Any) -> None:
    later = today() + timedelta(days=10)
    make_tariff(project)
    make_tariff(project, since=later)
    assert terms(project) == [(1, today(), later), (2, later, None)]


def test_two_clicks_publish_one_version(project: Any) -> None:
    first = make_tariff(project)
    assert make_tariff(project) == first
    assert terms(project) == [(1, today(), None)]
    make_tariff(project, minimum=Decimal(5))
    make_tariff(project)
    assert [number for number, _since, _until in terms(project)] == [1, 2, 3], (
        "what was before is published again"
    )


def test_a_version_that_would_have_begun_later_is_replaced(project: Any) -> None:
    soon, later = today() + timedelta(days=5), today() + timedelta(days=10)
    make_tariff(project)
    make_tariff(project, since=later)
    make_tariff(project, since=soon)
    assert terms(project) == [(1, today(), soon), (2, later, later), (3, soon, None)]
    states = [row.state_on(today()) for row in Tariff.objects.order_by("number")]
    assert states == ["now", "void", "ahead"]


def test_a_version_replaced_on_its_first_day_was_in_force_until_then(
    project: Any, django_assert_num_queries: Any
) -> None:
    """One from today on, and one that was published the day before it began."""
    start = clock.now()
    make_tariff(project)
    make_tariff(project, note="Друга")
    make_tariff(project, since=today() + timedelta(days=1))
    programme = make_programme(project)
    with time_machine.travel(start + timedelta(days=1), tick=False):
        make_tariff(project, note="Четверта")
        states = [row.state_on(today()) for row in Tariff.objects.order_by("number")]
        assert states == ["over", "over", "over", "now"]
        with django_assert_num_queries(1):
            listed = versions(programme)
            assert [row.state_on(today()) for row in listed] == ["now", "over", "over", "over"]


def test_a_version_does_not_begin_in_the_past(project: Any) -> None:
    with pytest.raises(Invalid) as caught:
        make_tariff(project, since=today() - timedelta(days=1))
    assert list(caught.value.errors) == ["since"]


def test_a_table_with_faults_is_refused_with_every_line(project: Any) -> None:
    make_programme(project)
    with pytest.raises(Invalid) as caught:
        make_tariff(project, table=f"{TABLE}день;Марс;1;2;3\nвік;;90;99;1\n")
    first, second = (str(text) for text in caught.value.errors["table"])
    assert first.startswith("Рядок 15: ")
    assert "Марс" in first
    assert second == "Рядок 16: Між рядком 9 і цим немає коефіцієнта для віку 80–89."


def test_the_database_lets_no_two_versions_hold_on_one_day(project: Any) -> None:
    row = make_tariff(project)
    with pytest.raises(IntegrityError, match="tariff_one_at_a_time"), transaction.atomic():
        Tariff.objects.create(**{
            **{field.attname: getattr(row, field.attname) for field in Tariff._meta.concrete_fields},
            "id": None, "number": 2, "since": today() + timedelta(days=3),
        })  # fmt: skip


def test_whoever_keeps_the_insurers_data_publishes(
    project: Any, other_project: Any, client_manager: Employee, head: Employee, operator: Employee
) -> None:
    ours, theirs = make_programme(project), make_programme(other_project)
    facts = tariff_facts()
    assert publish_tariff(by=client_manager, programme_id=ours.pk, facts=facts).number == 1
    assert publish_tariff(by=head, programme_id=theirs.pk, facts=facts).number == 1
    with pytest.raises(NotAllowed):
        publish_tariff(by=operator, programme_id=ours.pk, facts=facts)
    with pytest.raises(NotFound):
        publish_tariff(by=client_manager, programme_id=theirs.pk, facts=facts)


def test_numbers_of_one_insurer_are_in_one_series(project: Any, other_project: Any, head: Employee) -> None:
    make_series(project, 1, 100)
    make_series(other_project, 1, 100)
    with pytest.raises(Conflict, match="іншій серії"):
        add_series(by=head, insurer_id=project.pk, prefix="ДС-", width=4, first=100, last=200)
    with pytest.raises(Invalid):
        add_series(by=head, insurer_id=project.pk, prefix="Ж-", width=2, first=1, last=100)


def test_a_name_that_several_territories_have_names_none(project: Any) -> None:
    """Insurers mean different lists of countries by «Європа»."""
    make_programme(project)
    Territory.objects.create(code="europe-vitrylo", name_uk="Європа", name_en="Europe without Türkiye")
    called = [
        (name, [(one.line, one.code) for one in read(TABLE.replace(";europe;", f";{name};"))[1]])
        for name in ("європа", "Europe", "europe-vitrylo")
    ]
    wrong = [(line, "territories") for line in (2, 3, 4, 5)]
    assert called == [("європа", wrong), ("Europe", []), ("europe-vitrylo", [])]

"""Lists of endings end whom they name, on the day they say, and nobody else when they come a second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cases.imports import actions
from cases.imports.models import Batch
from cases.insurance.models import Policy, PolicyPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS as HEADINGS_OF_ALL
from tests.cases.imports.kit import as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db

FAMILY = [row("AU-7", "Ґудзь", name, born) for name, born in (
    ("Олена", "24.08.1991"), ("Іван", "02.03.1989"), ("Леся", "11.11.2019"),
)]  # fmt: skip
HEADINGS = ("Номер поліса", "Прізвище", "Ім'я", "Дата народження", "Припинено")

Ends = Callable[..., Batch]


@pytest.fixture
def end(client_manager: Employee, project: Any) -> Ends:
    """The family is there; send endings."""
    ready(project)
    send(client_manager, project, as_csv(FAMILY))

    def _end(*rows: list[str], **options: Any) -> Batch:
        return send(client_manager, project, as_csv(rows, headings=HEADINGS), mode="end", **options)

    return _end


def links() -> dict[str, date | None]:
    return dict(
        PolicyPerson.objects.filter(policy__number="AU-7").values_list("person__given_name", "ended_on")
    )


def family() -> Policy:
    return Policy.objects.get(number="AU-7")


def test_a_name_that_fits_several_ends_nobody(end: Ends) -> None:
    for _time in range(3):
        batch = end(["AU-7", "Ґудзь", "", "", "15.11.2026"])
        assert (batch.ended, batch.rejected) == (0, 1)
        assert list(batch.faults.values_list("column", "code")) == [("surname", "several_fit")]
    assert set(links().values()) == {None} and family().ended_on is None
    both = [["AU-7", "Ґудзь", "Іван", "", "15.11.2026"], ["AU-7", "Ґудзь", "", "", "15.11.2026"]]
    assert [end(*both).ended for _time in range(3)] == [1, 0, 0], "whoever is left is not meant by it either"
    assert end(["AU-7", "Ґудзь", "", "11.11.2019", "15.11.2026"]).ended == 1
    assert links() == {"Олена": None, "Іван": date(2026, 11, 15), "Леся": date(2026, 11, 15)}


def test_the_same_endings_again_leave_the_renewal_alone(
    end: Ends, client_manager: Employee, project: Any
) -> None:
    following = row("AU-1", since="01.01.2027", until="31.12.2027")
    send(client_manager, project, as_csv([row("AU-1"), following]))
    ends = [end(["AU-1", "", "", "", "15.11.2026"]) for _time in range(3)]
    assert [(batch.ended, batch.rejected) for batch in ends] == [(1, 0), (0, 1), (0, 1)]
    terms = Policy.objects.filter(number="AU-1").order_by("valid_from")
    assert list(terms.values_list("ended_on", flat=True)) == [date(2026, 11, 15), None]
    end(["AU-1", "Ґудзь", "Олена", "", "15.11.2026"])
    assert terms.last() and terms.last().ended_on is None  # type: ignore[union-attr]


@pytest.mark.parametrize("who", [["", "", ""], ["Ґудзь", "Олена", "24.08.1991"]])
def test_the_same_endings_again_leave_a_term_alone_that_begins_on_their_day(
    end: Ends, client_manager: Employee, project: Any, who: list[str]
) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    assert end(["AU-1", *who, "01.12.2026"], day=date(2026, 11, 20)).ended == 1
    send(client_manager, project, as_csv([row("AU-1", since="01.12.2026", until="30.11.2027")]))
    for _time in range(2):
        batch = end(["AU-1", *who, "01.12.2026"], day=date(2026, 11, 20))
        assert (batch.ended, batch.rejected) == (0, 1)
    terms = Policy.objects.filter(number="AU-1").order_by("valid_from")
    assert list(terms.values_list("ended_on", flat=True)) == [date(2026, 12, 1), None]
    assert end(["AU-1", *who, "15.12.2026"], day=date(2026, 12, 10)).ended == 1


def test_a_term_that_begins_later_is_cancelled(end: Ends, client_manager: Employee, project: Any) -> None:
    later = [row("AU-1", since=f"01.01.{year}", until=f"31.12.{year}") for year in (2027, 2028)]
    send(client_manager, project, as_csv(later))
    assert [end(["AU-1", "", "", "", "15.11.2026"]).ended for _time in range(2)] == [1, 0]
    terms = Policy.objects.filter(number="AU-1").order_by("valid_from")
    assert list(terms.values_list("ended_on", flat=True)) == [date(2026, 11, 15), None]


def test_one_person_written_in_two_ways_is_one(end: Ends) -> None:
    send_two = [["AU-7", "Ґудзь", "Іван", born, "15.11.2026"] for born in ("02.03.1989", "")]
    end(["AU-7", "Ґудзь", "Леся", "", "01.11.2026"])
    batch = end(*send_two)
    assert (batch.ended, batch.rejected) == (1, 0)
    assert family().ended_on is None
    assert links() == {"Олена": None, "Іван": date(2026, 11, 15), "Леся": date(2026, 11, 1)}


def test_each_leaves_on_the_day_said_of_them_and_the_policy_ends_with_the_last(
    end: Ends, client_manager: Employee
) -> None:
    rows = [["AU-7", "Ґудзь", name, "", day] for name, day in (
        ("Іван", "10.11.2026"), ("Олена", "20.12.2026"), ("Леся", "10.11.2026"),
    )]  # fmt: skip
    batch = end(*rows, at_once=False)
    assert (batch.status, batch.ended) == ("preview", 3)
    actions.apply(by=client_manager, batch=batch)
    batch = worked(batch)
    assert (batch.status, batch.ended) == ("done", 3)
    assert family().ended_on == date(2026, 12, 20)
    assert links() == {"Олена": None, "Іван": date(2026, 11, 10), "Леся": date(2026, 11, 10)}
    again = end(*rows)
    assert (again.ended, again.rejected) == (0, 3)
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert family().ended_on is None and set(links().values()) == {None}


def test_who_leaves_later_by_another_list_keeps_the_policy(end: Ends) -> None:
    end(["AU-7", "Ґудзь", "Леся", "", "20.12.2026"])
    rows = [["AU-7", "Ґудзь", name, "", "10.11.2026"] for name in ("Олена", "Іван")]
    assert end(*rows).ended == 2
    assert family().ended_on is None


def test_a_number_alone_ends_the_whole_policy_and_who_left_before_has_left_before(end: Ends) -> None:
    batch = end(["AU-7", "Ґудзь", "Іван", "", "10.11.2026"], ["AU-7", "", "", "", "20.11.2026"])
    assert (batch.ended, batch.rejected) == (2, 0)
    assert family().ended_on == date(2026, 11, 20)
    assert links() == {"Олена": None, "Іван": date(2026, 11, 10), "Леся": None}
    batch = end(["AU-7", "", "", "", "20.11.2026"], at_once=False)
    assert (batch.status, batch.rejected, batch.attention) == ("preview", 1, "nothing")


def test_what_is_refused_while_the_list_is_written_is_counted(end: Ends, client_manager: Employee) -> None:
    batch = end(["AU-7", "Ґудзь", "Іван", "", "15.11.2026"], at_once=False)
    assert (batch.status, batch.rejected, batch.ended) == ("preview", 0, 1)
    Policy.objects.update(ended_on=date(2026, 11, 1))
    actions.apply(by=client_manager, batch=batch)
    batch = worked(batch)
    assert (batch.status, batch.rejected, batch.ended, batch.faults.count()) == ("done", 1, 0, 1)


@pytest.mark.parametrize(("given", "born"), [("Іван", ""), ("", "02.03.1989"), ("Іван", "02.03.1989")])
def test_who_is_named_without_a_surname_leaves_alone(end: Ends, given: str, born: str) -> None:
    batch = end(["AU-7", "", given, born, "15.11.2026"])
    assert (batch.ended, batch.rejected) == (1, 0)
    assert links() == {"Олена": None, "Іван": date(2026, 11, 15), "Леся": None} and family().ended_on is None


@pytest.mark.parametrize(("given", "born"), [("Юрій", ""), ("", "01.01.2001"), ("Іван", "24.08.1991")])
def test_who_is_not_insured_ends_nobody(end: Ends, given: str, born: str) -> None:
    batch = end(["AU-7", "", given, born, "15.11.2026"])
    assert (batch.ended, batch.rejected) == (0, 1)
    assert set(links().values()) == {None} and family().ended_on is None


@pytest.mark.parametrize(
    "cells", [["", "—", "", "", ""], ["", "", "Іванівна", "", ""], ["", "", "", "067 123 45 67", ""],
    ["", "", "", "12", ""], ["", "", "", "", "ж"]],
)  # fmt: skip
def test_a_row_that_does_not_tell_who_ends_nobody(
    end: Ends, client_manager: Employee, project: Any, cells: list[str]
) -> None:
    headings = ("Номер поліса", "Прізвище", "Ім'я", "По батькові", "Телефон", "Стать")
    batch = send(client_manager, project, as_csv([["AU-7", *cells]], headings=headings), mode="end")
    assert (batch.ended, batch.rejected) == (0, 1)
    assert "who" in set(batch.faults.values_list("code", flat=True))
    assert set(links().values()) == {None} and family().ended_on is None


def test_a_column_that_may_say_who_ends_is_asked_about_first(
    end: Ends, client_manager: Employee, project: Any
) -> None:
    def sent() -> Batch:
        content = as_csv(
            [["AU-7", "Ґудзь Іван", "15.11.2026"]], headings=("Номер поліса", "Клієнт", "Припинено")
        )
        return send(client_manager, project, content, mode="end")

    batch = sent()
    assert (batch.status, batch.attention) == ("preview", "columns")
    assert set(links().values()) == {None} and family().ended_on is None
    actions.apply(by=client_manager, batch=batch, mapping={"Клієнт": "full_name"})
    assert worked(batch).ended == 1
    assert links()["Іван"] == date(2026, 11, 15) and family().ended_on is None
    again = sent()
    assert (again.attention, again.rejected) == ("nothing", 1), "the column is learned"


def test_a_column_that_is_left_out_on_purpose_is_not_asked_about_again(
    end: Ends, client_manager: Employee, project: Any
) -> None:
    def sent(day: str) -> Batch:
        content = as_csv([["AU-7", "продаж авто", day]], headings=("Номер поліса", "Причина", "Припинено"))
        return send(client_manager, project, content, mode="end")

    batch = sent("16.11.2026")
    assert batch.attention == "columns"
    actions.apply(by=client_manager, batch=batch)
    assert worked(batch).ended == 1
    assert sent("15.11.2026").status == "done" and family().ended_on == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("since", "until", "ended"),
    [
        ("01.01.2027", "31.12.2027", (None, date(2026, 11, 15))),
        ("02.01.2027", "31.12.2027", (None, date(2026, 11, 15))),
        ("01.01.2027", "", (None, date(2026, 11, 15))),
        ("01.01.2026", "31.12.2026", (date(2026, 11, 15), None)),
        ("31.12.2025", "31.12.2026", (date(2026, 11, 15), None)),
        ("", "", (date(2026, 11, 15), None)),
        ("01.01.2025", "31.12.2025", (None, None)),
    ],
)
def test_the_term_that_the_row_tells_ends_and_no_other(
    end: Ends, client_manager: Employee, project: Any, since: str, until: str, ended: tuple[date | None, ...]
) -> None:
    send(client_manager, project, as_csv([row("AU-1"), row("AU-1", since="01.01.2027", until="31.12.2027")]))
    terms = Policy.objects.filter(number="AU-1").order_by("valid_from")
    headings = (*HEADINGS, "Діє з", "Діє до")
    for who in (["", "", ""], ["Ґудзь", "Олена", "24.08.1991"]):
        content = as_csv([["AU-1", *who, "15.11.2026", since, until]], headings=headings)
        for times in range(2):
            batch = send(client_manager, project, content, mode="end")
            assert batch.ended == (any(ended) and not times)
            assert tuple(terms.values_list("ended_on", flat=True)) == ended
        Policy.objects.update(ended_on=None)


def test_a_row_that_is_refused_tells_whether_the_policy_or_the_person_is_lacking(end: Ends) -> None:
    assert end(["AU-7", "Ґудзь", "Іван", "", "10.11.2026"]).ended == 1
    batch = end(
        ["AU-8", "Ґудзь", "Олена", "", "15.11.2026"],
        ["AU-7", "Ґудзь", "Юрій", "", "15.11.2026"],
        ["AU-7", "Ґудзь", "Олена", "24.08.1990", "15.11.2026"],
        ["AU-7", "Ґудзь", "Іван", "", "15.11.2026"],
    )
    assert (batch.ended, batch.rejected) == (0, 4)
    assert list(batch.faults.order_by("row").values_list("row", "column", "code", "value")) == [
        (2, "number", "unknown_policy", ""),
        (3, "surname", "unknown_person", ""),
        (4, "surname", "unknown_person", ""),
        (5, "surname", "left_already", "10.11.2026"),
    ]


def test_a_column_that_another_list_left_out_unseen_is_asked_about(
    end: Ends, client_manager: Employee, project: Any
) -> None:
    more = [[*row("AU-8"), "Ґудзь Олена"]]
    send(client_manager, project, as_csv(more, headings=(*HEADINGS_OF_ALL, "Клієнт")))
    named = ("Номер поліса", "Прізвище", "Клієнт", "Припинено")
    content = as_csv([["AU-8", "Ґудзь", "Ґудзь Олена", "15.11.2026"]], headings=named)
    assert send(client_manager, project, content, mode="end").ended == 1
    content = as_csv([["AU-7", "Ґудзь Іван", "15.11.2026"]], headings=("Номер поліса", "Клієнт", "Припинено"))
    batch = send(client_manager, project, content, mode="end")
    assert (batch.status, batch.attention) == ("preview", "columns")
    assert set(links().values()) == {None} and family().ended_on is None

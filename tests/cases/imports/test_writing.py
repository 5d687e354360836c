"""Lists become persons and policies, once, whatever they are packed in; changes and endings follow the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.imports import actions
from cases.imports.models import Entry
from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from cases.insurance.rules import number_key
from cases.insurance.selectors import look_up
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, as_sheets, as_xlsx, as_zip, ready, row, send, worked

pytestmark = pytest.mark.django_db

TWO = [row("AU-1"), row("AU-2", "KOVALCHUK", "IVAN", "1985-03-01", phone="+380501112233")]


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def numbers() -> list[str]:
    return sorted(Policy.objects.values_list("number", flat=True))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", as_csv(TWO)),
        ("list.csv", as_csv(TWO, encoding="utf-8-sig", delimiter=",")),
        ("list.csv", as_csv(TWO, encoding="cp1251")),
        ("list.txt", as_csv(TWO, delimiter="\t")),
        ("list.txt", as_csv(TWO, delimiter="\t", encoding="utf-16")),
        ("list.xlsx", as_xlsx(TWO)),
        ("list.zip", as_zip(list__csv=as_csv(TWO))),
        ("list.zip", as_zip(one__csv=as_csv(TWO[:1]), two__xlsx=as_xlsx(TWO[1:]))),
    ],
    # Not by their content: a workbook holds the second in which it was made, and each worker makes its own.
    ids=["utf-8", "bom", "cp1251", "tab", "utf-16", "xlsx", "zip", "zip-of-two"],
)
def test_a_list_is_written_whatever_it_is_packed_in(
    client_manager: Employee, project: Any, name: str, content: bytes
) -> None:
    batch = send(client_manager, project, content, name=name)
    assert (batch.status, batch.failure, batch.rows, batch.added, batch.rejected) == ("done", "", 2, 2, 0)
    policy = Policy.objects.get(number="AU-1")
    person = policy.persons.get()
    assert (person.surname, person.given_name, person.birth_date) == ("Ґудзь", "Олена", date(1991, 8, 24))
    assert person.phone == "+380671234567"
    assert (policy.valid_from, policy.valid_to, policy.insured_sum) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        30_000,
    )
    other = Policy.objects.get(number="AU-2").persons.get()
    assert (other.surname, other.surname_latin, other.given_name_latin) == ("", "KOVALCHUK", "IVAN")


def test_who_was_imported_is_found_at_once(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(TWO))
    now = clock.now()
    for asked in ("ґудз", "ковальчук іван", "AU 2", "4567"):
        assert len(look_up(client_manager, asked, limit=5, now=now).found) == 1, asked


def test_the_same_file_twice_changes_nothing(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(TWO))
    before = (
        list(Policy.objects.order_by("pk").values()),
        list(InsuredPerson.objects.order_by("pk").values()),
    )
    entries = Entry.objects.count()
    batch = send(client_manager, project, as_csv(TWO), mode="full")
    assert (batch.status, batch.added, batch.changed, batch.ended, batch.same) == ("done", 0, 0, 0, 2)
    assert before == (
        list(Policy.objects.order_by("pk").values()),
        list(InsuredPerson.objects.order_by("pk").values()),
    )
    assert Entry.objects.count() == entries


def test_a_person_is_recognised_in_another_script_and_an_empty_cell_erases_nothing(
    client_manager: Employee, project: Any
) -> None:
    send(client_manager, project, as_csv([row("AU-1", "Ковальчук", "Іван")]))
    batch = send(client_manager, project, as_csv([row("AU-1", "KOVALCHUK", "IVAN", phone="")]))
    assert (batch.added, batch.changed) == (0, 1)
    person = InsuredPerson.objects.get()
    assert (person.surname, person.surname_latin, person.phone) == ("Ковальчук", "KOVALCHUK", "+380671234567")


def test_new_terms_change_the_policy_and_a_term_that_follows_is_another_one(
    client_manager: Employee, project: Any
) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    batch = send(client_manager, project, as_csv([row("AU-1", until="30.06.2026")]))
    assert (batch.added, batch.changed) == (0, 1)
    assert Policy.objects.get().valid_to == date(2026, 6, 30)
    batch = send(client_manager, project, as_csv([row("AU-1", since="01.01.2027", until="31.12.2027")]))
    assert (batch.added, batch.changed) == (1, 0)
    assert Policy.objects.count() == 2 and InsuredPerson.objects.count() == 1


def test_who_joins_a_term_that_is_there_already_is_insured_by_it(
    client_manager: Employee, project: Any
) -> None:
    olena, marko = row("AU-1"), row("AU-1", given="Марко", born="01.02.2015")
    send(client_manager, project, as_csv([olena, marko]))
    following = {"since": "01.01.2027", "until": "31.12.2027"}
    send(client_manager, project, as_csv([row("AU-1", **following)]))
    batch = send(
        client_manager, project, as_csv([row("AU-1", given="Марко", born="01.02.2015", **following)])
    )
    assert (batch.added, InsuredPerson.objects.count()) == (1, 2)
    renewed = Policy.objects.get(valid_from=date(2027, 1, 1))
    assert renewed.persons.count() == 2
    actions.undo(by=client_manager, batch=batch)
    worked(batch)
    assert renewed.persons.count() == 1 and InsuredPerson.objects.count() == 2


HALVES = (("01.01.2026", "30.06.2026"), ("01.07.2026", "31.12.2026"))


@pytest.mark.parametrize("who", [{}, {"surname": "Кривенко", "given": "Іван", "born": "02.03.1989"}])
@pytest.mark.parametrize("halves", [HALVES, HALVES[::-1]])
def test_terms_within_one_that_is_there_are_policies_of_their_own(
    client_manager: Employee, project: Any, who: dict[str, str], halves: Any
) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    content = as_csv([row("AU-1", **who, since=since, until=until) for since, until in halves])
    batch = send(client_manager, project, content)
    assert (batch.status, batch.failure) == ("done", "")
    insured = PolicyPerson.objects.filter(person__surname=who.get("surname", "Ґудзь"))
    terms = {f"{one.policy.valid_from:%d.%m.%Y} {one.policy.valid_to:%d.%m.%Y}" for one in insured}
    assert terms == {" ".join(half) for half in HALVES} and insured.count() == 2
    again = send(client_manager, project, content)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    assert Policy.objects.count() == 2 and InsuredPerson.objects.count() == 1 + bool(who)


def test_a_term_that_follows_brings_what_has_changed_of_the_person(
    client_manager: Employee, project: Any
) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    later = row("AU-1", since="01.01.2027", until="31.12.2027", phone="050 765 43 21")
    batch = send(client_manager, project, as_csv([later]))
    assert (batch.status, batch.added) == ("done", 1)
    assert InsuredPerson.objects.get().phone == "+380507654321"
    assert Policy.objects.count() == 2
    actions.undo(by=client_manager, batch=batch)
    worked(batch)
    assert InsuredPerson.objects.get().phone == "+380671234567"
    assert Policy.objects.count() == 1


def test_a_family_has_one_policy(client_manager: Employee, project: Any) -> None:
    batch = send(
        client_manager, project, as_csv([row("AU-1"), row("AU-1", given="Марко", born="01.02.2015")])
    )
    assert batch.added == 2
    assert Policy.objects.get().persons.count() == 2


def test_who_is_missing_in_a_full_list_ends_on_its_date_and_comes_back_with_the_next(
    client_manager: Employee, project: Any, other_project: Any
) -> None:
    ready(other_project)
    send(client_manager, project, as_csv(TWO))
    batch = send(client_manager, project, as_csv(TWO[:1]), mode="full", day=date(2026, 11, 20))
    assert (batch.status, batch.ended, batch.same) == ("done", 1, 1)
    assert Policy.objects.get(number="AU-2").ended_on == date(2026, 11, 20)
    batch = send(client_manager, project, as_csv(TWO), mode="full", day=date(2026, 11, 21))
    assert (batch.ended, batch.changed) == (0, 1)
    assert Policy.objects.get(number="AU-2").ended_on is None


def test_whoever_is_listed_wrongly_does_not_end(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(TWO))
    batch = send(client_manager, project, as_csv([TWO[0], row("AU-2", born="31.02.1985")]), mode="full")
    assert (batch.rejected, batch.ended) == (1, 0)
    for cell in ("", "Ґудзь", "#N/A", "1" * 41):
        batch = send(client_manager, project, as_csv([TWO[0], row(cell)]), mode="full")
        assert (batch.rejected, batch.unreadable, batch.ended) == (1, 1, 0)


def test_every_sheet_of_the_list_is_read_and_no_other(
    client_manager: Employee, project: Any, page: Any
) -> None:
    content = as_sheets(
        Обкладинка=[["Страхова компанія", "Вітрило"]],
        Січень=[HEADINGS, TWO[0]],
        Програми=[["Програма", "Опис"], ["Стандарт", "Усе"]],
        Лютий=[HEADINGS, TWO[1], row("AU-9", born="31.02.2000")],
    )
    batch = send(client_manager, project, content, name="list.xlsx", at_once=False)
    assert (batch.status, batch.rows, batch.added, batch.rejected) == ("preview", 3, 2, 1)
    assert batch.left_out == ["Обкладинка", "Програми"]
    text = page(client_manager).get(f"/imports/{batch.pk}/").content.decode()
    assert "Аркуші «Обкладинка», «Програми» не прочитано" in text
    assert "Лютий" in text, "where the spoilt row stands"
    inside = send(client_manager, project, as_zip(list__xlsx=content), name="list.zip", at_once=False)
    assert (inside.failure, inside.rows, inside.left_out) == ("", 3, ["Обкладинка", "Програми"])


def test_endings_end(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([*TWO, row("AU-2", "Ґудзь", "Ганна")]))
    headings = (*HEADINGS[:3], "Припинено")
    rows = [["AU-1", "Ґудзь", "Олена", "15.11.2026"], ["AU-2", "Ґудзь", "Ганна", ""], ["AU-9", "", "", ""]]
    batch = send(client_manager, project, as_csv(rows, headings=headings), mode="end")
    assert (batch.status, batch.ended, batch.rejected) == ("done", 2, 1)
    assert sorted(batch.faults.values_list("row", "code")) == [(4, "unknown_policy")]
    assert Policy.objects.get(number="AU-1").ended_on == date(2026, 11, 15)
    # Of two who are insured by it one has left.
    assert Policy.objects.get(number="AU-2").ended_on is None
    left = PolicyPerson.objects.filter(policy__number="AU-2").values_list("person__given_name", "ended_on")
    assert dict(left) == {"Ганна": batch.list_date, "": None}
    batch = send(
        client_manager, project, as_csv([["AU-2"]], headings=("Поліс",)), mode="end", day=date(2026, 11, 1)
    )
    assert Policy.objects.get(number="AU-2").ended_on == date(2026, 11, 1)


def test_a_list_is_taken_back_as_if_it_had_not_been(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(TWO))
    tables = (Policy, InsuredPerson, PolicyPerson)
    before = [list(model._default_manager.order_by("pk").values()) for model in tables]
    changed = [row("AU-1", until="30.06.2026", phone="0990000000"), row("AU-3", "Щур", "Леся")]
    batch = send(client_manager, project, as_csv(changed), mode="full")
    assert (batch.added, batch.changed, batch.ended) == (1, 1, 1)
    assert numbers() == ["AU-1", "AU-2", "AU-3"]
    actions.undo(by=client_manager, batch=batch)
    assert (worked(batch).status, batch.kept) == ("undone", 0)
    assert before == [list(model._default_manager.order_by("pk").values()) for model in tables]


def test_what_begins_after_the_date_of_the_list_does_not_end_on_it(
    client_manager: Employee, project: Any
) -> None:
    send(client_manager, project, as_csv([row("AU-1"), row("AU-2", since="21.11.2026", until="31.12.2026")]))
    batch = send(client_manager, project, as_csv([row("AU-1")]), mode="full", day=date(2026, 11, 20))
    assert (batch.status, batch.ended) == ("done", 0)


@pytest.mark.parametrize("number", ["STRAßE-1", "ﬁ-20", "ŉ-3", "AU–7/ß"])
def test_a_number_has_the_key_that_the_database_makes_of_it(
    client_manager: Employee, project: Any, number: str
) -> None:
    for added in (1, 0):
        batch = send(client_manager, project, as_csv([row(number), row("AU-1", "Щур")]), mode="full")
        assert (batch.status, batch.added, batch.same) == ("done", 2 * added, 2 - 2 * added)
    assert number_key(number) == Policy.objects.get(number=number).number_key

"""Who is calling: found by what callers really say, within the projects of who asks (JD II.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.insurance.labels import next_words
from cases.insurance.models import PolicyPerson
from cases.insurance.selectors import look_up
from cases.privacy.models import AccessLog
from fregat.lib import clock, frame, once
from tests.cast import make_person, make_policy


@pytest.fixture
def olena(project: Any, operator: Any, on_shift: Any) -> Any:
    """Олена Ґалаган and two namesakes, one of them insured by nobody we work for; the operator is on shift."""
    on_shift(operator)
    person = make_person(birth_date=date(1984, 3, 12))
    make_policy(project, person, number="VZR-4471823")
    other = make_person(
        given_name="Марта", given_name_latin="MARTA", birth_date=date(1991, 7, 1), phone="+380670000002"
    )
    make_policy(project, other, number="VZR-4471999")
    return person


def found(user: Any, text: str) -> list[tuple[int, str]]:
    return [(one.person.pk, one.match) for one in look_up(user, text, now=clock.now()).found]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("VZR-4471823", "number"),
        ("vzr 4471823", "number"),
        ("взр-4471823", "number"),
        ("мяк4471823", "number"),
        ("4471823", "number"),
        ("+38 067 123 45 67", "phone"),
        ("1234567", "phone"),
        ("Ґалаган Олена", "name"),
        ("Олена Галаган", "name"),
        ("HALAHAN OLENA", "name"),
        ("Galagan Elena", "name"),
        ("Ufkfufy Jktyf", "name"),
        ("Ґалаган 12.03.1984", "surname_birth"),
        ("Галаган Олена 1984", "name_birth"),
        ("Ґалапан 1984", "similar_birth"),
        ("Олена Ґалаагнн", "similar"),
        ("Ґала 1984", "start"),
        ("Шостаківська Олена 12.03.1984", "given_birth"),
        ("12.03.1984", "birth"),
    ],
)
def test_she_is_found_first_and_it_says_why(olena: Any, operator: Any, text: str, match: str) -> None:
    assert found(operator, text)[0] == (olena.pk, match)


def test_a_birthday_leaves_out_namesakes_of_other_days(olena: Any, operator: Any) -> None:
    assert len(found(operator, "Ґалаган")) == 2
    assert found(operator, "Ґалаган 12.03.1984") == [(olena.pk, "surname_birth")]


@pytest.mark.parametrize(
    "text", ["", "   ", "1984", "я", "ААА", "зовсім інше прізвище", "99.99.9999", "+++", "%%%", "\\"]
)
def test_nothing_is_found_by_nothing(olena: Any, operator: Any, text: str) -> None:
    assert found(operator, text) == []


def test_behind_a_pooler_it_answers_the_same(olena: Any, operator: Any, unprepared: None) -> None:
    texts = (
        "VZR-4471823",
        "1234567",
        "Ґалаган Олена",
        "Галаган 1984",
        "Ґала 1984",
        "Олена Ґалаагнн",
        "12.03.1984",
    )
    assert {found(operator, text)[0][0] for text in texts} == {olena.pk}


def test_whose_project_it_is_not_finds_nobody(olena: Any, stranger: Any, on_shift: Any) -> None:
    on_shift(stranger)
    assert found(stranger, "Ґалаган") == found(stranger, "VZR-4471823") == []


def test_an_operator_off_shift_finds_nobody(project: Any, operator2: Any) -> None:
    make_policy(project, make_person())
    assert found(operator2, "Ґалаган") == []


def test_the_head_finds_everybody_and_the_director_nobody(olena: Any, head: Any, director: Any) -> None:
    assert len(found(head, "Ґалаган")) == 2
    assert found(director, "Ґалаган") == []


def test_what_was_prepared_for_one_shows_another_only_theirs(
    olena: Any, operator: Any, stranger: Any, operator2: Any, head: Any, other_project: Any, on_shift: Any
) -> None:
    """On one connection, in turn: by every step the statement is the same, and the projects are its arguments."""
    on_shift(stranger)
    other = make_person(birth_date=date(1984, 3, 12))
    make_policy(other_project, other, number="VZR-4471823")
    for text in ("VZR-4471823", "1234567", "Ґалаган Олена", "Ґалаган 1984", "Ґала 1984", "Ґалапан 1984",
                 "Олена Ґалаагнн", "12.03.1984", "Шостаківська Олена 12.03.1984"):  # fmt: skip
        for _twice in range(2):
            mine, theirs = ({pk for pk, _match in found(user, text)} for user in (operator, stranger))
            assert olena.pk in mine and other.pk not in mine, text
            assert theirs == {other.pk}, text
            assert {olena.pk, other.pk} <= {pk for pk, _match in found(head, text)}, text
            assert found(operator2, text) == [], text


def test_it_is_the_same_however_many_are_asked_for(olena: Any, operator: Any, project: Any) -> None:
    """A statement reads a few more than are shown: those who were read and left out count among the others."""
    for year in range(1950, 1980):
        make_policy(project, make_person(birth_date=date(year, 1, 1)))
    everybody = [one.person.pk for one in look_up(operator, "Ґалаган", limit=50, now=clock.now()).found]
    assert len(everybody) == 32
    for limit in (1, 7, 8, 9, 20, 31, 32, 60):
        answer = look_up(operator, "Ґалаган", limit=limit, now=clock.now())
        assert [one.person.surname_key for one in answer.found] == ["halahan"] * min(limit, 32)
        assert len({one.person.pk for one in answer.found}) == min(limit, 32)
        assert answer.others == max(0, 32 - limit)


def test_namesakes_that_are_left_out_are_counted_and_it_says_what_to_ask(
    olena: Any, operator: Any, project: Any
) -> None:
    for year in range(1950, 1980):
        make_policy(project, make_person(birth_date=date(year, 1, 1)))
    answer = look_up(operator, "Ґалаган Олена", limit=20, now=clock.now())
    assert (len(answer.found), answer.others, answer.ask) == (20, 11, "birth")
    assert "11" in next_words(answer.others, answer.ask, answer.apart)
    answer = look_up(operator, "Ґалаган 1950", limit=20, now=clock.now())
    assert (len(answer.found), answer.others, answer.ask) == (1, 0, "")
    answer = look_up(operator, "Ґалаган", limit=20, now=clock.now())
    assert answer.others == 12  # Марта as well


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("VZR-4471823", "birth"),
        ("4567", "birth"),
        ("4567 1984", "day"),
        ("4567 Ґалаган", "birth"),
        ("4567 Ґалаган 1984", "day"),
        ("VZR-4471823 12.03.1984", "name"),
        ("12.03.1984", "name"),
        ("120384", "name"),
        ("Ґалаган Олена 12.03.1984", "number"),
        ("Ґалаган Олена 120384", "number"),
        ("4567 Бойко 12.03.1984", "again"),
        ("4567 Ґалаган 12.03.1984", "again"),
    ],
)
def test_what_to_ask_next_was_not_said_yet(
    olena: Any, operator: Any, project: Any, text: str, ask: str
) -> None:
    [policy] = look_up(operator, "VZR-4471823", now=clock.now()).found[0].policies
    for _twin in range(22):
        PolicyPerson.objects.create(policy=policy, person=make_person(birth_date=date(1984, 3, 12)))
    answer = look_up(operator, text, now=clock.now())
    assert (len(answer.found), answer.ask) == (20, ask)
    assert next_words(answer.others, answer.ask, answer.apart)


def test_what_is_said_beside_a_number_that_many_have_tells_who_is_meant(
    olena: Any, operator: Any, project: Any
) -> None:
    """A group under one number: whoever is told apart stands first, and nobody fits as well."""
    [policy] = look_up(operator, "VZR-4471823", now=clock.now()).found[0].policies
    for year in range(1950, 1983):
        PolicyPerson.objects.create(
            policy=policy, person=make_person("Сіренко", "Надія", birth_date=date(year, 1, 1))
        )
    assert look_up(operator, "VZR-4471823", now=clock.now()).others == 14
    for text in ("VZR-4471823 1984", "VZR-4471823 Ґалаган"):
        answer = look_up(operator, text, now=clock.now())
        assert (answer.found[0].person, answer.others, answer.ask) == (olena, 0, ""), text
    answer = look_up(operator, "VZR-4471823 Ніхто", now=clock.now())
    assert (answer.others, answer.ask) == (14, "birth")


def test_who_bears_both_names_costs_no_search_for_errors(olena: Any, operator: Any) -> None:
    assert statements(operator, "Ґалаган 1984") == 2
    assert statements(operator, "Ґалаган Олена 1984") == 4, "and for whose double surname ends so"
    assert statements(operator, "Ґалаган Олена") == 5


def test_a_double_surname_out_of_reach_is_not_seen_in_the_number_of_statements(
    olena: Any, operator: Any, other_project: Any
) -> None:
    before = statements(operator, "Ґалаган Олена")
    make_policy(other_project, make_person("Сірий-Ґалаган", "Олена"))
    assert statements(operator, "Ґалаган Олена") == before


def test_whoever_is_cut_off_counts_whichever_way_they_were_found(
    operator: Any, project: Any, on_shift: Any
) -> None:
    on_shift(operator)
    both = make_person(phone="+380671234567")
    make_policy(project, both, number="VZR-1234567")
    for letter in "ABCD":
        make_policy(project, make_person(phone=""), number=f"{letter}-1234567")
        make_policy(project, make_person(phone="+380671234567"))
    for limit, others in ((5, 4), (6, 3), (8, 1), (9, 0), (20, 0)):
        answer = look_up(operator, "1234567", limit=limit, now=clock.now())
        assert (len(answer.found), answer.others, answer.more) == (
            limit - max(0, limit - 9),
            others,
            others > 0,
        )


def test_names_stand_in_the_order_of_the_ukrainian_alphabet(
    operator: Any, project: Any, on_shift: Any
) -> None:
    """И before І and Ї, Є after Е, Ґ after Г: not as their Latin keys, nor as Unicode."""
    on_shift(operator)
    people = (
        ("Сіренко", "Їлина"),
        ("Сіренко", "Іван"),
        ("Сірий", "Юрій"),
        ("Сіренко", "Инна"),
        ("Сірґа", "Олег"),
    )
    for surname, given in people:
        person = make_person(
            surname, given, surname_latin="", given_name_latin="", phone="", birth_date=date(1984, 3, 12)
        )
        make_policy(project, person)
    named = [one.person.full_name for one in look_up(operator, "Сіре", now=clock.now()).found]
    assert named == ["Сіренко Инна", "Сіренко Іван", "Сіренко Їлина"]
    named = [one.person.full_name for one in look_up(operator, "Сір", now=clock.now()).found]
    assert named == ["Сірґа Олег", "Сіренко Инна", "Сіренко Іван", "Сіренко Їлина", "Сірий Юрій"]
    named = [one.person.full_name for one in look_up(operator, "Сіренко", now=clock.now()).found]
    assert named == ["Сіренко Инна", "Сіренко Іван", "Сіренко Їлина"]
    for similar in ("Сіренно", "Сіренко-Ш"):
        named = [one.person.full_name for one in look_up(operator, similar, now=clock.now()).found]
        assert named == ["Сіренко Инна", "Сіренко Іван", "Сіренко Їлина"]
    named = [one.person.full_name for one in look_up(operator, "12.03.1984", now=clock.now()).found]
    assert named == ["Сірґа Олег", "Сіренко Инна", "Сіренко Іван", "Сіренко Їлина", "Сірий Юрій"]


def test_namesakes_stand_in_the_order_of_their_patronymics(
    operator: Any, project: Any, on_shift: Any
) -> None:
    on_shift(operator)
    for patronymic in ("Тарасівна", "Михайлівна", "Єгорівна"):
        make_policy(project, make_person("Сіренко", "Надія", patronymic=patronymic))
    shown = [one.person.patronymic for one in look_up(operator, "Сіренко", now=clock.now()).found]
    assert shown == ["Єгорівна", "Михайлівна", "Тарасівна"]


def test_the_last_four_digits_of_a_phone_find_and_three_do_not(olena: Any, operator: Any) -> None:
    assert found(operator, "4567") == [(olena.pk, "phone")]
    assert found(operator, "567") == []


def test_the_last_four_digits_may_look_like_a_year_and_list_nobody_of_that_year(
    olena: Any, operator: Any, project: Any
) -> None:
    assert found(operator, "1984") == [], "Олена was born then"
    other = make_person("Сіренко", "Надія", birth_date=date(1970, 1, 1), phone="+380671231984")
    make_policy(project, other)
    assert found(operator, "1984") == [(other.pk, "phone")]
    assert (olena.pk, "surname_birth") in found(operator, "Ґалаган 1984")


def test_policies_of_other_projects_are_not_shown(olena: Any, operator: Any, other_project: Any) -> None:
    make_policy(other_project, olena, number="BOR-1")
    [first, *_] = look_up(operator, "VZR-4471823", now=clock.now()).found
    assert [policy.number for policy in first.policies] == ["VZR-4471823"]


def test_a_project_taken_away_ends_the_sight_at_once(
    olena: Any, operator: Any, project: Any, senior: Any
) -> None:
    from staff.employees import actions

    actions.unassign_project(by=None, employee=operator, project=project.code)
    assert found(operator, "Ґалаган") == []


def statements(user: Any, text: str, *, counted: bool = True) -> int:
    """As in a request: whether somebody is on shift, and on which projects, its frame has read.

    `counted`: how many others there are is asked too.
    """
    now = clock.now()
    with once.noted():
        frame.read(user, now)
        look_up(user, text, now=now)  # reference data comes into the memory of the process
        with CaptureQueriesContext(connection) as seen:
            answer = look_up(user, text, now=now)
            assert not counted or answer.others >= 0
    return len(seen)


def test_more_people_cost_no_more_statements(olena: Any, operator: Any, project: Any) -> None:
    before = statements(operator, "Ґалаган")
    for year in range(1950, 1965):
        make_policy(project, make_person(birth_date=date(year, 1, 1)))
    assert statements(operator, "Ґалаган") == before <= 3


@pytest.mark.parametrize(
    ("text", "most"),
    [("VZR-4471823", 2), ("0671234567", 2), ("Ґалаган 1984", 2), ("Ґала 1984", 3), ("Ґалапан Олена 1984", 5)],
)
def test_what_callers_say_mostly_costs_few_statements(
    olena: Any, operator: Any, text: str, most: int
) -> None:
    assert statements(operator, text) == most


def test_others_are_counted_only_for_who_asks_how_many(olena: Any, operator: Any, project: Any) -> None:
    for year in range(1950, 1980):
        make_policy(project, make_person(birth_date=date(year, 1, 1)))
    assert statements(operator, "Ґалаган", counted=False) + 1 == statements(operator, "Ґалаган") == 3
    answer = look_up(operator, "Ґалаган", now=clock.now())
    assert answer.more
    with CaptureQueriesContext(connection) as seen:
        assert answer.others == answer.others == 12
    assert len(seen) == 1, "and asked once"


def test_the_vaguest_question_stays_within_eighteen_statements(olena: Any, operator: Any) -> None:
    assert (
        statements(operator, "Непохожий Ніхто VZR-1 0991112233 01.01.1999") == 16
    )  # and who is found, and others


def test_the_api_answers_as_promised_and_writes_the_look_down(olena: Any, operator: Any, api: Any) -> None:
    answer = api(operator).post("/api/v1/insured/lookup/", {"q": "Ґалаган Олена", "limit": 1})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["more"] is True
    [one] = body["results"]
    assert (one["id"], one["name"], one["name_latin"]) == (olena.pk, "Ґалаган Олена", "HALAHAN OLENA")
    assert one["birth_date"] == "1984-03-12" and one["match"] == "name"
    assert set(one["policies"][0]) >= {"id", "number", "insurer", "programme", "valid_from", "valid_to"}
    look = AccessLog.objects.get()
    assert (look.employee, look.kind, look.part, look.objects_seen) == (
        operator.pk,
        "person",
        "lookup",
        [olena.uuid],
    )


@pytest.mark.parametrize(
    "question",
    [{}, {"q": ""}, {"q": "а\x00б"}, {"q": "x" * 201}, {"q": "Ґалаган", "limit": 0}, {"q": "Ґалаган", "limit": "все"},
     {"q": ["Ґалаган"]}, {"q": None}, {"q": "Ґалаган", "limit": 10**30}],
)  # fmt: skip
def test_a_useless_question_gets_a_sentence(operator: Any, api: Any, on_shift: Any, question: Any) -> None:
    answer = api(operator).post("/api/v1/insured/lookup/", question)
    assert answer.status_code == 400 and answer.json()["errors"]

"""Lookups for statements that are planned before it is known what they are asked for (`fregat.lib.lookups`)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from cases.insurance.models import InsuredPerson, Surname
from cases.insurance.rules import name_key
from fregat.lib.frozen import frozen
from tests.cast import make_person

pytestmark = pytest.mark.django_db
NAMES = ("Ко", "Коваль", "Ковальчук", "ковальська", "Ков%ль", "Ковя\U0010fffd", "Кп", "Ґалаган", "")


@pytest.fixture
def people() -> None:
    for place, name in enumerate(NAMES):
        make_person(surname=name, birth_date=date(1980 + place, 5, 1), phone=f"+38067000000{place}")


@frozen
def begun(start: str, *, field: str) -> QuerySet[InsuredPerson]:
    return InsuredPerson.objects.filter(**{f"{field}__begins": start})


@pytest.mark.parametrize("start", ["Ков", "Коваль", "ков", "Ков%", "Ковя", "К", "Ґ", "Щ", "koval", "k", "\\"])
@pytest.mark.parametrize("field", ["surname", "surname_key"])
def test_what_begins_so_is_what_python_says(people: None, field: str, start: str) -> None:
    values = InsuredPerson.objects.values_list(field, flat=True)
    found = [getattr(person, field) for person in begun(start, field=field)]
    assert sorted(found) == sorted(value for value in values if value.startswith(start))


def test_nothing_begins_with_nothing(people: None) -> None:
    assert begun("", field="surname") == begun("", field="surname_key") == []


@pytest.mark.parametrize("words", ["", "л", "лавок", "укь кучьлавок", "ьл%вок щ", "лаво"])
def test_what_ends_with_one_of_many_words_is_what_python_says(people: None, words: str) -> None:
    @frozen
    def ending(backwards: str) -> QuerySet[Surname, str]:
        return Surname.objects.filter(key__ends_with_one_of=backwards).values_list("key", flat=True)

    ends = tuple(name_key(word[::-1]) for word in words.split())
    keys = Surname.objects.values_list("key", flat=True)
    found = ending(" ".join(end[::-1] for end in ends))
    assert sorted(found) == sorted(key for key in keys if key.endswith(ends))


def test_a_beginning_is_found_by_an_index_though_it_is_not_known(people: None) -> None:
    @frozen
    def ending(backwards: str) -> QuerySet[InsuredPerson]:
        return InsuredPerson.objects.alias(end=Reverse("phone")).filter(end__begins=backwards)

    assert [person.surname for person in ending("3000")] == ["ковальська"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for index, condition in (
            ("person_by_phone_end", "reverse(phone) ~>=~ nullif($1, '') AND reverse(phone) ~<~ ($1 || chr(1114111))"),
            ("person_by_surname", "surname_key >= nullif($1, '') AND surname_key < ($1 || chr(1114111))"),
        ):  # fmt: skip
            cursor.execute(f"PREPARE {index} (text) AS SELECT FROM insurance_insuredperson WHERE {condition}")
            cursor.execute(f"EXPLAIN EXECUTE {index} ('3000')")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            # In the order of the index or by a bitmap of it: what is cheaper among six people is not our matter.
            assert re.search(rf"Index (Only )?Scan (using|on) {index}\b", plan) and "Index Cond" in plan, plan


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"birth_year__one_of": "1981 1983"}, {1, 3}),
        ({"birth_date__one_of": "1982-05-01"}, {2}),
        ({"surname__one_of": "Коваль Кп"}, {1, 6}),
        ({"surname__one_of": ""}, set()),
        ({"birth_year__one_of": ""}, set()),
        ({"birth_date__one_of": ""}, set()),
    ],
)
def test_one_of_the_words_of_a_text(people: None, condition: Any, found: set[int]) -> None:
    years = InsuredPerson.objects.filter(Q(**condition)).values_list("birth_year", flat=True)
    assert {year - 1980 for year in years} == found

"""Who is meant stands there whatever stands beside it: another's number, a birthday nobody knows, names in pieces."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cases.insurance.test_look_up import found
from tests.cast import make_person, make_policy


@pytest.fixture
def named(project: Any, operator: Any, on_shift: Any) -> Any:
    """Makes somebody insured, of no other spelling; the operator is on shift."""
    on_shift(operator)

    def made(surname: str, given: str, born: date | None = date(1984, 3, 12), **more: str) -> int:
        number = {"number": more.pop("number")} if "number" in more else {}
        names = {"surname_latin": "", "given_name_latin": "", "phone": "", **more}
        person = make_person(surname, given, birth_date=born, **names)
        make_policy(project, person, **number)
        return int(person.pk)

    return made


# --- A birthday that nobody knows -------------------------------------------------------------------
@pytest.mark.parametrize("text", ["Петренко Василь 1984", "Василь Петренко 12.03.1984"])
def test_who_bears_both_names_and_whose_birthday_is_not_known_is_shown(
    named: Any, operator: Any, text: str
) -> None:
    meant = named("Петренко", "Василь", None)
    named("Петренко", "Ганна")
    for year in range(1930, 1955):
        named("Петренко", "Василь", date(year, 1, 1))
    assert found(operator, text)[0] == (meant, "name")


def test_a_year_of_three_digits_is_no_fault(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Марта", date(1970, 1, 1))
    assert meant in [pk for pk, _match in found(operator, "Ковальчук Олена 12.03.0984 1970")]



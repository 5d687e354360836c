"""Broken glass misused, each time refused with a sentence of its own, and nothing opened (E1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cases.privacy.actions import review_glass
from cases.privacy.models import BrokenGlass
from fregat.lib.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from staff.employees.models import Employee
from tests.cast import with_password

Browser = Callable[[Employee], Client]
Break = Callable[..., BrokenGlass]
pytestmark = pytest.mark.django_db


def sentence(refused: pytest.ExceptionInfo[Any]) -> str:
    error = refused.value
    return str(next(iter(error.errors.values()))[0]) if isinstance(error, Invalid) else str(error.sentence)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"reason": ""}, "Оберіть підставу"),
        ({"words": "   потрібно   "}, "своїми словами"),
        ({"number": "  "}, "номер повністю"),
        ({"kind": "policy"}, "що саме відкрити"),
        ({"secret": "wrong"}, "не ваш пароль"),
    ],
)
def test_without_what_is_asked_nothing_opens(broken: Break, other: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        broken(**other)
    assert said in sentence(refused)
    assert not BrokenGlass.objects.exists()


def test_not_off_shift(broken: Break, senior2: Employee) -> None:
    from tests.cast import make_employee

    off = with_password(make_employee("off", senior=senior2))
    with pytest.raises(NotAllowed) as refused:
        broken(by=off)
    assert "не на зміні" in sentence(refused)


def test_not_what_one_sees_anyway(broken: Break, operator: Employee) -> None:
    with pytest.raises(Conflict) as refused:
        broken(by=with_password(operator))
    assert "без екстреного доступу" in sentence(refused)


def test_not_more_often_than_the_day_allows(broken: Break) -> None:
    for _time in range(3):
        broken()
    with pytest.raises(NotAllowed) as refused:
        broken()
    assert "скільки дозволено" in sentence(refused)


@pytest.mark.parametrize(
    "number", ["26-999999", "Христенко", "%", "'; DROP TABLE x; --", "26-0001", "\u200b"]
)
def test_numbers_tried_in_vain_count_and_are_judged(broken: Break, number: str) -> None:
    row = broken(number=number)
    assert (row.object_uuid, row.closed_at) == (None, row.opened_at)
    broken(kind="person", number=number)
    broken(number=number)
    with pytest.raises(NotAllowed):
        broken()


def test_a_policy_without_the_birth_date_of_its_person_opens_nothing(broken: Break, case: Any) -> None:
    assert broken(kind="person", number=case.policy.number, birth_date=date(1990, 1, 1)).object_uuid is None


def test_who_guesses_the_password_is_stopped(broken: Break) -> None:
    for _time in range(5):
        with pytest.raises(Invalid):
            broken(secret="guess")
    with pytest.raises(NotAllowed) as refused:
        broken()
    assert "Забагато" in sentence(refused)


@pytest.mark.parametrize("who", ["head", "client_manager", "quality", "officer", "admin_"])
def test_not_by_whoever_has_no_right(
    broken: Break, request: pytest.FixtureRequest, page: Browser, who: str
) -> None:
    person = with_password(request.getfixturevalue(who))
    with pytest.raises(NotAllowed):
        broken(by=person)
    assert page(person).get("/privacy/glass/new/").status_code == 403


def test_a_dismissed_employee_breaks_nothing(broken: Break, breaker: Employee) -> None:
    breaker.is_active = False
    with pytest.raises(NotAllowed):
        broken()


def test_another_may_not_even_know_of_it(
    page: Browser, broken: Break, operator: Employee, senior: Employee
) -> None:
    row = broken()
    for other in (operator, senior):
        assert page(other).get(f"/privacy/glass/{row.pk}/").status_code == 404
        assert page(other).post(f"/privacy/glass/{row.pk}/close/").status_code == 404


def test_nobody_judges_their_own(broken: Break, senior2: Employee, case: Any, on_shift: Any) -> None:
    on_shift(senior2)
    row = broken(by=with_password(senior2))
    with pytest.raises(NotAllowed) as refused:
        review_glass(by=senior2, glass_id=row.pk, outcome="justified")
    assert "власний" in sentence(refused)


def test_the_database_refuses_it_too(broken: Break) -> None:
    from django.db import IntegrityError, transaction

    row = broken()
    with pytest.raises(IntegrityError, match="nobody_judges_own_glass"), transaction.atomic():
        BrokenGlass.objects.filter(pk=row.pk).update(
            reviewed_at=row.opened_at, reviewed_by=row.employee, outcome="justified"
        )


def test_it_is_judged_once_and_by_the_right_person(
    broken: Break, senior: Employee, senior2: Employee, head: Employee, officer: Employee
) -> None:
    row = broken()
    for outsider in (senior, officer):
        with pytest.raises((NotFound, NotAllowed)):
            review_glass(by=outsider, glass_id=row.pk, outcome="justified")
    with pytest.raises(Invalid):
        review_glass(by=senior2, glass_id=row.pk, outcome="unjustified")
    review_glass(by=senior2, glass_id=row.pk, outcome="unjustified", words="Пацієнт не дзвонив.")
    with pytest.raises(Conflict) as refused:
        review_glass(by=head, glass_id=row.pk, outcome="justified")
    assert "вже" in sentence(refused)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_not_one_too_many(broken: Break) -> None:
    for _time in range(2):
        broken()
    start, said = Barrier(2), []

    def attempt() -> None:
        start.wait()
        try:
            said.append(broken().pk)
        except DomainError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=attempt) for _index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("too_often") == 1
    assert BrokenGlass.objects.count() == 3

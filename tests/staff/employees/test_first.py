"""The first director and the first administrator come in from the console; everybody else by an order."""

from __future__ import annotations

import io
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from knox.models import AuthToken

from fregat.lib.errors import Conflict, Invalid
from fregat.lib.rights import Role
from staff.employees import actions
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db
SECRET = "sails-in-the-harbour"
WHO = {"username": "chief", "last_name": "Ґрунська", "first_name": "Ірина"}


def typed(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = SECRET) -> str:
    """What a command says when it is given a password as a line of its input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    said = io.StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue()


def signs_in(username: str, password: str = SECRET) -> bool:
    answer = Client().post("/accounts/login/", {"login": username, "password": password})
    return answer.status_code == 302


def test_a_new_house_gets_a_director_and_an_administrator_who_can_sign_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = typed(monkeypatch, "appoint_first", "director", "chief", "Ґрунська", "Ірина", "Павлівна")
    assert said == "Ґрунська Ірина may sign in as chief.\n"
    typed(monkeypatch, "appoint_first", "admin", "keeper", "Чорний", "Гліб")
    assert signs_in("chief")
    assert signs_in("keeper")
    assert Employee.objects.get(username="chief").patronymic == "Павлівна"


def test_a_second_one_is_refused_until_the_first_is_dismissed(director: Employee) -> None:
    with pytest.raises(Conflict) as refused:
        actions.appoint_first(role=Role.DIRECTOR, password=SECRET, **WHO)
    assert refused.value.code == "not_first"
    director.is_active = False
    director.save(update_fields=["is_active"])
    assert actions.appoint_first(role=Role.DIRECTOR, password=SECRET, **WHO).role == Role.DIRECTOR


@pytest.mark.parametrize(
    ("role", "changed", "field"),
    [
        (Role.HEAD, {}, "role"),
        (Role.DIRECTOR, {"password": "12345"}, "password"),
        (Role.DIRECTOR, {"password": "ґрунська"}, "password"),
        (Role.DIRECTOR, {"username": "orders"}, "username"),
        (Role.DIRECTOR, {"username": "два слова"}, "username"),
        (Role.DIRECTOR, {"last_name": ""}, "last_name"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_appointed(
    role: Role, changed: dict[str, str], field: str
) -> None:
    given: dict[str, Any] = {**WHO, "password": SECRET, **changed}
    with pytest.raises(Invalid) as refused:
        actions.appoint_first(role=role, **given)
    assert set(refused.value.errors) == {field}
    assert not Employee.objects.exists()


def test_the_console_says_refusals_in_words(monkeypatch: pytest.MonkeyPatch, director: Employee) -> None:
    with pytest.raises(CommandError, match="наказом директора"):
        typed(monkeypatch, "appoint_first", "director", "chief", "Ґрунська", "Ірина")
    with pytest.raises(CommandError, match="password: "):
        typed(monkeypatch, "appoint_first", "admin", "keeper", "Чорний", "Гліб", password="1")
    with pytest.raises(CommandError, match="Nobody was appointed"):
        typed(monkeypatch, "open_account", "nobody")


def test_an_account_is_opened_from_the_console_and_ends_what_was_open(
    monkeypatch: pytest.MonkeyPatch, operator: Employee
) -> None:
    actions.issue_token(by=operator)
    with pytest.raises(CommandError, match="password: "):
        typed(monkeypatch, "open_account", operator.username, password="1")
    assert AuthToken.objects.filter(user=operator).exists()
    typed(monkeypatch, "open_account", operator.username)
    assert signs_in(operator.username)
    assert not AuthToken.objects.filter(user=operator).exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_director() -> None:
    start, answers = Barrier(2), []

    def appoint(username: str) -> None:
        try:
            start.wait(20)
            actions.appoint_first(role=Role.DIRECTOR, password=SECRET, **{**WHO, "username": username})
            answers.append("appointed")
        except Conflict as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=appoint, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == ["appointed", "not_first"]
    assert Employee.objects.filter(role=Role.DIRECTOR).count() == 1

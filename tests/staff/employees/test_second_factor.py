"""The second factor of signing in: set up, asked for, lost, taken away (E4). Real codes, a real client."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, TestCase

from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.models import Notice
from staff.employees import actions
from staff.employees.models import Employee
from staff.employees.second_factor import check_settings
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/accounts/login/", "/accounts/second-factor/"
SET_UP, REMOVE = "/staff/me/second-factor/set-up/", "/staff/me/second-factor/remove/"
CODES, NEW_CODES = "/staff/me/second-factor/codes/", "/staff/me/second-factor/codes/new/"


@pytest.fixture(autouse=True)
def _nothing_tried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code_of(secret: str) -> str:
    """What the application shows now. A code is taken once, so a test that needs another clears the cache."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def password_given(employee: Employee, address: str = "", **more: Any) -> Client:
    client = Client(**more)
    client.answer = client.post(LOGIN + address, {"login": employee.username, "password": PASSWORD})  # type: ignore[attr-defined]
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirmed(client: Client, address: str) -> Any:
    """Open a page that asks for the password first."""
    asked = client.get(address, follow=True)
    assert "reauthenticate" in asked.redirect_chain[-1][0]
    return client.post(asked.redirect_chain[-1][0], {"password": PASSWORD, "next": address}, follow=True)


def set_up(employee: Employee) -> tuple[Client, str, list[str]]:
    """The person sets it up in their browser: browser, secret, recovery codes."""
    client = password_given(employee if employee.check_password(PASSWORD) else with_password(employee))
    page = confirmed(client, SET_UP)
    secret = page.context["form"].secret
    with saved():
        shown = client.post(SET_UP, {"code": code_of(secret)}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", shown.content.decode())
    cache.clear()
    return client, secret, codes


def saved() -> Any:
    """What is done when a transaction is saved is done in here."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def told(employee: Employee) -> list[str]:
    return list(Notice.objects.filter(employee=employee).order_by("id").values_list("kind", flat=True))


# --- Setting up --------------------------------------------------------------------------------------


def test_the_set_up_asks_for_the_password_and_shows_a_picture_and_the_key_as_text(operator: Employee) -> None:
    client = password_given(with_password(operator))
    page = confirmed(client, SET_UP)
    text = page.content.decode()
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in text
    assert secret in text.replace(" ", "")
    assert "no-store" in page["Cache-Control"]
    assert not Authenticator.objects.exists()


def test_a_wrong_code_sets_nothing_up(operator: Employee) -> None:
    client = password_given(with_password(operator))
    confirmed(client, SET_UP)
    for wrong in ("000000x", "", "🦜", "\x00", "1" * 500):
        answer = client.post(SET_UP, {"code": wrong})
        assert answer.status_code == 200
        assert answer.context["form"].errors
        cache.clear()
    assert not Authenticator.objects.exists()


def test_the_recovery_codes_are_shown_once(operator: Employee) -> None:
    client, _secret, codes = set_up(operator)
    assert len(set(codes)) == 10
    again = client.get(CODES).content.decode()
    assert not any(code in again for code in codes)
    assert "Залишилося 10 кодів" in again
    assert told(operator) == ["second_factor_on"]


def test_the_secret_lies_encrypted_in_the_database(operator: Employee) -> None:
    _client, secret, _codes = set_up(operator)
    for row in Authenticator.objects.all():
        assert secret not in str(row.data)
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))


def test_once_it_is_set_up_sign_ins_by_the_password_alone_end(operator: Employee) -> None:
    elsewhere = password_given(with_password(operator))
    client, _secret, _codes = set_up(operator)
    assert is_in(client)
    assert client.get("/staff/me/").status_code == 200
    assert elsewhere.get("/staff/me/").status_code == 302


# --- Signing in --------------------------------------------------------------------------------------


def test_after_the_password_the_code_is_asked_for_and_nothing_is_open_before(operator: Employee) -> None:
    _client, secret, _codes = set_up(operator)
    client = password_given(operator, "?next=/staff/me/")
    assert client.answer["Location"] == CODE  # type: ignore[attr-defined]
    assert not is_in(client)
    assert client.get("/staff/me/").status_code == 302
    assert "Введіть код" in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 302
    assert is_in(client)


def test_a_recovery_code_opens_once(operator: Employee) -> None:
    _client, _secret, codes = set_up(operator)
    client = password_given(operator)
    client.post(CODE, {"code": codes[0]})
    assert is_in(client)
    again = password_given(operator)
    again.post(CODE, {"code": codes[0]})
    assert not is_in(again)


def test_a_code_of_the_application_opens_once(operator: Employee) -> None:
    _client, secret, _codes = set_up(operator)
    code = code_of(secret)
    password_given(operator).post(CODE, {"code": code})
    again = password_given(operator)
    again.post(CODE, {"code": code})
    assert not is_in(again)


def test_codes_are_not_guessed_for_long_and_nonsense_breaks_nothing(operator: Employee) -> None:
    _client, secret, _codes = set_up(operator)
    client = password_given(operator)
    for wrong in ("000000", "", "🦜", "\x00", "x" * 5000):
        assert client.post(CODE, {"code": wrong}).status_code == 200
    assert client.post(CODE, {}).status_code == 200
    for _try in range(5):
        client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code_of(secret)})
    assert not is_in(client)


def test_without_the_password_there_is_no_page_of_the_code(operator: Employee, page: Callable) -> None:
    assert Client().get(CODE)["Location"] == LOGIN
    assert page(operator).get(CODE).status_code == 302


# --- Losing it ---------------------------------------------------------------------------------------


def test_it_is_taken_away_with_the_password_again(operator: Employee) -> None:
    set_up(operator)
    client = password_given(operator)
    client.post(CODE, {"code": Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]})
    assert client.post(REMOVE).status_code == 302
    assert Authenticator.objects.count() == 2
    confirmed(client, REMOVE)
    client.post(REMOVE)
    assert not Authenticator.objects.exists()
    assert told(operator)[-1] == "second_factor_off"
    assert is_in(password_given(operator))


def test_new_recovery_codes_make_the_old_ones_useless(operator: Employee) -> None:
    client, _secret, codes = set_up(operator)
    with saved():
        shown = client.post(NEW_CODES, follow=True)
    fresh = re.findall(r"<code>(\d{8})</code>", shown.content.decode())
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert told(operator)[-1] == "second_factor_codes"


def test_the_administrator_resets_it_and_the_person_is_told(
    operator: Employee, admin_: Employee, page: Callable
) -> None:
    client, _secret, _codes = set_up(operator)
    boss = page(admin_)
    assert "Скинути" in boss.get("/staff/operator/").content.decode()
    assert boss.post("/staff/operator/second-factor/reset/").status_code == 302
    assert not Authenticator.objects.exists()
    assert not is_in(client) or client.get("/staff/me/").status_code == 302
    assert told(operator)[-1] == "second_factor_reset"
    assert is_in(password_given(operator))


def test_nobody_else_resets_it_and_nobody_their_own(
    operator: Employee, admin_: Employee, head: Employee, director: Employee, senior: Employee, page: Callable
) -> None:
    set_up(operator), set_up(admin_)
    for person in (head, director, senior, operator):
        with pytest.raises(NotAllowed):
            actions.reset_second_factor(by=person, employee=operator)
        assert page(person).post("/staff/operator/second-factor/reset/").status_code in {403, 404}
    with pytest.raises(NotAllowed) as refused:
        actions.reset_second_factor(by=admin_, employee=admin_)
    assert refused.value.code == "own_act"
    with pytest.raises(Conflict):
        actions.reset_second_factor(by=admin_, employee=senior)
    assert Authenticator.objects.filter(type="totp").count() == 2


# --- For whom ----------------------------------------------------------------------------------------


def test_whose_position_needs_it_comes_to_the_set_up_and_nowhere_else(
    operator: Employee, senior: Employee, settings: Any
) -> None:
    settings.SECOND_FACTOR, settings.SECOND_FACTOR_ROLES = "required", frozenset({"operator"})
    client = password_given(with_password(operator))
    for address in ("/", "/staff/me/", "/tasks/"):
        assert client.get(address)["Location"] == SET_UP
    assert client.get("/staff/me/", headers={"HX-Request": "true"})["HX-Redirect"] == SET_UP
    refused = client.get("/api/v1/employees/me/")
    assert (refused.status_code, refused.json()["type"]) == (403, "second_factor")
    assert password_given(with_password(senior)).get("/staff/me/").status_code == 200
    page = confirmed(client, SET_UP)
    assert "Для вашої посади" in page.content.decode()
    client.post(SET_UP, {"code": code_of(page.context["form"].secret)})
    assert client.get("/staff/me/").status_code == 200
    assert "Прибрати" not in client.get("/staff/me/").content.decode()
    client.post(REMOVE)
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(("policy", "roles"), [("yes", set()), ("", set()), ("required", {"operators"})])
def test_a_setting_that_means_nothing_stops_the_program(settings: Any, policy: str, roles: set[str]) -> None:
    settings.SECOND_FACTOR, settings.SECOND_FACTOR_ROLES = policy, frozenset(roles)
    with pytest.raises(ImproperlyConfigured):
        check_settings()


def test_switched_off_nobody_is_asked(operator: Employee, settings: Any) -> None:
    set_up(operator)
    settings.SECOND_FACTOR = "off"
    client = password_given(operator)
    assert is_in(client)
    assert client.get(SET_UP).status_code == 409
    assert "second-factor" not in client.get("/staff/me/").content.decode()


def test_a_demonstration_account_is_exempt(operator: Employee, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    Employee.objects.filter(pk=operator.pk).update(is_demo=True)
    client = password_given(with_password(operator))
    assert client.get("/staff/me/").status_code == 200
    assert client.get(SET_UP).status_code == 409


# --- Signing papers ----------------------------------------------------------------------------------


def test_real_codes_sign_in_person_each_once(operator: Employee) -> None:
    _client, secret, codes = set_up(operator)
    code = code_of(secret)
    assert actions.confirm_in_person(by=operator, secret=code) == "second_factor"
    with pytest.raises(Invalid):
        actions.confirm_in_person(by=operator, secret=code)
    assert actions.confirm_in_person(by=operator, secret=f" {codes[3]} ") == "second_factor"
    with pytest.raises(Invalid):
        actions.confirm_in_person(by=operator, secret=codes[3])
    operator.refresh_from_db()
    assert actions.confirm_in_person(by=operator, secret=PASSWORD) == "password"


@pytest.mark.parametrize("secret", ["пароль", "🦜", "000000", "\x00", " "])
def test_what_is_no_code_signs_nothing(operator: Employee, secret: str) -> None:
    set_up(operator)
    with pytest.raises(Invalid):
        actions.confirm_in_person(by=operator, secret=secret)


# --- Two places at once ------------------------------------------------------------------------------


def test_a_second_place_at_once_is_told_to_the_person_and_the_senior_manager(
    operator: Employee, senior: Employee
) -> None:
    first = password_given(with_password(operator), REMOTE_ADDR="10.0.0.5")
    first.post(LOGIN, {"login": operator.username, "password": PASSWORD})
    assert told(operator) == told(senior) == []
    password_given(operator, REMOTE_ADDR="203.0.113.9")
    assert told(operator) == ["second_place"]
    assert told(senior) == ["second_place_of"]
    assert "203.0.113.9" in str(Notice.objects.get(employee=senior).values)


def test_a_telephone_that_shows_the_code_is_no_second_place_nor_is_a_sign_in_without_it(
    operator: Employee, senior: Employee
) -> None:
    browser, secret, _codes = set_up(operator)
    half_way = password_given(operator)
    assert not is_in(half_way)
    assert (told(senior), actions.note_second_places()) == ([], 0)
    cache.clear()  # the application's next code
    half_way.post(CODE, {"code": code_of(secret)})
    assert is_in(half_way)
    assert told(senior) == ["second_place_of"]
    assert is_in(browser)


def test_a_place_that_was_left_is_no_second_place(operator: Employee, senior: Employee) -> None:
    first = password_given(with_password(operator), REMOTE_ADDR="10.0.0.5")
    first.post("/accounts/logout/")
    password_given(operator, REMOTE_ADDR="203.0.113.9")
    assert told(senior) == []
    assert UserSession.objects.filter(user=operator).count() == 1

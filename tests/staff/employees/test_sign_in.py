"""Coming in, and being shown out (JD I.4, I.6)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from rest_framework.test import APIClient

from staff.employees import actions
from staff.employees.models import Employee
from tests.cast import PASSWORD, give_order, make_employee, with_password

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
ENDED_UK = "Зверніться до директора або керівника."
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _fast_and_without_memory(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def come_in(login: str, password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    client.answer = client.post(LOGIN, urlencode({"login": login, "password": password}), content_type=FORM)  # type: ignore[attr-defined]
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_employee_comes_in_by_sign_in_name_and_finds_the_sign_in_listed(operator: Employee) -> None:
    client = come_in(with_password(operator).username)
    assert is_in(client)
    assert client.get("/staff/me/").status_code == 200
    assert UserSession.objects.get(user=operator).ip == "127.0.0.1"


def test_the_way_back_is_kept_and_never_leads_elsewhere(operator: Employee) -> None:
    with_password(operator)
    sent = Client().get("/staff/me/")
    assert sent.status_code == 302
    assert sent["Location"] == f"{LOGIN}?next=/staff/me/"
    for wanted, got in (
        ("/staff/me/", "/staff/me/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
    ):
        answer = Client().post(
            f"{LOGIN}?next={wanted}", {"login": "operator", "password": PASSWORD, "next": wanted}
        )
        assert answer["Location"] == got


def test_a_wrong_password_gets_a_sentence_and_does_not_say_whether_the_name_exists(
    operator: Employee,
) -> None:
    with_password(operator)
    pages = [come_in(name, "wrong-password").answer for name in ("operator", "nobody-at-all")]
    sentences = [page.context["form"].non_field_errors() for page in pages]
    assert sentences[0] and sentences[0] == sentences[1]


def test_nobody_signs_up(db: None) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for address in (
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/email/",
        "/accounts/social/signup/",
    ):
        assert Client().post(address).status_code == 404
    assert not Employee.objects.exists()


def test_a_dismissed_employee_does_not_come_in_and_is_told(operator: Employee, director: Employee) -> None:
    with_password(operator)
    give_order("dismissal", operator, by=director)
    client = come_in("operator")
    assert not is_in(client)
    page = client.get(client.answer["Location"])  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert "account_inactive" in page.resolver_match.view_name


def test_five_bad_tries_lock_the_name_and_not_the_office(operator: Employee, operator2: Employee) -> None:
    with_password(operator)
    with_password(operator2)
    for _ in range(5):
        come_in("operator", "wrong-password")
    locked = come_in("operator")
    assert not is_in(locked)
    assert is_in(come_in("operator2"))


def test_an_office_of_forty_comes_in_from_one_address_within_a_minute(
    operator: Employee, senior: Employee
) -> None:
    with_password(operator)
    assert all(is_in(come_in("operator")) for _ in range(40))


def test_a_bad_name_or_password_breaks_nothing(db: None) -> None:
    for login, password in (("", ""), ("nul\x00", "nul\x00"), ("x" * 5000, "y" * 5000), ("🦜", "🦜")):
        assert Client().post(LOGIN, {"login": login, "password": password}).status_code < 500


# --- The next click of a dismissed employee ------------------------------------------------------------
def test_the_next_click_of_a_dismissed_employee_leads_out_with_a_sentence(
    operator: Employee, director: Employee
) -> None:
    client = come_in(with_password(operator).username)
    give_order("dismissal", operator, by=director)
    page = client.get("/staff/me/", follow=True)
    assert page.redirect_chain[0][0].startswith(LOGIN)
    assert ENDED_UK in page.content.decode()
    assert not is_in(client)


def test_the_next_update_in_place_leads_out_too(operator: Employee, director: Employee) -> None:
    client = come_in(with_password(operator).username)
    give_order("dismissal", operator, by=director)
    answer = client.post("/staff/me/tokens/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == LOGIN
    assert ENDED_UK in client.get(LOGIN).content.decode()


def test_the_next_call_of_the_api_is_refused_with_the_same_sentence(
    operator: Employee, director: Employee
) -> None:
    client = come_in(with_password(operator).username, client=APIClient())
    assert client.get("/api/v1/employees/me/").status_code == 200
    give_order("dismissal", operator, by=director)
    answer = client.get("/api/v1/employees/me/")
    assert answer.status_code == 403
    assert answer.json()["type"] == "access_ended"
    assert ENDED_UK in answer.json()["detail"]


def test_a_session_that_nobody_listed_ends_as_well(operator: Employee, director: Employee) -> None:
    client = come_in(with_password(operator).username)
    UserSession.objects.all().delete()
    give_order("dismissal", operator, by=director)
    assert ENDED_UK in client.get("/staff/me/", follow=True).content.decode()


def test_a_new_password_by_the_administrator_ends_the_sign_ins(operator: Employee, admin_: Employee) -> None:
    client = come_in(with_password(operator).username)
    actions.open_account(by=admin_, employee=operator, password="another-long-one-1")
    assert "Ваш сеанс завершено" in client.get("/staff/me/", follow=True).content.decode()
    assert is_in(come_in("operator", "another-long-one-1"))


def test_a_changed_role_holds_from_the_next_click(
    operator: Employee, director: Employee, page: Callable
) -> None:
    client = page(operator)
    assert client.get("/admin/").status_code == 403
    give_order("transfer", operator, by=director, role="admin")
    assert client.get("/admin/").status_code == 200


def test_signing_out_needs_a_click_not_an_image(operator: Employee, page: Callable) -> None:
    client = page(operator)
    client.get("/accounts/logout/")
    assert is_in(client)
    client.post("/accounts/logout/")
    assert not is_in(client)


def test_the_pages_of_signing_in_speak_the_language_of_the_person(operator: Employee, page: Callable) -> None:
    for address in (LOGIN, "/accounts/inactive/"):
        assert "Фрегат" in Client().get(address).content.decode()
        assert "Fregat" in Client(headers={"Accept-Language": "en"}).get(address).content.decode()
    for address in ("/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/logout/"):
        assert page(operator).get(address).status_code == 200


def test_a_password_is_changed_by_its_owner(operator: Employee) -> None:
    client = come_in(with_password(operator).username)
    new = "a-new-long-password-7"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(come_in("operator", new))


def test_somebody_appointed_without_an_account_does_not_come_in(senior: Employee) -> None:
    person = make_employee("fresh", senior=senior)
    person.set_unusable_password()
    person.save()
    assert not is_in(come_in("fresh", ""))
    assert not is_in(come_in("fresh", "!"))

"""The person's own page and `GET /employees/me/`: who I am, my sign-ins, my tokens."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from staff.employees import actions
from staff.employees.models import Employee
from tests.cast import PASSWORD, give_order, sign_in, with_password

pytestmark = pytest.mark.django_db
ME = "/staff/me/"
API_ME = "/api/v1/employees/me/"


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_the_page_shows_who_i_am_and_to_whom_i_report_now_and_before(
    operator: Employee, senior2: Employee, director: Employee, page: Callable
) -> None:
    give_order("senior_change", operator, by=director, senior=senior2)
    text = page(operator).get(ME).content.decode()
    for word in ("Ґалаган Олена", "оператор", "Щербак Лідія", "Євтушенко Марко", "Аврора"):
        assert word in text


def test_the_api_says_who_i_am(operator: Employee, api: Callable) -> None:
    answer = api(operator).get(API_ME).json()
    assert answer["username"] == "operator"
    assert answer["name"] == "Ґалаган Олена"
    assert (answer["role"], answer["role_label"]) == ("operator", "оператор")
    assert answer["projects"] == ["aurora"]
    assert answer["senior"] == {"username": "senior", "name": "Євтушенко Марко"}


def test_a_token_is_shown_once_and_opens_the_api(operator: Employee, page: Callable) -> None:
    client = page(operator)
    answer = client.post("/staff/me/tokens/", headers={"HX-Request": "true"})
    token = answer.context["new_token"]
    assert token in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert token not in client.get(ME).content.decode()
    assert with_token(token).get(API_ME).json()["username"] == "operator"


def test_the_database_does_not_know_the_token(operator: Employee) -> None:
    token = actions.issue_token(by=operator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM knox_authtoken")
        assert token not in str(cursor.fetchall())


def test_a_withdrawn_token_opens_nothing(operator: Employee, page: Callable) -> None:
    client = page(operator)
    token = client.post("/staff/me/tokens/").context["new_token"]
    name = AuthToken.objects.get().digest[:16]
    assert client.post("/staff/me/tokens/withdraw/", {"token": name}).status_code == 302
    answer = with_token(token).get(API_ME)
    assert answer.status_code == 403
    assert answer.json()["type"] == "token"


def test_nobody_withdraws_the_token_of_another(
    operator: Employee, operator2: Employee, page: Callable
) -> None:
    actions.issue_token(by=operator2)
    name = AuthToken.objects.get().digest[:16]
    assert page(operator).post("/staff/me/tokens/withdraw/", {"token": name}).status_code == 404
    for nonsense in ("", "%", name[:3], "\x00" * 16, "x" * 500):
        assert page(operator).post("/staff/me/tokens/withdraw/", {"token": nonsense}).status_code == 404
    assert AuthToken.objects.count() == 1


def test_tokens_are_not_hoarded(operator: Employee, page: Callable) -> None:
    for _ in range(10):
        actions.issue_token(by=operator)
    client = page(operator)
    assert client.post("/staff/me/tokens/").status_code == 409
    assert "disabled" in client.get(ME).content.decode()


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token x",
        "Token x y",
        "Token " + "0" * 64,
        "Token \xff\xfe",
        "Token " + "é" * 64,
        "Bearer x",
        "Token \x00",
    ],
)
def test_what_was_never_a_token_is_refused_in_the_shape_of_the_house(db: None, header: str) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    answer = client.get(API_ME)
    assert answer.status_code == 403
    assert set(answer.json()) == {"type", "detail", "errors"}
    assert answer.json()["detail"]


def test_without_a_sign_in_the_api_answers_403(db: None) -> None:
    answer = APIClient().get(API_ME)
    assert answer.status_code == 403
    assert answer.json()["type"] == "not_authenticated"


def test_a_browser_writes_through_the_api_only_with_its_csrf_token(operator: Employee) -> None:
    client = sign_in(APIClient(enforce_csrf_checks=True), operator)
    refused = client.post(API_ME, {}, format="json")
    assert refused.status_code == 403
    assert "CSRF" in refused.json()["detail"]
    client.get(ME)
    token = client.cookies["csrftoken"].value
    answer = client.post(API_ME, {}, format="json", headers={"X-CSRFToken": token})
    assert answer.status_code == 405


def test_another_browser_of_mine_is_shown_out(operator: Employee, page: Callable) -> None:
    here, there = page(operator), page(operator)
    other = next(item for item in here.get(ME).context["sessions"] if not item["current"])
    here.post(f"/staff/me/sign-ins/{other['row'].pk}/end/")
    assert there.get(ME).status_code == 302
    assert here.get(ME).status_code == 200


def test_nobody_ends_the_sign_in_of_another(operator: Employee, operator2: Employee, page: Callable) -> None:
    theirs = page(operator2).get(ME).context["sessions"][0]["row"].pk
    assert page(operator).post(f"/staff/me/sign-ins/{theirs}/end/").status_code == 404
    assert page(operator).post("/staff/me/sign-ins/99999999999999999999/end/").status_code == 404


def test_language_and_theme_are_kept_with_the_person_and_follow_to_another_computer(
    operator: Employee, page: Callable
) -> None:
    page(operator).post("/preferences/", {"language": "en", "theme": "dark"})
    page(operator).post("/preferences/", {"language": "xx", "theme": "pink"})
    operator.refresh_from_db()
    assert (operator.language, operator.theme) == ("en", "dark")
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": with_password(operator).username, "password": PASSWORD})
    text = elsewhere.get(ME).content.decode()
    assert 'lang="en"' in text
    assert 'data-bs-theme="dark"' in text


def test_only_the_administrator_opens_the_reference_data(
    admin_: Employee, operator: Employee, director: Employee, head: Employee, page: Callable
) -> None:
    text = page(admin_).get("/admin/").content.decode()
    assert "Довідкові дані" in text
    for person in (operator, director, head):
        assert page(person).get("/admin/").status_code == 403

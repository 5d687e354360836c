"""What happens to accounts and doors is written down for the administrator, and for nobody else (E4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fregat.lib import clock
from fregat.lib.errors import Conflict
from staff.employees import actions, selectors
from staff.employees.labels import SECURITY_EVENTS, SECURITY_GROUPS
from staff.employees.models import Employee, SecurityEvent
from tests.builders import PASSWORD, give_order, with_password

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]
PAGE = "/staff/security/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def events() -> list[tuple[str, str | None, str | None]]:
    """Kind, whose account, who did it; the oldest first."""
    return [
        (row.kind, row.account and row.account.username, row.by and row.by.username)
        for row in SecurityEvent.objects.order_by("pk")
    ]


def knock(name: str, password: str = PASSWORD) -> Any:
    return Client(REMOTE_ADDR="192.0.2.17").post(
        reverse("account_login"), {"login": name, "password": password},
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140"},
    )  # fmt: skip


def test_a_sign_in_says_from_where_it_came(operator: Employee) -> None:
    knock(with_password(operator).username)
    row = SecurityEvent.objects.get()
    assert (row.kind, row.account, row.address, row.browser) == (
        "signed_in",
        operator,
        "192.0.2.17",
        "Chrome, Windows",
    )


def test_a_refused_sign_in_names_the_account_and_never_what_was_typed(operator: Employee) -> None:
    with_password(operator)
    knock(operator.username, "wrong-word-1")
    knock("correct-horse-battery", "x")  # the password in the place of the name
    assert events() == [("sign_in_refused", operator.username, None), ("sign_in_refused", None, None)]
    kept = " ".join(map(str, SecurityEvent.objects.values_list("values", "browser", "address")))
    assert "wrong-word-1" not in kept and "correct-horse" not in kept


def test_a_lock_out_is_noted_once_however_often_they_knock(operator: Employee) -> None:
    with_password(operator)
    for _time in range(9):
        knock(operator.username, "wrong")
    kinds = [kind for kind, _account, _by in events()]
    assert (kinds.count("sign_in_refused"), kinds.count("locked_out")) == (5, 1)


@pytest.mark.parametrize("name", ["a\x00b", "ґ" * 500, "' OR 1=1 --"])
def test_whatever_is_typed_for_a_name_is_only_a_refusal(db: None, name: str) -> None:
    assert knock(name).status_code < 500


def test_accounts_tokens_and_second_factors_leave_a_line_each(
    operator: Employee, admin_: Employee, director: Employee
) -> None:
    actions.open_account(by=admin_, employee=operator, password="another-long-one-1")
    token = actions.issue_token(by=operator)
    from knox.models import AuthToken

    assert token
    actions.withdraw_token(by=operator, digest=AuthToken.objects.get().digest[:16])
    actions.second_factor_changed(by=operator, kind="second_factor_on")
    give_order("dismissal", operator, by=director)
    assert events() == [
        ("account_opened", "operator", "admin"), ("token_issued", "operator", "operator"),
        ("token_withdrawn", "operator", "operator"), ("second_factor_on", "operator", "operator"),
        ("account_closed", "operator", "director"),
    ]  # fmt: skip


def test_a_second_factor_that_is_reset_says_by_whom(operator: Employee, admin_: Employee) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=operator, type="totp", data={})
    actions.reset_second_factor(by=admin_, employee=operator)
    assert events() == [("second_factor_reset", "operator", "admin")]


def test_an_own_password_that_is_changed_is_noted(operator: Employee, page: Browser) -> None:
    client = page(with_password(operator))
    values = {"oldpassword": PASSWORD, "password1": "Новий-довгий-11", "password2": "Новий-довгий-11"}
    client.post(reverse("account_change_password"), values)
    assert ("password_changed", "operator", "operator") in events()


def test_reference_data_that_is_changed_says_what(admin_: Employee, page: Browser, project: Any) -> None:
    from cases.insurance.models import Currency

    Currency.objects.get_or_create(code="EUR")
    answer = page(admin_).post("/admin/insurance/currency/EUR/change/", {"rate_uah": "45.5", "rate_on": ""})
    assert answer.status_code == 302
    row = SecurityEvent.objects.get()
    assert (row.kind, row.by) == ("settings_changed", admin_)
    assert row.sentence == "Змінено довідник: Валюта: EUR"


def test_what_was_undone_leaves_no_line(operator: Employee, admin_: Employee) -> None:
    with pytest.raises(Conflict), transaction.atomic():
        actions.open_account(by=admin_, employee=operator, password="another-long-one-1")
        raise Conflict("after it")
    assert events() == []


def test_a_line_is_neither_changed_nor_deleted(operator: Employee) -> None:
    actions.note_security("signed_in", account=operator)
    for change in (
        lambda: SecurityEvent.objects.update(address=""),
        lambda: SecurityEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert SecurityEvent.objects.count() == 1


def test_the_page_is_for_the_administrator_alone(
    operator: Employee, senior: Employee, head: Employee, director: Employee, officer: Employee, admin_: Employee,
    page: Browser,
) -> None:  # fmt: skip
    actions.note_refused(operator.username)
    for person in (operator, senior, head, director, officer):
        assert page(person).get(PAGE).status_code == 403
    text = page(admin_).get(PAGE).content.decode()
    assert "ім’я або пароль" in text
    assert operator.full_name in text


def test_filters_stand_in_the_address(
    operator: Employee, senior: Employee, admin_: Employee, page: Browser
) -> None:
    actions.note_refused(operator.username)
    actions.note_security("token_issued", account=senior, by=senior)
    actions.note_security("signed_in", account=senior, by=senior, now=clock.now() - timedelta(days=5))
    client = page(admin_)

    def shown(query: str) -> list[str]:
        return [row.kind for row in client.get(f"{PAGE}?{query}").context["page"].rows]

    today = f"{clock.local(clock.now()):%d.%m.%Y}"
    assert shown("kind=refused") == ["sign_in_refused"]
    assert shown("person=senior") == ["signed_in", "token_issued"]
    assert shown(f"person=senior&since={today}") == ["token_issued"]
    assert shown("address=192.0.2.99") == []
    assert len(shown("")) == 3


def test_a_filter_that_is_not_understood_says_so_and_hides_nothing(
    operator: Employee, admin_: Employee, page: Browser
) -> None:
    actions.note_refused(operator.username)
    client = page(admin_)
    answer = client.get(f"{PAGE}?address=звідти&since=32.13.2026&kind=x&person=nobody")
    assert answer.status_code == 200
    assert "Це не мережева адреса" in answer.content.decode()
    assert len(answer.context["page"].rows) == 1
    assert client.get(f"{PAGE}?after=x").status_code == 404


def test_the_list_goes_on_by_pages_with_the_same_statements(
    operator: Employee, admin_: Employee, page: Browser
) -> None:
    client = page(admin_)
    actions.note_refused(operator.username)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _time in range(selectors.security.PAGE + 5):
        actions.note_refused(operator.username)
    with CaptureQueriesContext(connection) as many:
        first = client.get(PAGE)
    assert len(many) == len(few)
    rest = client.get(first.context["next_url"], headers={"HX-Request": "true"})
    assert len(first.context["page"].rows) + len(rest.context["page"].rows) == selectors.security.PAGE + 6


def test_every_kind_has_a_group_and_whole_words() -> None:
    for kind, row in SECURITY_EVENTS.items():
        assert row.group in SECURITY_GROUPS, kind
        assert len(kind) <= 30

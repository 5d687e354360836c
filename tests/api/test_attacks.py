"""What somebody tries who means no good (security: promises)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import give_order

pytestmark = pytest.mark.django_db
CALLS = (
    ("GET", ""), ("PATCH", ""), ("POST", "transitions/"), ("POST", "responsible/"), ("POST", "contacts/"),
    ("POST", "notes/"), ("POST", "tasks/"), ("POST", "services/"), ("POST", "escalations/"),
    ("GET", "timeline/"), ("GET", "responsibility/"), ("GET", "history/"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "call"), CALLS)
def test_anothers_case_is_a_missing_one_whatever_is_asked(
    outsider: Any, case: Any, admin_: Any, director: Any, calls: Any, method: str, call: str
) -> None:
    for program in (outsider, calls(admin_), calls(director)):
        hidden, missing = (program(method, f"/cases/{n}/{call}", {}) for n in (case["number"], "26-999999"))
        assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_anothers_escalation_shift_and_policy_are_missing_ones_even_to_who_has_no_right(
    me: Any, outsider: Any, body: Any, shift: Any, policy: Any
) -> None:
    told = me.post("/cases/", {**body, "place": {"country": "JP"}}).json()["escalations"][0]["id"]
    for method, path, data in (
        ("POST", f"/escalations/{told}/acknowledge/", None),
        ("POST", f"/escalations/{told}/cancel/", {"reason": "x"}),
        ("PATCH", f"/shifts/{shift.pk}/", {"kind": "night"}),
        ("GET", f"/policies/{policy.pk}/verdict/", None),
    ):
        assert outsider(method, path, data).status_code == 404, path
    assert me.post(f"/escalations/{told}/acknowledge/").status_code == 403
    assert me.patch(f"/shifts/{shift.pk}/", {"kind": "night"}).status_code == 403


def test_nobody_registers_with_what_belongs_to_another_project(outsider: Any, body: Any) -> None:
    answer = outsider.post("/cases/", body)
    assert answer.status_code == 400
    assert {"person", "policy"} <= set(answer.json()["errors"])


def test_fields_that_are_the_programs_own_are_not_taken(me: Any, body: Any) -> None:
    sent = {**body, "status": "closed", "number": "26-000777", "responsible": "head", "verdict": "ask"}
    made = me.post("/cases/", sent).json()
    assert (made["status"], made["responsible"]["username"], made["verdict"]) == (
        "reported", "operator", "covered",
    )  # fmt: skip
    assert made["number"] != "26-000777"


def test_a_dismissed_persons_token_and_session_open_nothing_at_the_next_request(
    me: Any, client_with_token: Any, operator: Any, director: Any, page: Any
) -> None:
    browser = page(operator)
    assert client_with_token.get("/api/v1/employees/me/").status_code == 200
    give_order("dismissal", operator, by=director)
    assert client_with_token.get("/api/v1/employees/me/").status_code == 403
    assert me.get("/employees/me/").status_code == 403
    assert browser.get("/").status_code == 302


def test_a_session_without_the_csrf_token_changes_nothing(operator: Any, shift: Any, body: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post("/api/v1/cases/", body, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["type"] == "csrf"
    assert "X-CSRFToken" in answer.json()["detail"]


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_nowhere_else(operator: Any, next_: str) -> None:
    from tests.cast import PASSWORD, with_password

    with_password(operator)
    form = {"login": "operator", "password": PASSWORD, "next": next_}
    answer = Client().post("/accounts/login/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/", "/api/v1/cases/", "/api/v1/x/"])
def test_every_answer_carries_its_headers(path: str) -> None:
    answer = Client().get(path)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/api/v1/cases/"])
def test_a_host_that_is_not_ours_is_refused_without_a_fault(settings: Any, path: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = Client(raise_request_exception=False).get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_no_copy_of_an_answer_is_kept_on_the_way(me: Any, case: Any) -> None:
    assert me.get(case["at"])["Cache-Control"] == "no-store"

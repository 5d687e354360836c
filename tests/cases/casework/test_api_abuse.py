"""Whatever a program sends gets a sentence and never a 500; nothing is half saved."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cases.casework.models import Case

pytestmark = pytest.mark.django_db
URL = "/api/v1/cases/"
CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)
"""Ukrainian is the default of whoever asks for no language."""
NUL, BELL = "a\x00b", "a\x07b"
JUNK: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**30, "", NUL, BELL, "x" * 20_001, [], {"a": {"b": []}}, [1, {"kind": 2}],
    "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "2026-13-45", "NaN", "1e999999", "🚑",
)  # fmt: skip
FIELDS = (
    "person", "policy", "insurer", "person_name", "person_birth_date", "policy_number", "caller", "place",
    "occurred_at", "description", "services", "displeased", "unusual", "token", "draft",
)  # fmt: skip


@pytest.fixture
def me(at_work: Any, api: Any) -> Any:
    client = api(at_work)
    client.raise_request_exception = False
    return client


@pytest.fixture
def good(person: Any, policy: Any) -> dict[str, Any]:
    return {
        "person": person.pk,
        "policy": policy.pk,
        "caller": {"name": "Олена", "relation": "self", "phone": "+380671234567"},
        "place": {"country": "TR", "city": "Анталья", "address": ""},
        "occurred_at": None,
        "description": "Гарячка",
        "services": [{"kind": "visit"}],
    }


def check(answer: Any, what: Any) -> None:
    assert answer.status_code in {201, 200, 400, 404, 409}, (answer.status_code, what)
    if answer.status_code == 400:
        assert answer.json()["detail"], what
        for sentences in answer.json()["errors"].values():
            assert all(isinstance(text, str) and CYRILLIC.search(text) for text in sentences), (
                what,
                sentences,
            )


@pytest.mark.parametrize("field", FIELDS)
def test_any_junk_in_a_field_of_a_new_case(me: Any, good: dict[str, Any], field: str) -> None:
    for value in JUNK:
        check(me.post(URL, {**good, field: value}), (field, value))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("caller", name) for name in ("name", "relation", "phone")]
    + [("place", name) for name in ("country", "city", "address")],
)
def test_any_junk_inside_the_caller_and_the_place(
    me: Any, good: dict[str, Any], outer: str, inner: str
) -> None:
    for value in JUNK:
        check(me.post(URL, {**good, outer: {**good[outer], inner: value}}), (inner, value))


@pytest.mark.parametrize("inner", ["kind", "expected_cost", "currency", "note"])
def test_any_junk_inside_a_service(me: Any, good: dict[str, Any], inner: str) -> None:
    for value in JUNK:
        check(me.post(URL, {**good, "services": [{"kind": "visit", inner: value}]}), (inner, value))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"1" * 10_000,
        b'{"description": "\\ud800"}', b'{"\\ud800": 1}', b'{"person_name": "\\u0000"}', b"NaN", b"x" * 1_000_001,
    ],
)  # fmt: skip
def test_a_body_that_is_no_case(me: Any, body: bytes) -> None:
    answer = me.generic("POST", URL, body, content_type="application/json")
    assert answer.status_code == 400, body[:20]
    assert answer.json()["detail"]
    assert Case.objects.count() == 0


def test_any_junk_appended_to_a_case(me: Any, good: dict[str, Any]) -> None:
    answer = me.post(URL, good)
    url, etag = f"{URL}{answer.json()['number']}/", answer["ETag"]
    calls: dict[str, dict[str, Any]] = {
        "contacts": {"channel": "phone", "direction": "in", "party": "лікар", "address": "", "text": ""},
        "notes": {"text": "x"},
        "tasks": {"text": "x", "due_at": "2026-11-24T00:00:00Z", "assignee": ""},
        "services": {"kind": "visit", "expected_cost": "1", "currency": "EUR", "note": ""},
        "escalations": {"reason": "unusual", "text": "x"},
    }
    for name, body in calls.items():
        for field in body:
            for value in JUNK:
                check(me.post(f"{url}{name}/", {**body, field: value}), (name, field, value))
    for field in ("to", "reason"):
        for value in JUNK:
            for name in ("transitions", "responsible"):
                sent = {"to": "closed" if name == "transitions" else "operator", "reason": "x", field: value}
                answer = me.post(f"{url}{name}/", sent, headers={"If-Match": etag})
                assert answer.status_code in {400, 403, 409, 412}, (name, field, value)


def test_any_junk_in_a_change(me: Any, good: dict[str, Any]) -> None:
    number = me.post(URL, good).json()["number"]
    for field in FIELDS:
        for value in JUNK:
            check(me.patch(f"{URL}{number}/", {field: value}, headers={"If-Match": "*"}), (field, value))


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x", "cursor=WzFd", "cursor=WyJ4Il0=", "cursor=WzFlOTld", "limit=0", "limit=x", "limit=99999999999",
        "number=%00", "status=%07", "insurer=x", "insurer=-1", "insurer=99999999999999999999", "due_before=x",
        "due_before=0001-01-01T00:00:00", "due_before=9999-12-31T23:59:59-12:00", "responsible=%F0%9F%9A%91",
        "country=%D0%A3%D0%9A%D0%A0",
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense(me: Any, query: str) -> None:
    check(me.get(f"{URL}?{query}"), query)
    check(me.get(f"/api/v1/escalations/?{query.replace('status', 'open')}"), query)


@pytest.mark.parametrize(
    "number", ["x", "26-1", "26-000001%00", "%F0%9F%9A%91", "26-" + "9" * 9, "..", "26-٠٠٠٠٠١"]
)
def test_a_number_that_is_none_is_a_missing_case(me: Any, number: str) -> None:
    assert me.get(f"{URL}{number}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "-1", "x", "9" * 30, "١"])
def test_an_id_that_is_none_is_a_missing_escalation(me: Any, api: Any, senior: Any, pk: str) -> None:
    assert api(senior).post(f"/api/v1/escalations/{pk}/acknowledge/").status_code == 404
    assert api(senior).post(f"/api/v1/escalations/{pk}/cancel/", {"reason": "x"}).status_code == 404

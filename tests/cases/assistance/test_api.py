"""Guarantee letters through the API."""

from __future__ import annotations

from typing import Any

import pytest

from cases.privacy.models import AccessLog

pytestmark = pytest.mark.django_db
LETTER = {"kind": "visit", "provider": "Міська лікарня", "limit": "1200.50"}


def test_given_listed_and_withdrawn(api: Any, at_work: Any, case: Any) -> None:
    program = api(at_work)
    given = program.post(f"/api/v1/cases/{case.number}/letters/", LETTER, format="json")
    assert given.status_code == 201
    body = given.json()
    assert (body["status"], body["limit"], body["currency"], body["given_by"]) == (
        "given", "1200.50", "EUR", at_work.username,
    )  # fmt: skip
    assert program.get(f"/api/v1/cases/{case.number}/letters/").json() == [body]
    assert AccessLog.objects.filter(kind="case", part="medical").count() == 2
    door = f"/api/v1/cases/{case.number}/letters/{body['id']}/withdraw/"
    assert program.post(door, {"reason": "Помилка."}, format="json").json()["status"] == "withdrawn"
    assert program.post(door, {"reason": "Помилка."}, format="json").status_code == 409


def test_beyond_the_sum_it_is_asked_and_the_senior_manager_decides(
    api: Any, at_work: Any, senior: Any, case: Any
) -> None:
    wanted = {**LETTER, "limit": "30000.01"}
    first, second = (
        api(at_work).post(f"/api/v1/cases/{case.number}/letters/", wanted, format="json").json()
        for _each in "12"
    )
    door = f"/api/v1/cases/{case.number}/letters"
    assert first["status"] == "asked"
    assert api(at_work).post(f"{door}/{first['id']}/agree/").status_code == 403
    assert api(senior).post(f"{door}/{first['id']}/agree/").json()["status"] == "given"
    refused = api(senior).post(f"{door}/{second['id']}/refuse/", {"reason": "Досить."}, format="json").json()
    assert (refused["status"], refused["refused_reason"]) == ("refused", "Досить.")


@pytest.mark.parametrize("limit", ["0", "-1", "abc", "1.001", "99999999999", None])
def test_a_limit_that_is_none_is_400_with_its_field(api: Any, at_work: Any, case: Any, limit: Any) -> None:
    answer = api(at_work).post(
        f"/api/v1/cases/{case.number}/letters/", {**LETTER, "limit": limit}, format="json"
    )
    assert answer.status_code == 400 and "limit" in str(answer.json())

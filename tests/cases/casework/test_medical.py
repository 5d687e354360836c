"""The medical part of a case: which fields it is, and how somebody reads a case without it (design: security)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from cases.casework import actions
from cases.casework.medical import FIELDS, Reading
from cases.casework.models import (
    Case,
    CaseService,
    Contact,
    Escalation,
    Note,
    Responsibility,
    Task,
    TimelineEntry,
)
from cases.handover.models import CheckDecision, Handover, HandoverHop

KINDS: dict[str, type[models.Model]] = {
    "case": Case, "service": CaseService, "contact": Contact, "note": Note, "task": Task, "escalation": Escalation,
    "timeline": TimelineEntry, "responsibility": Responsibility, "handover": Handover, "hop": HandoverHop,
    "decision": CheckDecision,
}  # fmt: skip
NOT_MEDICAL = {
    "case": {
        "number", "status", "person_name", "policy_number", "caller_name", "caller_relation", "caller_phone", "city",
        "address", "zone", "verdict",
    },
    "service": {"state"},
    "contact": {"channel", "direction"},
    "escalation": {"subject"},
    "timeline": {"kind"},
    "responsibility": {"reason"},
    "hop": {"reason"},
    "decision": {"decision"},
}  # fmt: skip
"""Texts of these rows that say nothing of anybody's health. Whoever adds a text to a row decides here or there."""


@pytest.mark.parametrize("kind", FIELDS)
def test_every_text_of_a_row_is_medical_or_known_not_to_be(kind: str) -> None:
    texts = {
        field.name
        for field in KINDS[kind]._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    }
    assert texts == (FIELDS[kind] & texts) | NOT_MEDICAL.get(kind, set())
    assert FIELDS[kind] <= {name for f in KINDS[kind]._meta.concrete_fields for name in (f.name, f.attname)}


def test_the_client_manager_reads_the_case_without_its_medical_part(
    register: Any, at_work: Any, client: Any, api: Any
) -> None:
    case = register(services=("hospital", "interpreter"), country="JP")
    actions.add_note(by=at_work, number=case.number, text="Оперують завтра.")
    shown = api(client).get(f"/api/v1/cases/{case.number}/").json()
    assert (shown["medical"], shown["description"], shown["unusual"]) == (False, None, None)
    assert shown["escalations"] == []
    assert [row["kind"] for row in shown["services"]] == [None, "interpreter"]
    assert shown["person"]["name"] == "Ґалаган Олена"
    assert shown["caller"]["phone"] == "+380671234567"
    line = api(client).get(f"/api/v1/cases/{case.number}/timeline/").json()
    assert [row["kind"] for row in line] == ["registered", "note"], "nor what was told to the senior manager"
    assert {row["text"] for row in line} == {None}


def test_the_operator_reads_all_of_it(register: Any, at_work: Any, api: Any) -> None:
    case = register(services=("hospital",), country="JP")
    shown = api(at_work).get(f"/api/v1/cases/{case.number}/").json()
    assert (shown["medical"], shown["description"]) == (True, "Гарячка 39, блювання")
    assert [row["kind"] for row in shown["services"]] == ["hospital"]
    assert {row["reason"] for row in shown["escalations"]} == {"country", "hospital"}


def test_the_page_says_that_the_part_is_closed(register: Any, client: Any, page: Any) -> None:
    case = register(services=("hospital",))
    text = page(client).get(f"/cases/{case.number}/").content.decode()
    assert "медична частина для вас закрита" in text
    assert "Медична допомога" in text
    assert "блювання" not in text


def test_a_row_behind_the_veil_keeps_what_is_not_medical() -> None:
    task = Task(text="Дзвонити лікарю.", outcome="Операція.")
    veiled = Reading(medical=False).of("task", task)
    assert (veiled.text, veiled.outcome, veiled.done_at) == (None, None, None)
    assert Reading(medical=True).of("task", task) is task

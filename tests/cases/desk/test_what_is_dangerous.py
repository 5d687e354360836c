"""The table of dangers: what stands on the board, and in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.desk import rules
from cases.desk.labels import PRESENCE_LABELS, PRESENCE_TONES, RISK_LABELS
from shifts.breaks.rules import Ready

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALM = rules.CaseFacts(
    on_duty=True, escalation_due=None, risen=False, next_due=NOW + timedelta(hours=2),
    last_at=NOW, not_accepted=False, provisional=False,
)  # fmt: skip


def codes(facts: rules.CaseFacts) -> list[str]:
    return [risk.code for risk in rules.risks(facts, NOW)]


def test_a_calm_case_has_no_danger() -> None:
    assert codes(CALM) == []
    assert rules.weight(()) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on_duty": False}, "orphan"),
        ({"escalation_due": NOW, "risen": True}, "risen"),
        ({"next_due": NOW - timedelta(seconds=1)}, "task_overdue"),
        ({"escalation_due": NOW + timedelta(minutes=9)}, "escalated"),
        ({"not_accepted": True}, "not_accepted"),
        ({"next_due": NOW + timedelta(minutes=15)}, "task_soon"),
        ({"next_due": None, "last_at": NOW - timedelta(minutes=61)}, "quiet"),
        ({"provisional": True}, "provisional"),
    ],
)
def test_each_danger_is_seen(change: dict[str, object], code: str) -> None:
    assert codes(replace(CALM, **change)) == [code]  # type: ignore[arg-type]


def test_the_worst_danger_decides_the_order() -> None:
    orphan = rules.risks(replace(CALM, on_duty=False), NOW)
    many = rules.risks(
        replace(CALM, next_due=NOW - timedelta(hours=1), not_accepted=True, provisional=True), NOW
    )
    assert rules.weight(orphan) > rules.weight(many)


def test_an_open_escalation_with_time_left_is_not_called_risen() -> None:
    assert codes(replace(CALM, escalation_due=NOW, risen=False)) == ["escalated"]


@pytest.mark.parametrize(
    ("begun", "minutes_to_start", "state"),
    [(False, 10, "coming"), (False, -1, "late"), (True, -60, "finishing")],
)
def test_where_a_person_is_in_the_working_day(begun: bool, minutes_to_start: int, state: str) -> None:
    start = NOW + timedelta(minutes=minutes_to_start)
    assert rules.presence(NOW if begun else None, start, NOW, "finishing") == state


def test_every_code_has_a_word_and_every_state_a_tone() -> None:
    assert set(RISK_LABELS) == {risk.code for risk in rules.RISKS}
    assert set(PRESENCE_LABELS) == set(PRESENCE_TONES) == {"coming", "late", *Ready}

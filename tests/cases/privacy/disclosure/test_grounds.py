"""What may leave the house: to whom it belongs, to whom is engaged, or with a consent in force (JD II.16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases.privacy.rules.disclosure import RECIPIENTS, Basis, Permit, basis

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def permit(**other: object) -> Permit:
    values = {"id": 7, "kind": "relative", "recipient": "", "parts": frozenset({"place", "medical"})}
    return Permit(**{**values, "since": NOW - HOUR, "until": NOW + HOUR, **other})  # type: ignore[arg-type]


def ask(kind: str, *permits: Permit, engaged: bool = False, recipient: str = "Донька") -> Basis | None:
    return basis(
        kind=kind, recipient=recipient, parts=("place", "medical"), engaged=engaged, permits=permits, now=NOW
    )


@pytest.mark.parametrize(
    ("kind", "ground"),
    [
        ("insurer", "insurer"),
        ("person", "person"),
        *((kind, "") for kind in RECIPIENTS if kind not in {"insurer", "person"}),
    ],
)
def test_without_engagement_and_consent_only_the_owners_receive(kind: str, ground: str) -> None:
    found = ask(kind)
    assert (found.ground if found else "") == ground


@pytest.mark.parametrize("kind", ["medical", "service"])
def test_an_engaged_institution_receives(kind: str) -> None:
    assert ask(kind, engaged=True) == Basis("engaged")


@pytest.mark.parametrize("kind", ["relative", "authority", "other"])
def test_nobody_else_is_engaged(kind: str) -> None:
    assert ask(kind, engaged=True) is None


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"kind": ""},
        {"until": None},
        {"recipient": " донька "},
        {"since": NOW},
        {"parts": frozenset({"place", "medical", "costs"})},
    ],
)
def test_a_consent_that_covers_it_lets_it_go(other: dict[str, object]) -> None:
    assert ask("relative", permit(**other)) == Basis("consent", 7)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "authority"}, {"recipient": "Син"}, {"until": NOW}, {"since": NOW + HOUR},
        {"parts": frozenset({"place"})},
    ],
)  # fmt: skip
def test_a_consent_to_something_else_does_not(other: dict[str, object]) -> None:
    assert ask("relative", permit(**other)) is None


def test_of_several_consents_one_that_covers_is_enough() -> None:
    assert ask("relative", permit(id=1, until=NOW), permit(id=2)) == Basis("consent", 2)

"""Whoever adds a status is told what it still lacks: docs/add-a-status.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.casework.statuses import ENDED, TRANSITIONS, Status
from cases.casework.views.wording import FORWARD, STEP_KEYS, STEP_LABELS
from fregat.lib import gallery

CSS = (Path(__file__).resolve().parents[3] / "static" / "src" / "css" / "components.css").read_text()


@pytest.mark.parametrize("status", list(Status))
def test_a_status_has_its_colour_and_stands_in_the_gallery(status: Status) -> None:
    assert f".status-{status} " in CSS or f".status-{status}," in CSS
    assert status in dict(gallery.STATUSES)


def test_every_step_has_a_button_of_its_own_but_reopening() -> None:
    steps = {(source, row.to) for source, rows in TRANSITIONS.items() for row in rows if source not in ENDED}
    assert set(STEP_LABELS) == steps


def test_every_status_can_be_reached_and_left() -> None:
    reached = {row.to for rows in TRANSITIONS.values() for row in rows}
    assert reached == set(Status) - {Status.DRAFT}
    assert {source for source, rows in TRANSITIONS.items() if rows} == set(Status)


def test_the_usual_step_is_lawful_and_has_a_key_of_its_own() -> None:
    assert all(to in {row.to for row in TRANSITIONS[source]} for source, to in FORWARD.items())
    assert set(STEP_KEYS) == set(FORWARD.values())
    assert len(set(STEP_KEYS.values())) == len(STEP_KEYS)

"""A team whose month is proposed by the real search, in a process of its own, as a job does it."""

from __future__ import annotations

import pytest

from fregat.lib import clock, jobs
from shifts.proposal import actions
from shifts.proposal.models import Proposal
from shifts.roster.rules import next_month

MONTH = next_month(next_month(clock.local(clock.now()).date()))
"""The database keeps its own clock in the history, which takes a step back: no time is travelled here."""


@pytest.fixture
def proposed(monkeypatch):
    """`proposed(by)` asks and lets the worker seek to the end."""
    monkeypatch.setattr(actions, "PIECE", 2)
    monkeypatch.setattr(actions, "SECONDS", 2)

    def make(by, month=MONTH, team=None) -> Proposal:
        row = actions.ask(by=by, month=month, team=team)
        jobs.sweep()
        row.refresh_from_db()
        return row

    return make

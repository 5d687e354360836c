"""Browser tests: a Ukrainian-speaking person at the running program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.live import LiveServices


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_services: LiveServices) -> dict[str, Any]:
    """Addresses are relative to the running program; the window is an operator's."""
    return browser_context_args | {
        "base_url": live_services.base_url,
        "locale": "uk-UA",
        "timezone_id": "Europe/Kyiv",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Playwright's page: elsewhere `page` is the cast's Django client."""
    return context.new_page()


@pytest.fixture
def handover_id(live_services: LiveServices) -> Iterator[int]:
    """A handover that waits for the operator."""
    from cases.casework.models import Case
    from cases.handover.models import Handover, HandoverHop
    from fregat.lib import clock
    from shifts.roster.models import Shift

    with live_services.orm():
        now = clock.now()
        case = Case.objects.open().filter(responsible__username="operator").earliest("pk")
        shift = Shift.objects.filter(employee__username="operator2", ends_at__lte=now).latest("ends_at")
        row = Handover.objects.create(
            case=case, shift=shift, giver=shift.employee, receiver=case.responsible, moved_at=now,
            due_at=now + timedelta(minutes=14), summary="Лікар їде.", next_step="Подзвонити до готелю.",
        )  # fmt: skip
        hop = HandoverHop.objects.create(handover=row, to=case.responsible, at=now, reason="shift_end")
    yield row.pk
    with live_services.orm():
        hop.delete()
        row.delete()

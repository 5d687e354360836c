"""Browser tests: a Ukrainian-speaking person at the running program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.live import LiveServices

FAR = timedelta(days=100)
"""So far ahead that nothing of the demonstration lies there."""


def on_shift_again(live: LiveServices, username: str) -> None:
    """The demonstration's shift of this person runs, whatever a test before has ended."""
    from fregat.lib import clock
    from shifts.roster.models import Shift

    with live.orm():
        # Otherwise the next shift begins this very minute, and who moves its end finds it too short.
        now = clock.now()
        just_over = Shift.objects.filter(ends_at__range=(now - timedelta(minutes=30), now))
        just_over.filter(employee__username=username).update(ends_at=now - timedelta(hours=2))
    live.manage("seed")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_services: LiveServices) -> dict[str, Any]:
    """Addresses are relative to the running program; the window is an operator's."""
    return browser_context_args | {
        "base_url": live_services.base_url,
        "locale": "uk-UA",
        "timezone_id": "Europe/Kyiv",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture(autouse=True)
def nobody_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whom a test has brought in leaves with it, also when it fails: their pages would go on hearing and reading
    what comes, under the eyes of the next test or of the second try."""
    browser: Browser | None = (
        request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    )
    yield
    for context in browser.contexts if browser else ():
        context.close()


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


@pytest.fixture
def morning(live_services: LiveServices) -> Iterator[None]:
    """The operator has no open case and no half-typed call; afterwards the demonstration goes on."""
    from cases.casework.models import Case
    from fregat.lib.models import FormDraft

    with live_services.orm():
        Case.objects.open().filter(responsible__username="operator").update(status="cancelled")
        FormDraft.objects.filter(employee__username="operator").delete()
    yield
    with live_services.orm():
        FormDraft.objects.filter(employee__username="operator").delete()
    on_shift_again(live_services, "operator")


@pytest.fixture
def lunch(live_services: LiveServices) -> Iterator[None]:
    """The operator's lunch of the demonstration waits; afterwards it stands as it stood."""
    from fregat.lib import clock
    from shifts.breaks.models import Break

    with live_services.orm():
        mine = Break.objects.filter(shift__employee__username="operator", shift__ends_at__gt=clock.now())
        before = list(mine.values())
        assert [row["state"] for row in before] == ["asked"]
    yield
    with live_services.orm():
        mine.exclude(pk=before[0]["id"]).delete()
        mine.update(**{name: value for name, value in before[0].items() if name != "id"})


@pytest.fixture
def two_shifts(live_services: LiveServices) -> Iterator[dict[str, datetime]]:
    """A published shift of each of the two; afterwards nothing of them stands."""
    from fregat.lib import clock
    from shifts.exchange.models import Exchange
    from shifts.roster.actions import cancel_shift, plan_shift
    from shifts.roster.models import Shift
    from staff.employees.models import Employee

    starts = {}
    with live_services.orm():
        first = (clock.now() + FAR).replace(hour=8, minute=0, second=0, microsecond=0)
        for days, name in ((0, "operator"), (4, "operator2")):
            starts[name] = first + timedelta(days=days)
            plan_shift(
                by=None, employee=Employee.objects.get(username=name), kind="day", starts_at=starts[name],
                ends_at=starts[name] + timedelta(hours=9),
            )  # fmt: skip
    yield starts
    with live_services.orm():
        Exchange.objects.open().filter(shift__starts_at__gte=first).update(
            state="fallen", fallen_at=clock.now(), fallen_why="cancelled"
        )
        for pk in Shift.objects.standing().filter(starts_at__gte=first).values_list("pk", flat=True):
            cancel_shift(by=None, shift_id=pk, reason="Після перевірки.")

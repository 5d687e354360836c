"""A month proposed by the program: asked for, written, taken back, edited, published; its worker killed half-way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_instructions import person
from tests.browser.test_whole_day import SOON
from tests.live import LiveServices

MONTH = (date.today() + timedelta(days=240)).replace(day=1)
"""Nothing of the demonstration lies there."""
FIRST = 5
"""Seconds of a first piece in which something is found on a busy machine too."""
CLOSE_TO_THE_END, SHORT = 57, 60
"""Seconds that have been sought, of so many: the piece that is left lasts three."""


@pytest.fixture(autouse=True)
def nothing_left(live_services: LiveServices) -> Iterator[None]:
    """Afterwards the month is as empty as before."""
    from fregat.lib import clock
    from shifts.proposal.models import Proposal
    from shifts.roster.models import Shift
    from staff.employees.models import Employee

    yield
    with live_services.orm():
        head = Employee.objects.get(username="head")
        rows = Shift.objects.planned().filter(starts_at__date__gte=MONTH)
        rows = rows.filter(starts_at__date__lt=MONTH + timedelta(days=32))
        rows.update(cancelled_at=clock.now(), cancelled_by=head, reason="Перевірку закінчено.")
        Proposal.objects.all().delete()


@contextmanager
def other_search(live: LiveServices) -> Iterator[None]:
    """Another search runs: the one asked for waits for its turn."""
    from shifts.proposal.actions import _ONE_AT_A_TIME

    with closing(psycopg2.connect(live.environment["DATABASE_URL"])) as link, link.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        link.commit()
        yield


def drafts(page: Page) -> Locator:
    return page.locator("#roster .month .is-draft")


def test_a_month_is_proposed_written_taken_back_edited_and_published(
    live_services: LiveServices, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    page = person(browser, browser_context_args, "senior2")
    count = asked_and_found(live_services, page)
    expect(page.locator("#lacks")).to_contain_text("Бракує")
    expect(page.locator("#lacks")).to_contain_text("відпочива")
    expect(page.locator("#unled")).to_contain_text("Ніхто не веде")
    address = page.url
    page.keyboard.press("Control+Enter")
    expect(drafts(page)).to_have_count(count, timeout=SOON)
    page.keyboard.press("Control+z")
    expect(drafts(page)).to_have_count(0, timeout=SOON)
    page.goto(address)
    expect(page.locator("#proposal")).to_contain_text("можна записати знову")
    page.keyboard.press("Control+Enter")
    expect(drafts(page)).to_have_count(count, timeout=SOON)
    edited_and_published(page, count)
    in_the_roster(live_services, count - 1)
    page.context.close()


def asked_and_found(live: LiveServices, page: Page) -> int:
    """How many drafts the program would write; its progress was seen."""
    from shifts.proposal.models import Proposal

    with other_search(live):
        page.goto(f"/roster/proposal/?month={MONTH:%Y-%m}")
        expect(page.locator("#id_month")).to_be_focused()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#proposal")).to_contain_text("Чекає своєї черги")
        with live.orm():
            Proposal.objects.update(spent=CLOSE_TO_THE_END)
        expect(page.locator("#proposal")).to_contain_text("57 с із 60 с", timeout=SOON)
    expect(page.locator("[data-submit-default]")).to_contain_text("чернет", timeout=SOON)
    with live.orm():
        row = Proposal.objects.get()
        assert (row.state, row.spent) == ("ready", SHORT)
        return len(row.chosen)


def edited_and_published(page: Page, count: int) -> None:
    """One draft is taken out by a key, the others are published."""
    cell = page.locator('#roster td[data-who="stranger"]', has=page.locator(".is-draft")).first
    day = cell.get_attribute("data-day")
    cell.focus()
    page.keyboard.press("x")
    expect(page.locator(f'td[data-who="stranger"][data-day="{day}"] .mark')).to_have_count(0, timeout=SOON)
    expect(drafts(page)).to_have_count(count - 1)
    page.locator("#publish").click()
    expect(page.locator("#roster")).to_contain_text("Опубліковано", timeout=SOON)
    expect(drafts(page)).to_have_count(0)


def in_the_roster(live: LiveServices, count: int) -> None:
    """What was published stands there, and the senior manager leads."""
    from shifts.roster.models import Shift

    with live.orm():
        rows = Shift.objects.standing().filter(starts_at__date__gte=MONTH)
        assert rows.count() == count
        assert {row.employee.username for row in rows.filter(leads=True)} == {"senior2"}


def searching(worker: int) -> int | None:
    """The process in which a piece is being sought, of this worker's group."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes()
                if b"shifts.proposal.rules" in command and os.getpgid(int(folder.name)) == worker:
                    return int(folder.name)
            except (FileNotFoundError, ProcessLookupError):
                continue  # gone while one looked
    return None


def test_a_search_whose_process_and_whose_worker_are_killed_goes_on_from_what_was_found(
    live_services: LiveServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fregat.lib.models import Job, Notice
    from shifts.proposal.models import Proposal

    live_services.kill("worker")
    pk, found = one_piece_sought(live_services, monkeypatch)
    try:
        live_services.restart("worker")
        os.kill(piece_of(live_services), signal.SIGKILL)
        with live_services.orm():
            live_services.wait_until(lambda: Proposal.objects.get(pk=pk).tries == 1)
        piece_of(live_services)
        live_services.kill("worker")
        with live_services.orm():
            row = Proposal.objects.get(pk=pk)
            assert (row.state, row.spent, row.chosen) == ("working", FIRST, found)
            assert Job.objects.get(kind="proposal", subject_id=pk).done_at is None
            Proposal.objects.filter(pk=pk).update(seconds=FIRST + 3)
    finally:
        live_services.restart("worker")
    with live_services.orm():
        live_services.wait_until(lambda: Proposal.objects.get(pk=pk).state == "ready")
        row = Proposal.objects.get(pk=pk)
        assert (row.spent, row.tries, bool(row.chosen)) == (FIRST + 3, 1, True)
        assert Notice.objects.filter(kind="proposal_ready", url__contains=f"/{pk}/").count() == 1
        assert not Job.objects.filter(kind="proposal", done_at=None).exists()


def one_piece_sought(live: LiveServices, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[Any]]:
    """A proposal for everybody, of which the first piece has been sought: its id and what was found."""
    from django.db import transaction

    from fregat.lib import clock, jobs
    from shifts.proposal import actions
    from shifts.proposal.models import Proposal
    from staff.employees.models import Employee

    monkeypatch.setattr(actions, "PIECE", FIRST)
    monkeypatch.setattr(jobs, "wake", lambda: None)  # the worker is away, and this process has another broker
    with live.orm():
        head = Employee.objects.get(username="head")
        row = actions.ask(by=head, month=MONTH, now=clock.now())
        with transaction.atomic():
            actions.go_on(row.pk, clock.now())
        row = Proposal.objects.get(pk=row.pk)
        assert (row.state, row.spent, row.tries) == ("working", FIRST, 0)
        return row.pk, row.chosen


def piece_of(live: LiveServices) -> int:
    """The worker seeks now: the process in which it does."""
    worker = live.pid("worker")
    live.wait_until(lambda: searching(worker) is not None)
    found = searching(worker)
    assert found is not None
    return found

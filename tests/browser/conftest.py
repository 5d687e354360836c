"""Browser tests: a Ukrainian-speaking person at the running program."""

from __future__ import annotations

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

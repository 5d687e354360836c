"""What every test stands on: the database of this worker, as the application's role sees it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase

from tests.database import TestDatabase
from tests.live import LiveServices

pytest_plugins = ["tests.cast", "tests.prepared"]
NO_BROWSER = os.environ.get("BROWSER") == "none"


def pytest_configure() -> None:
    """Sign-ins of in-process tests need no slow hash; a busy machine draws examples slowly, which is no fault."""
    import hypothesis
    from django.conf import settings

    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("fregat", deadline=None, suppress_health_check=slow)
    hypothesis.settings.load_profile("fregat")

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no name: a workbook holds the second in which it was made, and each worker makes its own."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[TestDatabase]:
    """pytest-django's database, replaced: two roles, a template, a copy."""
    database = TestDatabase(f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    original = TransactionTestCase._fixture_teardown

    def renew(_case: TransactionTestCase) -> None:
        database.renew()

    with django_db_blocker.unblock():
        database.create()
        TransactionTestCase._fixture_teardown = renew
    yield database
    TransactionTestCase._fixture_teardown = original
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session")
def live_services(django_db_blocker: Any) -> Iterator[LiveServices]:
    """The whole program, running, with demonstration data (see tests/live.py)."""
    live = LiveServices()
    try:
        with django_db_blocker.unblock():
            yield live.start()
    finally:
        live.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright drives the Chromium of this machine."""
    from tests.chromium import Missing, find_or_install

    try:
        path = find_or_install()
    except Missing as missing:
        pytest.exit(str(missing), returncode=2)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": path, "args": flags}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked by their folder. Each worker of xdist has a running program of its own for them."""
    for item in items:
        if "browser" in item.path.parts:  # not by the name `page`: the cast has one too, a Django client
            item.add_marker("browser")
        if item.get_closest_marker("browser"):
            item.user_properties.append(("browser", "yes"))  # for .ci/summary
        if item.get_closest_marker("browser") or item.get_closest_marker("chaos"):
            item.add_marker(pytest.mark.flaky(reruns=1))  # docs/adr/0019
        if NO_BROWSER and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="BROWSER=none"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many browser tests passed and which needed a second try; say loudly when they were left out."""
    reports = terminalreporter.stats
    for report in reports.get("rerun", []):
        terminalreporter.write_line(f"NEEDED A SECOND TRY: {report.nodeid}", yellow=True, bold=True)
        terminalreporter.write_line(report.longreprtext[-3000:])
    passed = sum("browser" in report.keywords for report in reports.get("passed", []))
    terminalreporter.write_line(f"browser: {passed} passed")
    if NO_BROWSER:
        terminalreporter.write_line("BROWSER=none: NO BROWSER TEST WAS RUN", red=True, bold=True)

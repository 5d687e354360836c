"""Starts PostgreSQL and Valkey for the tests before anything reads the settings.

Loaded by `-p` (pyproject.toml): a conftest.py would come after pytest-django has read the settings,
and the tests would go to the database of a running `make run`. Workers of xdist inherit the
environment and start nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from fregat.embedded import Services

MARK = "FREGAT_TEST_SERVICES"
_services: Services | None = None


def _start() -> None:
    global _services
    if MARK not in os.environ:
        root = Path(tempfile.mkdtemp(prefix="fregat-test-"))
        root.chmod(0o755)
        _services = Services(root, durable=False).start()
        fixed = {
            "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
            "HTTPS": "false",
            "DEBUG": "false",
            "DEMO": "false",
            "CONN_MAX_AGE": "0",
            "EMAIL_URL": "dummy:",
            "LIVE_ORIGIN": "",
            "PAGE_ORIGINS": "",
            "METRICS_TOKEN": "",
        }
        os.environ.update(fixed | _services.environment() | {MARK: str(root)})
    # pub/sub knows no database numbers: each worker has names of its own in the one Valkey.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["KEY_PREFIX"] = f"test-{worker}:"
    # Playwright's event loop runs in the test's thread; the tests use the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


_start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop what this process started and remove its folder."""
    global _services
    if _services:
        services, _services = _services, None
        services.stop()
        shutil.rmtree(services.root, ignore_errors=True)
        os.environ.pop(MARK, None)

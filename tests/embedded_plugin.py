"""Starts PostgreSQL and Valkey for the tests before anything reads the settings.

Loaded by `-p` (pyproject.toml): a conftest.py would come after pytest-django has read the settings,
and the tests would go to the database of a running `make run`. Workers of xdist inherit the
environment and start nothing.

A migrated cluster is kept under `var/tests/` by the content of the migrations, so that the next run
begins with a copy of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from fregat.embedded import BASE_DIR, Services
from fregat.translations import compile_stale
from tests.database import has_template

MARK = "FREGAT_TEST_SERVICES"
KEPT = BASE_DIR / "var" / "tests"
KEPT_CLUSTERS = 2
_services: Services | None = None


def _key() -> str:
    """Changes with everything that a migrated database depends on."""
    digest = hashlib.sha256()
    rooms = [BASE_DIR / name for name in ("fregat", "staff", "shifts", "cases")]
    files = [p for room in rooms for p in room.rglob("*.py") if "migrations" in p.parts]
    alone = [
        BASE_DIR / "requirements.lock",
        *(BASE_DIR / "fregat" / "embedded").glob("*.py"),
        BASE_DIR / "fregat" / "settings.py",
    ]
    for path in sorted([*files, *alone, *(BASE_DIR / "fregat" / "management").rglob("migrate.py")]):
        digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _copy(source: Path, target: Path) -> bool:
    """Copy a stopped cluster and the passwords of its roles, owners and all."""
    parts = [source / "postgres", source / "secrets.json"]
    if not all(part.exists() for part in parts):
        return False
    done = subprocess.run(["cp", "-a", "--reflink=auto", *parts, target], check=False, capture_output=True)
    return done.returncode == 0


def _start() -> None:
    global _services
    if MARK not in os.environ:
        compile_stale()  # sentences are compared in Ukrainian, in a fresh clone too
        _sweep_left_behind()
        root = Path(tempfile.mkdtemp(prefix="fregat-test-"))
        root.chmod(0o755)
        if not _copy(KEPT / _key(), root):
            shutil.rmtree(root / "postgres", ignore_errors=True)
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
            "ACCESS_LOG_ANCHOR": "",
        }
        os.environ.update(fixed | _services.environment() | {MARK: str(root), "FREGAT_TEST_KEY": _key()})
    # pub/sub knows no database numbers: each worker has names of its own in the one Valkey.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["KEY_PREFIX"] = f"test-{worker}:"
    # Playwright's event loop runs in the test's thread; the tests use the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _keep(root: Path, key: str) -> None:
    """Keep the stopped cluster for the next run, and the last few of others."""
    if (KEPT / key).exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT_CLUSTERS]:
        shutil.rmtree(old, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix="part-", dir=KEPT))
    if _copy(root, part):
        with contextlib.suppress(OSError):  # another run was first
            part.rename(KEPT / key)
    shutil.rmtree(part, ignore_errors=True)


def _sweep_left_behind() -> None:
    """Remove folders of runs that were killed: nobody holds their lock."""
    for lock in Path(tempfile.gettempdir()).glob("fregat-*-*/lock"):
        with contextlib.suppress(OSError), lock.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)


_start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop what this process started and remove its folder."""
    global _services
    if _services:
        services, _services = _services, None
        key = os.environ.pop("FREGAT_TEST_KEY")
        worth = not (KEPT / key).exists() and has_template()
        services.stop()
        if worth:
            _keep(services.root, key)
        shutil.rmtree(services.root, ignore_errors=True)
        os.environ.pop(MARK, None)

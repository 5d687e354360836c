"""Finds a Chromium for the browser tests, or installs one, or says what to type."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium of this machine: CHROMIUM, the PATH, Playwright's own. None without one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).exists():
            pytest.exit(f"CHROMIUM names {named}, which does not exist.", returncode=2)
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = sorted(folder.glob("chromium*/chrome-*linux*/*")) if folder.is_dir() else []
    return next(
        (str(p) for p in reversed(found) if p.name in {"chrome", "headless_shell", "chrome-headless-shell"}),
        None,
    )


def find_or_install() -> str:
    """A Chromium, installed when there is none. Stops the session with the exact command otherwise."""
    lock = Path(tempfile.gettempdir()) / f"fregat-chromium-{os.getuid()}.lock"
    with lock.open("w") as held:  # one of several workers installs, the others find
        fcntl.flock(held, fcntl.LOCK_EX)
        return (
            find()
            or _install()
            or pytest.exit(
                "The browser tests need a Chromium and none could be installed. Type one of\n"
                "  sudo apt-get install chromium\n"
                f"  {sys.executable} -m playwright install chromium\n"
                "or name one (CHROMIUM=/path/to/chrome make test), or leave these tests out: BROWSER=none make test",
                returncode=2,
            )
        )


def _install() -> str | None:
    apt = os.geteuid() == 0 and shutil.which("apt-get")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    if apt:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update", "-qq"], env=environment, **quiet)
        command = [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(command, env=environment, **quiet)
        if found := find():
            return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], **quiet)
    return find()

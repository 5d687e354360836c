"""Finds a Chromium for the browser tests, or installs one, or says what to type.

`make test` asks before it starts (`python -m tests.chromium`): a test in one of several workers could
not make itself heard.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OWN_NAMES = {"chrome", "headless_shell", "chrome-headless-shell"}
STDERR = 2
LEFT_OUT = "BROWSER=none: NO BROWSER TEST IS RUN"


class Missing(Exception):
    """There is no Chromium; the text says what to type."""


def find() -> str | None:
    """The path of a Chromium of this machine: CHROMIUM, the PATH, Playwright's own. None without one."""
    if named := os.environ.get("CHROMIUM"):
        if not _starts(named):
            raise Missing(f"CHROMIUM names {named}, which does not start.")
        return named
    on_path = [path for name in NAMES if (path := shutil.which(name))]
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    own = sorted(folder.glob("chromium*/chrome-*linux*/*"), reverse=True) if folder.is_dir() else []
    candidates = [*on_path, *(str(path) for path in own if path.name in OWN_NAMES)]
    return next((path for path in candidates if _starts(path)), None)


def find_or_install() -> str:
    """A Chromium, installed when there is none. Raises Missing with the exact command."""
    lock = Path(tempfile.gettempdir()) / f"fregat-chromium-{os.getuid()}.lock"
    with lock.open("w") as held:  # one of several workers installs, the others find
        fcntl.flock(held, fcntl.LOCK_EX)
        if found := find() or _install():
            return found
    raise Missing(
        "The browser tests need a Chromium and none could be installed. Type one of\n"
        "  sudo apt-get install chromium\n"
        f"  sudo {sys.executable} -m playwright install-deps chromium &&"
        f" {sys.executable} -m playwright install chromium\n"
        "or name one (CHROMIUM=/path/to/chrome make test), or leave these tests out: BROWSER=none make test"
    )


def _starts(path: str) -> bool:
    """Ubuntu's chromium-browser may be no more than a hint to install another, and a library may be missing."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _install() -> str | None:
    """By apt when we are root, else Playwright's own, with the libraries it needs where that is allowed."""
    apt = shutil.which("apt-get") if os.geteuid() == 0 else None
    if apt:
        _try(apt, "update", "-qq")
        _try(apt, "install", "-y", "-qq", "--no-install-recommends", "chromium")
        if found := find():
            return found
    _try(sys.executable, "-m", "playwright", "install", *(["--with-deps"] if apt else []), "chromium")
    return find()


def _try(*command: str) -> None:
    """Run an installer, its words on our standard error: it may take minutes, or say why it cannot."""
    print("$", *command, file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=STDERR, check=False)


def main() -> int:
    """What `make test` does first."""
    if os.environ.get("BROWSER") == "none":
        print(LEFT_OUT, file=sys.stderr)
        return 0
    try:
        print(f"Browser tests use {find_or_install()}")
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

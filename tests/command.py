"""The program as a person starts it: `make run` in a folder of its own.

The folder holds a copy of the code and borrows the packages of this one, so that its `var/` is its own
and a running `make run` of this folder is left alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from fregat.embedded import BASE_DIR
from fregat.processes import die_with_parent
from tests.live import free_ports

CODE = ("fregat", "staff", "shifts", "cases", "templates", "locale", "static", ".ci")
FILES = ("manage.py", "Makefile", "package.json", "package-lock.json", "vite.config.js", "requirements.lock")
BORROWED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "KEY_PREFIX", "EMAIL_URL",
            "ALLOWED_HOSTS", "LIVE_ORIGIN", "PAGE_ORIGINS", "HTTPS", "DEBUG", "DEMO", "CONN_MAX_AGE")  # fmt: skip
"""Settings of the test's own servers, which a person who types `make run` has not set."""
READY_SECONDS = 300  # a slow machine with everything else at once


def unprivileged() -> list[str]:
    """What makes a command run as nobody when we are root; nothing when we are not.

    Everything may be read, as it might be with a Python under root's own home; nothing of others written.
    """
    if os.geteuid() != 0:
        return []
    caps = "+dac_read_search"
    return ["setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups", f"--inh-caps={caps}",
            f"--ambient-caps={caps}", "--pdeathsig=TERM"]  # fmt: skip


def _as_typed() -> Callable[[], None]:
    """A `preexec_fn`: signals mean what they mean to whoever types a command, also when we run under `nohup`."""
    end_with_us = die_with_parent(signal.SIGTERM)

    def prepare() -> None:
        for sig in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            signal.signal(sig, signal.SIG_DFL)
        end_with_us()

    return prepare


class Folder:
    """A folder in which somebody types `make run`."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="fregat-run-")).resolve()
        self.root.chmod(0o755)
        # Held as long as we live: folders that nobody holds are swept away (tests/embedded_plugin.py).
        self.hold = (self.root / "lock").open("w")
        fcntl.flock(self.hold, fcntl.LOCK_EX)
        self.port = free_ports()
        self.url = f"http://127.0.0.1:{self.port}"
        self.as_nobody = False
        self.make: subprocess.Popen[bytes] | None = None
        for name in CODE:
            shutil.copytree(BASE_DIR / name, self.root / name)
        for name in FILES:
            shutil.copy2(BASE_DIR / name, self.root)
        (self.root / ".venv").symlink_to(sys.prefix)
        # Set up already: make compares the times of these.
        for made in (self.root / "node_modules" / ".ok", self.root / "static" / "dist" / "manifest.json"):
            made.parent.mkdir(exist_ok=True)
            made.touch()

    # --- starting and stopping ------------------------------------------------------------------
    def run(self, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start a command here as somebody would who has set nothing but `variables`."""
        own = {key: value for key, value in os.environ.items() if key not in BORROWED}
        output = (self.root / "output").open("ab")
        return subprocess.Popen(
            [*(unprivileged() if self.as_nobody else []), *arguments],
            cwd=self.root,
            env=own | {"PORT": str(self.port)} | variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_as_typed(),
        )

    def said(self, *arguments: str, **variables: str) -> tuple[int, str]:
        """Run a command here to its end: its exit code, and what it said."""
        before = len(self.output())
        code = self.run(*arguments, **variables).wait(READY_SECONDS)
        return code, self.output()[before:]

    def output(self) -> str:
        """What all commands here said."""
        path = self.root / "output"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self, **variables: str) -> None:
        """`make run`, unless it runs, and wait until it greets. Raises AssertionError when it does not."""
        if self.make and self.make.poll() is None:
            return
        greetings = self.output().count("Ctrl-C stops everything")
        self.make = self.run("make", "run", **variables)
        deadline = time.monotonic() + READY_SECONDS
        while self.output().count("Ctrl-C stops everything") == greetings:
            assert self.make.poll() is None, self.output()[-3000:]
            assert time.monotonic() < deadline, self.output()[-3000:]
            time.sleep(0.05)

    def wait_ready(self) -> None:
        """Wait until /readyz says yes. Raises AssertionError."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(self.output()[-3000:])

    def rest(self) -> None:
        """Nothing runs here from now on, whichever test came before."""
        if self.make and self.make.poll() is None:
            os.kill(self.make.pid, signal.SIGTERM)
        self.wait_end()

    def wait_end(self, seconds: float = 60) -> None:
        """Wait until nothing runs here. Raises AssertionError with what was said, and leaves nothing behind."""
        deadline = time.monotonic() + seconds
        while self.living():
            if time.monotonic() > deadline:
                left = self.living()
                self.kill()
                raise AssertionError(f"{left}\n{self.output()[-3000:]}")
            time.sleep(0.1)
        if self.make:
            self.make.wait(5)

    def kill(self) -> None:
        """End what runs here at once."""
        while living := self.living():
            for pid in living:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
        if self.make:
            self.make.wait(30)

    def remove(self) -> None:
        """End what still runs here and remove the folder."""
        self.kill()
        shutil.rmtree(self.root, ignore_errors=True)
        self.hold.close()

    # --- looking --------------------------------------------------------------------------------
    def supervisor(self) -> int:
        """The process that keeps the others alive, from the lock of the folder."""
        return int((self.root / "var" / "lock").read_text().split()[1])

    def living(self) -> dict[int, str]:
        """The processes of this folder: they stand in it, or their command line names it."""
        return {pid: command for pid, command in _processes() if self._is_mine(pid, command)}

    def _is_mine(self, pid: int, command: str) -> bool:
        try:
            standing = Path(f"/proc/{pid}/cwd").readlink()
        except OSError:
            return False
        return bool(command) and (str(self.root) in command or standing.is_relative_to(self.root))


def _processes() -> Iterator[tuple[int, str]]:
    """Every process of the system with its command line, which is empty when it is dead."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue

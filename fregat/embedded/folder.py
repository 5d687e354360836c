"""The folder of the servers' data: whose it is, its passwords, and who uses it now."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

BASE_DIR = Path(__file__).resolve().parents[2]
LONG_LIVED = Path("/var/tmp")
SOCKET_PATH_LIMIT = 85  # bytes; the kernel's 107 less the name of the socket itself


class Held(Exception):
    """Somebody else runs the services of this folder; the text says who."""


class Folder:
    """Where the servers of one folder keep what.

    `root` is the folder; `data` PostgreSQL's cluster; `sockets` both servers' sockets; `user` who runs
    PostgreSQL when we are root (it refuses to run as root), None when we are not.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        mark = digest(self.root)
        open_to_all = os.geteuid() != 0 or reachable(self.root)
        self.data = (self.root if open_to_all else LONG_LIVED / f"fregat-{mark}") / "postgres"
        self.user = _other_user(self.data)
        self.sockets = self.root / "s"
        if len(os.fsencode(self.sockets)) > SOCKET_PATH_LIMIT or not open_to_all:
            self.sockets = Path(tempfile.gettempdir()) / f"fregat-{mark}"
        self._lock: IO[str] | None = None

    def give(self, path: Path) -> None:
        """Let PostgreSQL's user have a path."""
        if self.user:
            shutil.chown(path, self.user.pw_name)

    def make_private(self, path: Path) -> None:
        """Make a folder for the servers alone. Raises SystemExit when somebody else was there first."""
        path.mkdir(parents=True, exist_ok=True)
        found = path.lstat()  # in /tmp anybody may have put a link in its place
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in self._ours():
            raise SystemExit(f"{path} is not ours: it belongs to {_name(found.st_uid)}. Remove it.")
        path.chmod(0o700)
        self.give(path)

    def check_ours(self) -> None:
        """Raises SystemExit with advice when the folder is another user's (`sudo make run` was typed once)."""
        kept = [self.root, *self.root.glob("*"), *(self.root / "valkey").rglob("*")]
        for path in kept:
            if path not in {self.data, self.sockets} and path.exists() and not os.access(path, os.W_OK):
                me, owner = _name(os.geteuid()), _name(path.stat().st_uid)
                raise SystemExit(
                    f"{path} belongs to {owner}, and this is {me}. Start as {owner}, or take the folder over:"
                    f" sudo chown -R {me} {self.root}"
                )

    def _ours(self) -> set[int]:
        return {os.geteuid(), *([self.user.pw_uid] if self.user else [])}

    # --- passwords ----------------------------------------------------------------------------
    def secrets(self) -> dict[str, str]:
        """Passwords of the roles and the secret key; made on first use, readable by us alone."""
        kept = self.root / "secrets.json"
        self.root.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            return json.loads(kept.read_text())
        made = {name: secrets.token_urlsafe(60) for name in ("owner", "app", "secret_key")}
        part = self.root / f"secrets.{os.getpid()}"
        part.touch(mode=0o600)
        part.write_text(json.dumps(made))
        with contextlib.suppress(FileExistsError):
            os.link(part, kept)  # the first of two starters wins
        part.unlink()
        return json.loads(kept.read_text())

    # --- one at a time ----------------------------------------------------------------------
    def take(self) -> None:
        """Take the folder. Raises Held when another process has it."""
        if self._lock:
            return
        self.root.mkdir(parents=True, exist_ok=True)
        lock = (self.root / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = (self.root / "lock").read_text().strip() or "another process"
            lock.close()
            raise Held(f"{self.root} is in use by {holder}.") from None
        lock.truncate(0)
        since = time.strftime("%Y-%m-%d %H:%M:%S %z")
        lock.write(f"pid {os.getpid()} ({' '.join(sys.argv[:2])[-60:]}), since {since}\n")
        lock.flush()
        self._lock = lock

    def release(self) -> None:
        """Give the folder back."""
        if self._lock:
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None

    def users(self) -> IO[str]:
        """The open file whose shared lock says «I use these services»."""
        return (self.root / "users").open("a+")


def package(name: str) -> Path:
    """Where a wheel lies. Raises SystemExit with advice when it is missing."""
    spec = importlib.util.find_spec(name)  # not imported: it would change rights of folders
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            f"The package {name} is missing. Set it up with `make run`,"
            " or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to servers of your own."
        )
    return Path(next(iter(spec.submodule_search_locations)))


def reachable(path: Path) -> bool:
    """Whether any user may walk to `path`."""
    existing = [p for p in (path, *path.parents) if p.exists()]
    return all(p.stat().st_mode & 0o001 for p in existing)


def digest(path: Path) -> str:
    """A short name for a path, for folders outside of it."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _other_user(data: Path) -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the user to run it as, None when we are not root."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat().st_uid):  # made by somebody before `sudo`
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(owner)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("Started as root, but there is no user `postgres` or `nobody` to run PostgreSQL as.")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)

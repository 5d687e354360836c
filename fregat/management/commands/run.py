"""The whole program in one command: servers, migrations, demonstration data, pages, worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError as BrokerAway

from fregat import embedded, supervisor, translations, workplace
from fregat.celery import app

READY_SECONDS = 300
LAST_PORT = 65535
DEMO_PASSWORD = "fregat-demo"
DEMO_SIGN_INS = (
    ("operator, operator2", "operators on shift"),
    ("night", "operator of the coming night"),
    ("stranger", "operator of another project"),
    ("senior, senior2", "senior managers (senior leads the shift)"),
    ("head, director", "head of the contact centre, director"),
    ("doctor, client, quality, officer", "doctor, client manager, quality control, data officer"),
    ("admin", "system administrator"),
)


class Command(BaseCommand):
    """`manage.py run`."""

    help = "Runs everything on this machine; Ctrl-C stops it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=_port, default=os.environ.get("PORT", "8000"))

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        host, port = options["host"], options["port"]
        services = workplace.of_this_folder(os.environ.get(workplace.GIVEN, ""))
        children = {k: v for k, v in os.environ.items() if k != "DATABASE_OWNER_URL"}
        names = ["127.0.0.1", "localhost"] if host in {"127.0.0.1", "localhost"} else [host]
        children.setdefault("LIVE_ORIGIN", ",".join(f"http://{name}:{port + 1}" for name in names))
        children.setdefault("PAGE_ORIGINS", ",".join(f"http://{name}:{port}" for name in names))
        programs = supervisor.programs(host, port, state=embedded.BASE_DIR / "var", reload=settings.DEBUG)
        boss = supervisor.Supervisor(services, children, programs, say=self._say)
        boss.listen_to_signals()
        try:
            services.take()
        except embedded.Held as held:
            raise CommandError(f"{held} Stop it first, or work with what it runs.") from None
        for number in (port, port + 1):
            _check_port(host, number)
        try:
            services.start()
            self._serve(boss, f"http://{host}:{port}")
        finally:
            began = time.monotonic()
            boss.stop()
            self._say(f"stopped in {time.monotonic() - began:.1f} s")

    def _serve(self, boss: supervisor.Supervisor, address: str) -> None:
        translations.compile_stale()
        import_module(settings.ROOT_URLCONF)  # brings in all views: a fault shows here, once
        _check_database()
        migrate_if_needed()
        demo = settings.DEMO and "seed" in get_commands()
        if demo:
            _forget_demo()
        else:
            _note_demo()
        connections.close_all()
        _ask_for_a_sweep()
        boss.start("web", "worker")
        seeding = boss.spawn([sys.executable, "manage.py", "seed"]) if demo else None
        if not self._until_ready(boss, address, seeding):
            return
        boss.start("live", "beat")
        self._greet(address, demo)
        boss.watch()

    def _until_ready(
        self, boss: supervisor.Supervisor, address: str, seeding: subprocess.Popen[bytes] | None
    ) -> bool:
        """Wait for /readyz; False when a signal came first."""
        deadline = time.monotonic() + READY_SECONDS
        while not boss.stopping:
            boss.tick()
            if seeding and seeding.poll() is not None:
                if seeding.returncode:
                    raise CommandError("The demonstration data could not be loaded; the reason stands above.")
                _note_demo()
                seeding = None
            if seeding is None and _answers(f"{address}/readyz"):
                return True
            if time.monotonic() > deadline:
                raise CommandError(
                    f"{address}/readyz does not say yes after {READY_SECONDS} s; see the lines above."
                )
            time.sleep(0.1)
        if seeding and seeding.poll() is None:
            seeding.terminate()
            seeding.wait()
        return False

    def _greet(self, address: str, demo: bool) -> None:
        self._say(f"\nFregat is running: {address}  (ready after {time.monotonic() - self.began:.1f} s)\n")
        if demo:
            self._say(f"Demonstration sign-ins, password {DEMO_PASSWORD}:")
            for names, who in DEMO_SIGN_INS:
                self._say(f"  {names:34} {who}")
        self._say("\nCtrl-C stops everything.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _port(text: str) -> int:
    """A port with a neighbour for the event stream."""
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < port < LAST_PORT:
        raise ArgumentTypeError(f"PORT is {text!r}: give a number from 1 to {LAST_PORT - 1}")
    return port


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error.strerror}). Stop what uses it, or choose"
                " another one: PORT=8100 make run (the event stream takes the next port)."
            ) from None


def _check_database() -> None:
    """Raises CommandError when there is nobody at DATABASE_URL (a server of somebody else's)."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CommandError(f"DATABASE_URL leads to no database: {str(error).strip()}") from None


def _ask_for_a_sweep() -> None:
    """The first one waits for the worker in the queue; beat may come up last. Raises CommandError."""
    try:
        app.send_task("fregat.sweep", expires=60, retry=False)
    except BrokerAway as error:
        raise CommandError(f"REDIS_URL leads to no Redis or Valkey: {error}") from None


def migrate_if_needed() -> None:
    """Migrate when a migration is new. Looking costs a tenth of migrating."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _forget_demo() -> None:
    apps.get_model("lib", "Pulse").objects.filter(name="demo").delete()


def _note_demo() -> None:
    """Tell /readyz that the demonstration shifts are renewed."""
    now = datetime.now(UTC)
    apps.get_model("lib", "Pulse").objects.update_or_create(name="demo", defaults={"at": now})
    connections.close_all()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False

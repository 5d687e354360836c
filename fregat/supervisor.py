"""Keeps the programs of Fregat alive: pages, event stream, worker, beat, and their servers.

Plain Python, no Django. `manage.py run` and the tests of faults both use it. Each program is a
child in a session of its own that the kernel ends with us; one that dies is started again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from fregat.embedded import BASE_DIR, Services
from fregat.processes import caught_signals, die_with_parent, end_with_parent

STOP_SECONDS = 15  # given to a program to finish what it has in hand
BACKOFF_SECONDS = (0.1, 0.5, 1, 2, 5)
CALM_SECONDS = 30  # alive so long, a program's next fall counts as its first
TICK_SECONDS = 0.1
WORKER_NICE = 5  # a third of the processor beside busy pages, all of it beside idle ones
DEADLY = sum(1 << (sig - 1) for sig in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM))


@dataclass
class Program:
    """One child: how it is started, how it ends without us, and how often it fell lately."""

    name: str
    command: list[str]
    orphaned: int = signal.SIGTERM
    """What the kernel sends it when we are killed: a program with children of its own takes them along."""
    nice: int = 0
    """How far it yields the processor to the others."""
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started: float = 0.0
    again_at: float = 0.0


def programs(host: str, port: int, *, state: Path, reload: bool = False) -> list[Program]:
    """The four programs: pages on `port`, the event stream on `port + 1`, a worker, beat.

    Arguments: `state` a folder for beat's own notes; `reload` starts the pages again when code changes.
    """
    python = [sys.executable, "-m"]
    quiet = "--log-level warning"
    # Threads: a browser's idle connection must not occupy a whole worker. Loaded once and forked,
    # unless the code is being changed.
    web = (
        f"gunicorn fregat.wsgi --bind {host}:{port} --worker-class gthread --workers 3 --threads 4"
        f" --graceful-timeout 5 --no-control-socket --logger-class fregat.weblog.WebLogger {quiet}"
        f" {'--reload' if reload else '--preload'}"
    )
    # Addresses may hold what is nobody's business; open streams must not hold up the stop.
    live = (
        f"uvicorn fregat.asgi:application --host {host} --port {port + 1}"
        f" --no-access-log --timeout-graceful-shutdown 3 {quiet}"
    )
    # -W: as root Celery warns of pickle, which is switched off. -q: no banner.
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "fregat"]
    worker = "worker --concurrency 2 --loglevel warning --without-gossip --without-mingle"
    beat = ["beat", "--loglevel", "warning", "--pidfile=", "--schedule", str(state / "beat")]
    return [
        Program("web", [*python, *web.split()]),
        # It has neither children nor anything to finish: nobody is left who would notice that it does not stop.
        Program("live", [*python, *live.split()], orphaned=signal.SIGKILL),
        # It reads lists of millions on all cores and nobody waits for its answer: who looks somebody up goes first.
        Program("worker", [*celery, *worker.split()], nice=WORKER_NICE),
        Program("beat", [*celery, *beat]),
    ]


@dataclass
class Supervisor:
    """Watches programs and the embedded servers, those that there are.

    Arguments: `services` the embedded servers, None for programs alone; `environment` what the programs get.
    """

    services: Services | None
    environment: Mapping[str, str]
    programs: list[Program]
    say: Callable[[str], None] = print
    stopping: list[int] = field(default_factory=list)
    output: IO[bytes] | None = None
    """Where the programs print; None: where we do."""
    make: tuple[int, int] | None = None
    """The make that started us and the signals it caught then."""

    def listen_to_signals(self) -> None:
        """Ctrl-C, a closed terminal and `kill` mean: stop in order. (A shell's `&` ignores SIGINT.)"""
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sig, lambda number, _frame: self.stopping.append(number))
        if os.environ.pop("UNDER_MAKE", ""):  # a killed `make` must not leave us behind
            end_with_parent(signal.SIGTERM)
            self.make = os.getppid(), caught_signals(os.getppid()) & DEADLY

    def spawn(
        self, command: list[str], *, orphaned: int = signal.SIGTERM, nice: int = 0
    ) -> subprocess.Popen[bytes]:
        """Start a child in a session of its own; `orphaned` is what it is sent when we are killed."""
        return subprocess.Popen(
            command,
            env=dict(self.environment),
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.output,
            start_new_session=True,
            preexec_fn=die_with_parent(orphaned, nice),
        )

    def start(self, *names: str) -> None:
        """Start the named programs, all when none is named."""
        for program in self.programs:
            if not names or program.name in names:
                self._launch(program)

    def tick(self) -> None:
        """Start again what has died, ask whether to stop. Called often."""
        self._ask_make()
        if self.services:
            for name in self.services.revive():
                self.say(f"{name} had stopped and is running again")
        now = time.monotonic()
        for program in self.programs:
            if program.process is None or program.process.poll() is None:
                continue
            if not program.again_at:
                self._note_fall(program, now)
            elif now >= program.again_at:
                self._launch(program)

    def _ask_make(self) -> None:
        """Stop when `make` alone got a signal: it then waits for us, and passes on nothing but SIGTERM.

        What it still does is to handle that signal no more.
        """
        if self.make:
            pid, before = self.make
            if before & ~caught_signals(pid):
                self.make = None
                self.stopping.append(signal.SIGTERM)

    def watch(self) -> None:
        """Tick until a signal comes."""
        while not self.stopping:
            self.tick()
            time.sleep(TICK_SECONDS)

    def stop(self) -> None:
        """Stop the programs, what they left behind, then the servers."""
        living = [p for p in self.programs if p.process]
        for program in living:
            with contextlib.suppress(ProcessLookupError):
                program.process.terminate()  # type: ignore[union-attr]  # filtered above
        deadline = time.monotonic() + STOP_SECONDS
        for program in living:
            self._bury(program, max(0.1, deadline - time.monotonic()))
        if self.services:
            self.services.stop()

    def get(self, name: str) -> Program:
        """The program of this name."""
        return next(p for p in self.programs if p.name == name)

    def _launch(self, program: Program) -> None:
        program.again_at = 0.0
        program.started = time.monotonic()
        program.process = self.spawn(program.command, orphaned=program.orphaned, nice=program.nice)

    def _note_fall(self, program: Program, now: float) -> None:
        if now - program.started > CALM_SECONDS:
            program.falls = 0
        pause = BACKOFF_SECONDS[min(program.falls, len(BACKOFF_SECONDS) - 1)]
        program.falls += 1
        program.again_at = now + pause
        self._sweep_group(program)
        self.say(f"{program.name} stopped ({_reason(program)}), starting it again")

    def _bury(self, program: Program, seconds: float) -> None:
        process = program.process
        if process is None:
            return
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.say(f"{program.name} does not stop, killing it")
        self._sweep_group(program)
        process.wait()
        program.process = None

    @staticmethod
    def _sweep_group(program: Program) -> None:
        """Kill what is left of a program's session: the pool of a killed worker outlives it."""
        if program.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(program.process.pid, signal.SIGKILL)


def _reason(program: Program) -> str:
    code = program.process.returncode if program.process else None
    return f"signal {-code}" if code is not None and code < 0 else f"exit {code}"

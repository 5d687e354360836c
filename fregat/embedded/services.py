"""Both servers of a folder: started, watched, stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from fregat.embedded.folder import Folder
from fregat.embedded.postgres import Postgres
from fregat.embedded.valkey import Valkey
from fregat.processes import alive, die_with_parent

START_SECONDS = 60
STOP_SECONDS = 20
STUBBORN_SECONDS = 10  # a server that stops at once is tried again for so long


class Services(Folder):
    """PostgreSQL and Valkey of one folder.

    Arguments: `root` the folder of their data; `durable` False switches off what protects from a
    power cut (tests); `postgres`, `valkey` whether this one is wanted.
    """

    def __init__(
        self, root: Path, *, durable: bool = True, postgres: bool = True, valkey: bool = True
    ) -> None:
        super().__init__(root)
        self.servers: list[Postgres | Valkey] = []
        if postgres:
            self.servers.append(Postgres(self, durable=durable))
        if valkey:
            self.servers.append(Valkey(self, durable=durable))
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def environment(self) -> dict[str, str]:
        """What the program needs in its environment to work with these services."""
        found = {"SECRET_KEY": self.secrets()["secret_key"]}
        for server in self.servers:
            found |= server.environment()
        return found

    def start(self) -> Services:
        """Start what is wanted and wait until it answers. Raises Held, SystemExit with advice."""
        self.take()
        if not self.servers:
            return self
        self.make_private(self.sockets)
        self._wait_for_the_old_ones()
        for server in self.servers:
            server.prepare()
            self._launch(server)
        for server in self.servers:
            self._wait(server)
        return self

    def await_others(self) -> None:
        """Wait until the services that another process starts answer. Raises SystemExit."""
        deadline = time.monotonic() + START_SECONDS
        while not all(server.answers() for server in self.servers):
            if time.monotonic() > deadline:
                raise SystemExit(
                    f"The services of {self.root} are held by another process but do not answer."
                )
            time.sleep(0.1)

    def revive(self) -> list[str]:
        """Start again what has died; return the names."""
        dead = [server for server in self.servers if self.children[server.name].poll() is not None]
        for server in dead:
            self._launch(server)
        for server in dead:
            self._wait(server)
        return [server.name for server in dead]

    def stop(self) -> None:
        """Stop all, Valkey first; PostgreSQL by its fast shutdown."""
        order = [server for server in reversed(self.servers) if server.name in self.children]
        for server in order:
            if self.children[server.name].poll() is None:
                self.children[server.name].send_signal(server.stop_signal)
        for server in order:
            child = self.children.pop(server.name)
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        (self.root / "pids.json").unlink(missing_ok=True)
        if self.sockets.parent != self.root:
            shutil.rmtree(self.sockets, ignore_errors=True)
        self.release()

    def _launch(self, server: Postgres | Valkey) -> None:
        with (self.root / f"{server.name}.log").open("ab") as log:
            self.children[server.name] = subprocess.Popen(
                server.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the supervisor, who knows the order
                preexec_fn=die_with_parent(server.stop_signal),
                **server.as_whom(),
            )
        pids = {key: child.pid for key, child in self.children.items()}
        (self.root / "pids.json").write_text(json.dumps(pids))

    def _wait_for_the_old_ones(self) -> None:
        """After `kill -9` of a supervisor its servers still stop: wait, or they take our socket along."""
        try:
            pids = json.loads((self.root / "pids.json").read_text())
        except (FileNotFoundError, ValueError):
            return
        deadline = time.monotonic() + STOP_SECONDS
        for mark, pid in ((server.mark, pids.get(server.name)) for server in self.servers):
            while pid and alive(pid, mark):
                if time.monotonic() > deadline:
                    os.kill(pid, signal.SIGKILL)
                    deadline += 2
                time.sleep(0.05)

    def _wait(self, server: Postgres | Valkey) -> None:
        began = time.monotonic()
        log = self.root / f"{server.name}.log"
        while not server.answers():
            if time.monotonic() > began + START_SECONDS:
                raise SystemExit(f"{server.name} does not start; see {log}")
            time.sleep(0.03)
            if self.children[server.name].poll() is not None:
                # Old backends of a killed server may hold its memory for a moment: try again.
                time.sleep(0.3)
                if time.monotonic() > began + STUBBORN_SECONDS:
                    raise SystemExit(f"{server.name} stops at once; see {log}")
                self._launch(server)

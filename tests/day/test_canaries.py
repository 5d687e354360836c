"""Canaries through a whole run of the real program: names and medical words stay with those who may see them.

A case is planted with words that stand nowhere else and goes its way: call, registering, notes, tasks, escalation,
disclosure, refusals of bad input, faults forced in the pages and in the worker, the end of the shift, the handover.
Then everything that the processes printed, said to the broker, wrote to the database outside the rooms of cases, kept
in files, answered with an error or put into an address is searched (issue: confidentiality; E4, JD II.15).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from tests.builders import make_person, make_policy
from tests.day.client import Answer, wait_for
from tests.day.test_day_through_the_api import in_seconds, move
from tests.day.witness import Archive, Broker, Stream, unpacked, where
from tests.live import LiveServices

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("canaries")]

PERSON = {
    "surname": "Зябликовська", "given": "Ярополка", "latin": "ZIABLYKOVSKA", "phone": "+380509317746",
    "email": "ziablyk@birds.example", "policy": "VZR-7317746",
}  # fmt: skip
MEDICAL = {
    part: f"Канаркохвороба{chr(1072 + number) * 3}"
    for number, part in enumerate(
        ("description", "corrected", "note", "contact", "task", "outcome", "told", "unfounded", "summary", "step",
         "read_back", "purpose", "typed", "broken", "draft")
    )
}  # fmt: skip
CANARIES = [*PERSON.values(), *MEDICAL.values()]
FAILED_JOB = b"job shift_end"
"""What the worker prints of the end of a shift that could not be carried out."""
MAY_HOLD = (
    "casework_",
    "handover_",
    "insurance_",
    "privacy_consentrequest",
    "privacy_disclosure",
    "lib_formdraft",
)
"""Tables (and their histories) in which the data of cases belongs."""


@contextmanager
def broken(live: LiveServices, table: str) -> Iterator[None]:
    """The table is away: whatever needs it fails with a fault that nobody has foreseen."""
    owner = psycopg2.connect(live.environment["DATABASE_OWNER_URL"])
    owner.autocommit = True
    try:
        owner.cursor().execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        yield
    finally:
        owner.cursor().execute(f"ALTER TABLE {table}_away RENAME TO {table}")
        owner.close()


class Run:
    """One run: the people, the witnesses, what was printed."""

    def __init__(self, live: LiveServices, printed: Path) -> None:
        self.live, self.printed = live, printed
        self.archive, self.broker = Archive(), Broker(live.environment["REDIS_URL"])
        self.broker.start()
        assert self.broker.listening.wait(30)
        self.people = {
            name: self.archive.person(live.base_url, name)
            for name in ("operator", "senior", "night", "stranger", "client", "admin", "head")
        }
        self.stream = Stream(self.people["senior"], live.live_url)
        self.stream.start()

    def __getattr__(self, name: str) -> Any:
        return self.people[name]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Run]:
    """The program that has gone through everything, still running."""
    printed = tmp_path_factory.mktemp("printed") / "all.log"
    mail = tmp_path_factory.mktemp("mail")
    live = LiveServices(EMAIL_URL=f"file://{mail}", ACCESS_LOG_ANCHOR=f"file://{mail}/anchors")
    with printed.open("wb") as output:
        live.supervisor.output = output
        try:
            with django_db_blocker.unblock():
                live.start()
                with live.orm():
                    ids = _plant()
                found = Run(live, printed)
                _story(found, *ids)
                yield found
        finally:
            live.stop()


def _plant() -> tuple[int, int]:
    from cases.insurance.models import Insurer
    from fregat.demo.insurance import PROJECTS

    person = make_person(
        PERSON["surname"], PERSON["given"], surname_latin=PERSON["latin"], given_name_latin="YAROPOLKA",
        phone=PERSON["phone"], email=PERSON["email"],
    )  # fmt: skip
    policy = make_policy(Insurer.objects.get(code=PROJECTS[0]), person, number=PERSON["policy"])
    return person.pk, policy.pk


# --- The story ---------------------------------------------------------------------------------------
def _story(run: Run, person: int, policy: int) -> None:
    number = _call(run, person, policy)
    _work(run, number)
    _refusals(run, number)
    _faults(run, number)
    _others(run, number)
    _end_of_shift(run, number)


def _ok(answer: Answer, *statuses: int) -> Answer:
    assert answer.status in (statuses or (200, 201, 204)), f"{answer.asked}: {answer.status}"
    return answer


def _call(run: Run, person: int, policy: int) -> str:
    """The call on its pages, with a draft on the way; the registered case."""
    operator = run.operator
    form = {
        "token": str(uuid4()), "person": person, "policy": policy, "caller_relation": "self", "country": "JP",
        "caller_name": PERSON["surname"], "caller_phone": PERSON["phone"], "city": "Осака",
        "description": MEDICAL["description"], "services": ["hospital"],
    }  # fmt: skip
    for question in (PERSON["surname"], PERSON["latin"], PERSON["phone"], PERSON["policy"]):
        _ok(operator.post("/calls/new/lookup/", {"q": question}))
        _ok(operator.post("/search/", {"q": question}))
        _ok(operator.post("/insured/", {"q": question}))
        _ok(operator.api("POST", "/insured/lookup/", {"q": question}))
    _ok(operator.post("/drafts/new-call/", {**form, "description": MEDICAL["draft"]}))
    _ok(operator.send("GET", "/calls/new/"))
    _ok(operator.post("/calls/new/cover/", form))
    address = _ok(operator.post("/calls/new/", form)).headers["HX-Redirect"]
    _ok(operator.send("GET", address))
    _ok(operator.send("GET", f"/insured/{person}/"))
    return str(address).split("/")[2]


def _work(run: Run, number: str) -> None:
    """Notes, contacts, tasks, corrections, an escalation and a disclosure, on pages and through the API."""
    operator, senior, at, api = run.operator, run.senior, f"/cases/{number}", f"/cases/{number}"
    _ok(operator.post(f"{at}/notes/", {"text": MEDICAL["note"]}))
    said = {"channel": "phone", "direction": "in", "party": PERSON["surname"], "text": MEDICAL["contact"]}
    _ok(operator.api("POST", f"{api}/contacts/", said))
    task = {"text": MEDICAL["task"], "due_at": in_seconds(3600), "assignee": "operator"}
    row = _ok(operator.api("POST", f"{api}/tasks/", task)).json
    _ok(operator.post(f"{at}/tasks/{row['id']}/done/", {"outcome": MEDICAL["outcome"]}))
    _ok(operator.api("PATCH", f"{api}/", {"description": MEDICAL["corrected"]}, If_Match="*"))
    told = {"reason": "complaint", "text": MEDICAL["told"]}
    raised = _ok(operator.api("POST", f"{api}/escalations/", told)).json
    _ok(senior.api("POST", f"/escalations/{raised['id']}/cancel/", {"reason": MEDICAL["unfounded"]}))
    passing = {
        "recipient_kind": "relative", "recipient": PERSON["given"], "parts": ["medical"], "purpose": MEDICAL["purpose"],
    }  # fmt: skip
    _ok(operator.post(f"{at}/pass-on/", passing), 409)
    _ok(operator.post(f"{at}/pass-on/", {**passing, "ask": "1"}))
    for tail in ("", "update/", "history/", "facts/", "pass-on/"):
        _ok(operator.send("GET", f"{at}/{tail}"))
    for tail in ("", "timeline/", "responsibility/", "history/"):
        _ok(operator.api("GET", f"{api}/{tail}"))
    for path in ("/", "/cases/", "/board/", "/notices/", "/privacy/log/", "/privacy/"):
        _ok(senior.send("GET", path))


def _refusals(run: Run, number: str) -> None:
    """What is sent wrong: too long, of no kind, not JSON, stale, to a wrong address."""
    operator, word = run.operator, MEDICAL["typed"]
    _ok(operator.post(f"/cases/{number}/notes/", {"text": word * 3000}), 400)
    _ok(operator.post(f"/cases/{number}/tasks/", {"text": word, "due_at": "позавчора"}), 400)
    _ok(operator.api("POST", f"/cases/{number}/services/", {"kind": word}), 400)
    _ok(operator.api("PATCH", f"/cases/{number}/", {"country": word}, If_Match="*"), 400)
    _ok(operator.api("PATCH", f"/cases/{number}/", {"description": word}, If_Match='"0"'), 412)
    _ok(operator.api("PATCH", f"/cases/{number}/", {"description": word}), 428)
    broken_json = f'{{"text": "{word}", '.encode()
    _ok(operator.send("POST", f"/api/v1/cases/{number}/notes/", broken_json, "application/json"), 400)
    _ok(operator.send("POST", f"/cases/{number}/notes/", f"text={word}".encode(), "text/plain"), 400, 415)
    _ok(operator.api("POST", "/insured/lookup/", {"q": word * 1000}), 400)
    _ok(operator.send("PUT", f"/cases/{number}/notes/", word.encode(), "text/plain"), 405, 403)
    _ok(operator.send("GET", "/cases/26-999999/"), 404)
    _ok(operator.api("GET", "/cases/26-999999/"), 404)


def _faults(run: Run, number: str) -> None:
    """A fault that nobody has foreseen, on a page and in a call."""
    operator, word = run.operator, MEDICAL["broken"]
    with broken(run.live, "casework_note"):
        _ok(operator.post(f"/cases/{number}/notes/", {"text": word}), 500)
        _ok(operator.api("POST", f"/cases/{number}/notes/", {"text": word}), 500)
    with broken(run.live, "privacy_accesslog"):
        for path in (f"/cases/{number}/", f"/api/v1/cases/{number}/"):
            _ok(operator.send("GET", path), 500)


def _others(run: Run, number: str) -> None:
    """Those who may not: the operator of another project, and the administrator at every page of theirs."""
    for who in (run.stranger, run.admin):
        _ok(who.send("GET", f"/cases/{number}/"), 403, 404)
        _ok(who.api("GET", f"/cases/{number}/"), 403, 404)
    for question in (PERSON["surname"], PERSON["phone"], PERSON["policy"], number):
        run.stranger.post("/search/", {"q": question})
    _walk(run.admin)
    for path in ("/healthz", "/readyz", "/metrics"):
        run.admin.send("GET", path)


def _walk(admin: Any, limit: int = 150) -> None:
    """The administration, link by link."""
    from tests.day.witness import _ADDRESS

    todo, seen = ["/admin/"], set()
    while todo and len(seen) < limit:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page = admin.send("GET", path)
        assert page.status < 500, path
        links = (link.strip("\"'") for link in _ADDRESS.findall(page.body.decode(errors="replace")))
        todo += sorted({link for link in links if link.startswith("/admin/") and "logout" not in link} - seen)
    assert len(seen) > 5


def _end_of_shift(run: Run, number: str) -> None:
    """The check, the card, and a move during which the worker fails; then it goes through."""
    operator, senior = run.operator, run.senior
    move(senior, "night", starts_at=in_seconds(-60))
    night = run.people["night"] = run.archive.person(run.live.base_url, "night")
    move(senior, "operator", ends_at=in_seconds(19 * 60))
    card = {
        "decision": "hand_over", "summary": MEDICAL["summary"], "next_step": MEDICAL["step"],
        "next_at": in_seconds(3600),
    }  # fmt: skip
    _ok(operator.api("POST", f"/shifts/current/check/{number}/", card))
    for path in ("/shift/end/", "/shift/end/sheet/"):
        _ok(operator.send("GET", path))
    with broken(run.live, "handover_handover"):
        move(senior, "operator", ends_at=in_seconds(1))
        wait_for(lambda: FAILED_JOB in run.printed.read_bytes() or None, what="the job fails")
    row = wait_for(
        lambda: next(
            (row for row in night.api("GET", "/handovers/?to=me").json["results"] if row["case"] == number),
            None,
        ),
        what="the case reaches the night operator",
    )
    _ok(night.send("GET", f"/handovers/{row['id']}/"))
    _ok(night.api("POST", f"/handovers/{row['id']}/accept/", {"read_back": MEDICAL["read_back"]}))
    _ok(night.send("GET", f"/cases/{number}/"))


# --- What is searched --------------------------------------------------------------------------------
def test_the_canaries_were_really_there(run: Run) -> None:
    seen = b"\n".join(row.answer.body for row in run.archive.answers)
    lost = MEDICAL["broken"]  # was sent while its table was away: no answer repeats it
    assert where(CANARIES, seen) == [word for word in CANARIES if word != lost]
    assert {row.answer.status for row in run.archive.answers} >= {200, 201, 400, 404, 409, 412, 428, 500}


def test_nothing_that_the_processes_printed_holds_one(run: Run) -> None:
    printed = run.printed.read_bytes()
    assert FAILED_JOB in printed and b"ProgrammingError" in printed, "the faults were logged"
    assert where(CANARIES, printed) == []


def test_no_file_of_the_running_program_holds_one(run: Run) -> None:
    data = {run.live.root / "postgres"}
    files = [path for path in run.live.root.rglob("*") if path.is_file() and not data & set(path.parents)]
    assert any(path.name == "postgres.log" for path in files)
    found = {path.name: where(CANARIES, path.read_bytes()) for path in files}
    assert not {name: words for name, words in found.items() if words}


def test_neither_a_task_nor_the_cache_nor_the_event_stream_holds_one(run: Run) -> None:
    said = b"\n".join(unpacked(message) for message in run.broker.heard)
    assert b"fregat" in said and b"PUBLISH" in said.upper() and b"task" in said, "the broker was heard"
    assert where(CANARIES, said) == []
    assert where(CANARIES, unpacked(run.broker.kept())) == []
    wait_for(lambda: b'"case"' in run.stream.heard or None, what="the stream told of the case")
    assert where(CANARIES, run.stream.heard) == []


def test_no_table_outside_the_rooms_of_cases_holds_one(run: Run) -> None:
    found, searched = {}, set()
    with run.live.orm():
        for table in connection.introspection.table_names():
            if table.startswith(MAY_HOLD):
                continue
            searched.add(table)
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
                rows = "\n".join(row[0] for row in cursor.fetchall())
            words = where(CANARIES, rows.encode())
            if words:
                found[table] = words
        sessions = str([row.get_decoded() for row in Session.objects.all()])
    assert searched >= {"lib_job", "lib_notice", "django_session", "privacy_accesslog", "django_admin_log"}
    assert not found
    assert where(CANARIES, sessions.encode()) == []


def test_no_address_holds_one(run: Run) -> None:
    assert where(CANARIES, run.archive.addresses()) == []


def test_no_error_page_holds_one(run: Run) -> None:
    """But those that hand back what was typed: 400, 409, 412."""
    pages = run.archive.refusals(400, 409, 412)
    assert {row.answer.status for row in pages} >= {404, 428, 500}
    found = [
        f"{row.method} {row.path} {row.answer.status}" for row in pages if where(CANARIES, row.answer.body)
    ]
    assert not found


def test_those_who_may_not_read_none(run: Run) -> None:
    theirs = [row for row in run.archive.answers if row.who in {"stranger", "admin"}]
    assert len(theirs) > 20
    asked = {"/search/"}  # repeats nothing but the question
    found = [
        f"{row.who} {row.path}"
        for row in theirs
        if row.path not in asked and where(CANARIES, row.answer.body)
    ]
    assert not found
    hits = [row for row in theirs if row.path in asked and b"search-option" in row.answer.body]
    assert not [row.path for row in hits if where(MEDICAL.values(), row.answer.body)]


def test_no_mail_holds_one(run: Run) -> None:
    folder = Path(run.live.environment["EMAIL_URL"].removeprefix("file://"))
    sent = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert where(CANARIES, sent) == []

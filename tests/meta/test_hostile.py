"""Whatever is sent, to every form and every call: a sentence in Ukrainian, nothing typed is lost, never a 500.

Each walk takes the good body of an address (`bodies.py`), sees that it is taken, and spoils one field of it at
a time: NUL and control characters, lone surrogates, broken UTF-8, 30,000 characters, numbers and dates of no
calendar, other types, a file in place of a text, the field twice or not at all.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.cast import with_password
from tests.meta.bodies import CALLS, MORE_BODIES, PAGES, QUESTIONS, Body
from tests.meta.routes import Samples, routes
from tests.meta.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UKRAINIAN = re.compile("[а-яіїєґ]{3}", re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"
SCRIPT = "\"'><script>alert(1)</script>"
DATES = (
    "01.01.0001 00:00",
    "31.12.9999 23:59",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
    "2026-13-45",
)
NUMBERS = ("-1", "9" * 30, "9" * 5000, "1e999999", "NaN", "٣", "²")
TEXTS = ("\x00", "a\x07b", "x" * 30_000, "   ", "\u202e🚑", SCRIPT)
RAW = ("%ED%A0%80", "%FF%FE", "%")
"""Broken at the level of the form itself: a lone surrogate in UTF-8, bytes that are no UTF-8, escapes that are none."""
JUNK: tuple[Any, ...] = (
    None, True, 10**30, 1.5, float("inf"), "", [], {"a": {"b": []}}, [1, {"kind": 2}], "\ud800", *TEXTS,
)  # fmt: skip
BYTES = (
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b'{"\\ud800": 1}', b"NaN",
    b"x" * 1_000_001, b'{"text": "\\u0000"}',
)  # fmt: skip

FILES = (b"", b"\x00\xff", b"<script>alert(1)</script>", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)

ROUTES = {route.name: route for route in routes()}
NOT_TYPED = {
    "version", "seen", "token", "person", "policy", "found", "decision", "next", "back", "password", "oldpassword",
    "password1", "password2", "again", "unlisted", "q", "to", "secret", "parts", "roles", "ask", "revision", "expected",
}  # fmt: skip
"""What no person typed into this form, or what is not shown again on purpose."""


@pytest.fixture
def visit(samples: Samples, operator: Any, request: pytest.FixtureRequest) -> Any:
    """`visit(body)`: the person who sends this body."""
    with_password(operator)

    def visitor(body: Body) -> Visitor:
        return Visitor(None if body.who == "nobody" else request.getfixturevalue(body.who))

    return visitor


def form(fields: Mapping[str, Any]) -> str:
    several = [
        (name, one)
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return "&".join(f"{quote_plus(name)}={quote_plus(str(value))}" for name, value in several)


def wrong_with(answer: HttpResponse, what: str) -> str:
    """What is wrong with an answer to something hostile."""
    status, text = answer.status_code, answer.content.decode(errors="replace")
    if status >= 500:
        return f"{status} to {what}"
    if "<script>alert(1)" in text and "html" in answer["Content-Type"]:
        return f"{what} comes back as a script"
    if status >= 400 and not UKRAINIAN.search(text) and status != 401:
        return f"{status} without a sentence to {what}"
    return ""


def lost(answer: HttpResponse, fields: Mapping[str, Any], spoilt: str) -> list[str]:
    """What was typed into the other fields and is gone from the form that is drawn again."""
    if answer.status_code not in {400, 409} or "HX-Retarget" in answer:
        return []  # taken, or a sentence beside the form that stays as it is
    text = html.unescape(answer.content.decode())
    typed = {
        name: value
        for name, value in fields.items()
        if isinstance(value, str) and name != spoilt and name not in NOT_TYPED
    }
    return [name for name, value in typed.items() if len(value) > 1 and value not in text]


def hostile_to(value: Any) -> tuple[str, ...]:
    """Texts for any field; where a number or a date is expected also those of no calendar."""
    counted = not isinstance(value, bool) and (value is None or any(char.isdigit() for char in str(value)))
    return (*TEXTS, *DATES, *NUMBERS) if counted else TEXTS


def spoilt_forms(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The field's name and the whole form with this field spoilt, in every way."""
    for name in fields:
        rest = {other: value for other, value in fields.items() if other != name}
        for value in (*map(quote_plus, hostile_to(fields[name])), *RAW):
            yield name, f"{form(rest)}&{quote_plus(name)}={value}"
        yield name, form(rest)
        yield name, f"{form(fields)}&{form({name: 'again'})}"


@pytest.mark.parametrize("name", PAGES)
def test_a_form_says_what_is_wrong_and_loses_nothing(samples: Samples, visit: Any, name: str) -> None:
    route, body = ROUTES[name], PAGES[name]
    visitor, values = visit(body), samples.of(ROUTES[name])
    faults = []
    for make in (body.make, *MORE_BODIES.get(name, ())):
        fields = make(samples)
        taken = (
            visitor.ask(route, "POST", values, data={**fields, **body.files()})
            if body.files
            else visitor.ask(route, "POST", values, data=form(fields), content_type=FORM)
        )
        assert taken.status_code in body.answers, taken.content.decode()[:2000]
        for spoilt, content in spoilt_forms(fields):
            answer = visitor.ask(route, "POST", values, data=content, content_type=FORM)
            faults += [wrong_with(answer, f"{spoilt}: {content[-40:]}")]
            faults += [f"{spoilt} = {content[-40:]} loses {gone}" for gone in lost(answer, fields, spoilt)]
            cache.clear()
        files = body.files() if body.files else {}
        for spoilt in {**fields, **files}:
            for content in FILES if spoilt in files else FILES[1:2]:
                file = SimpleUploadedFile("me\u202e.png", content, content_type="image/png")
                answer = visitor.ask(route, "POST", values, data={**fields, spoilt: file})
                faults += [wrong_with(answer, f"{spoilt}: a file")]
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))


def spoilt_bodies(fields: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where, and the whole body spoilt there; objects inside it too."""
    for name, value in fields.items():
        for junk in (*JUNK, *hostile_to(value)[len(TEXTS) :]):
            yield name, {**fields, name: junk}
        yield name, {other: value for other, value in fields.items() if other != name}
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            for where, spoilt in spoilt_bodies(inner):
                yield f"{name}.{where}", {**fields, name: [spoilt] if isinstance(value, list) else spoilt}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_says_what_is_wrong(samples: Samples, visit: Any, call: str) -> None:
    method, name = call.split(" ")
    route, body = ROUTES[name], CALLS[call]
    visitor, values, fields = visit(body), samples.of(ROUTES[name]), body.make(samples)
    options: dict[str, Any] = {"content_type": "application/json", "headers": {"If-Match": "*"}}
    taken = (
        visitor.ask(route, method, values, data={**fields, **body.files()})
        if body.files
        else visitor.ask(route, method, values, data=json.dumps(fields), **options)
    )
    assert taken.status_code in body.answers, taken.content.decode()[:2000]
    faults = []
    for where, spoilt in spoilt_bodies(fields):
        answer = visitor.ask(route, method, values, data=json.dumps(spoilt), **options)
        faults += [wrong_with(answer, f"{where}: {json.dumps(spoilt)[:300]}"), *_shape(answer, where)]
    for content in BYTES:
        answer = visitor.ask(route, method, values, data=content, **options)
        faults += [wrong_with(answer, str(content[:20])), *_shape(answer, str(content[:20]))]
    for kind in ("text/plain", FORM, "application/json; charset=koi8-u", "multipart/form-data"):
        answer = visitor.ask(route, method, values, data=b"a=1", **{**options, "content_type": kind})
        faults += [wrong_with(answer, kind), *_shape(answer, kind)]
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))


def _shape(answer: HttpResponse, what: str) -> list[str]:
    """Every refusal of the API has the one shape, and every sentence in it is a sentence."""
    if answer.status_code < 400:
        return []
    refusal = answer.json()
    if set(refusal) != {"type", "detail", "errors"} or not refusal["detail"]:
        return [f"{what}: not the one shape: {refusal}"]
    sentences = [
        text
        for texts in refusal["errors"].values()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]
    return [
        f"{what}: {text}" for text in sentences if answer.status_code == 400 and not UKRAINIAN.search(text)
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_in_an_address_does_no_harm(samples: Samples, visit: Any, name: str) -> None:
    route, body = ROUTES[name], QUESTIONS[name]
    visitor, values = visit(body), samples.of(ROUTES[name])
    fields = body.make(samples)
    taken = visitor.ask(route, "GET", values, url=f"{route.url(values)}?{form(fields)}")
    assert taken.status_code in body.answers, taken.content.decode()[:2000]
    faults = []
    for spoilt, question in spoilt_forms(fields):
        if len(question) > 8000:
            continue  # the server in front refuses such an address
        answer = visitor.ask(route, "GET", values, url=f"{route.url(values)}?{question}")
        faults += [wrong_with(answer, f"{spoilt}: {question[-60:]}")]
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))


def test_an_address_that_names_nothing_is_a_missing_one(samples: Samples, head: Any) -> None:
    visitor, faults = Visitor(head), []
    for route in routes():
        if not route.arguments or route.name.startswith("admin:"):
            continue
        values = samples.of(route)
        for name in route.arguments:
            for hostile in (
                "0",
                "9" * 19,
                "9" * 30,
                "%00",
                "26-000001%0A",
                "%ED%A0%80",
                "x" * 300,
                "-1",
                "%D9%A3",
            ):
                marked = {**values, name: "26-777777" if name == "number" else 777777}
                try:
                    url = route.url(marked).replace(str(marked[name]), hostile)
                except Exception:
                    continue
                for method in ("GET", "POST"):
                    answer = visitor.ask(route, method, values, url=url)
                    faults += [wrong_with(answer, f"{method} {route.name} {name}={hostile[:30]}")]
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))

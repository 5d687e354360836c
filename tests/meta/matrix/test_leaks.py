"""What one may not see changes nothing of what one sees: no list, count, order, page, search, badge or statement.

Every page and call that somebody reads is asked for twice, at one stopped moment: before and after one more thing
of each kind came to be out of their reach – among them a case and a policy, on another project, of a person whom
they see. The answers must be the same to the letter, and the work too: equal statements stand for equal time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from openpyxl import load_workbook

from fregat.lib import rights
from fregat.lib.sheets import XLSX
from tests.meta.matrix.objects import everybodys, insured_out_of_reach, out_of_reach
from tests.meta.matrix.stands import sees
from tests.meta.matrix.world import World
from tests.meta.routes import Route, Samples, routes
from tests.meta.test_hidden_and_missing import VALUES
from tests.meta.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("unprepared")]  # the whole statements are compared

READERS = ("operator", "senior", "doctor", "client", "quality")
"""Of each role that sees a part; who sees the centre has nothing that is out of reach."""

QUESTIONS = ("search", "insurance:look_up", "casework:call_lookup", "api:insured-lookup")
HIDDEN_NUMBERS = ("99-123456", "VZR-HIDDEN-99-123456")
HIDDEN_WORDS = ("Гармаш", "+380509991877", *HIDDEN_NUMBERS)
"""What the things out of reach are called: a surname, a phone, the numbers of a case and of a policy."""
EXPORT = "employees:export"
TOTALS = {
    ("senior", "coverage:coverage"),
    # Articles name nobody, and quality control reads them all.
    ("quality", "knowledge:articles"),
    ("quality", "api:articles"),
    *(
        ("director", route)
        for route in (
            "coverage:coverage", "figures:figures", "figures:export", "handover:lapses", "handover:lapses_table",
            "desk:home",
        )
    ),
}  # fmt: skip
"""Who is to know how many there are in the whole centre (JD IV.3, and that nobody is left alone), and of none which."""
OF_THE_PROGRAM = (
    "account_",
    "mfa_",
    "healthz",
    "readyz",
    "metrics",
    "schema",
    "docs",
    "lib:components",
)
_CHANGING = re.compile(
    r'(csrfmiddlewaretoken" value=|(?:csrf-token|live-since)" content=|X-CSRFToken[^:]*: ?|name="token" value=)"[^"]*"'
)
_CURSOR = re.compile(r"_django_curs_\w+")

Answers = dict[tuple[str, str], tuple[int, str, tuple[str, ...]]]


@pytest.mark.parametrize("who", READERS)
def test_what_is_out_of_reach_changes_nothing_that_is_read(world: World, who: str) -> None:
    walked = _same_with_and_without(world, who, out_of_reach)
    assert len(walked) > 35


@pytest.mark.parametrize("who", ["director", "admin", "quality"])
def test_insured_people_change_nothing_for_who_sees_none_of_them(world: World, who: str) -> None:
    """The administration of reference data and the table of employees among the rest."""
    walked = _same_with_and_without(world, who, insured_out_of_reach)
    assert ("admin:index", "") in walked or who != "admin"
    assert (EXPORT, "") in walked or who != "director"


def _same_with_and_without(world: World, who: str, hide: Callable[[World], None]) -> Answers:
    """What this person reads, the same to the letter with and without what is hidden from them."""
    visitor = Visitor(world.people[who])
    common = everybodys(world, who)
    with time_machine.travel(world.now + timedelta(seconds=5), tick=False):
        _answers(visitor, who, world, common, first=True)
        before = _answers(visitor, who, world, common)
        with transaction.atomic():
            hide(world)
            after = _answers(visitor, who, world, common)
            transaction.set_rollback(True)
    wrong = [
        f"{key}: {_difference(before[key], after[key])}"
        for key in before
        if before[key] != after[key] and (who, key[0]) not in TOTALS
    ]
    wrong += [
        f"{key} names what is hidden"
        for key, (_status, text, _statements) in after.items()
        if (who, key[0]) in TOTALS and any(word in text for word in HIDDEN_NUMBERS)
    ]
    assert not wrong, "\n".join(wrong)
    return before


@pytest.mark.parametrize("who", ["operator", "senior", "client", "doctor_off"])
def test_a_question_about_what_is_out_of_reach_is_answered_as_one_about_nothing(
    world: World, who: str
) -> None:
    """Both are asked in the same world; the words of the question are repeated in the answer."""
    visitor, wrong = Visitor(world.people[who]), []
    with time_machine.travel(world.now + timedelta(seconds=5), tick=False), transaction.atomic():
        out_of_reach(world)
        by_name = {route.name: route for route in routes()}
        for route in (by_name[name] for name in QUESTIONS):
            if not visitor.may(route.action("POST")):
                continue
            for word in HIDDEN_WORDS:
                # As long, of the same shape, with as many readings (1 may be meant for І), and nobody's.
                code = "+380" if word.startswith("+380") else ""
                nothing = code + word.removeprefix(code).translate(str.maketrans("р78923", "л45687"))
                there, absent = (_ask(visitor, route, "POST", {}, {"q": text}) for text in (word, nothing))
                said = tuple(part.replace(word, "?").replace(nothing, "?") for part in (there[1], absent[1]))
                if there[0] != absent[0] or said[0] != said[1] or there[2] != absent[2]:
                    wrong.append(f"{route.name} {word}: {_difference(there, absent)}")
        transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def _answers(
    visitor: Visitor, who: str, world: World, common: dict[str, Any], *, first: bool = False
) -> Answers:
    """Everything that this person reads; `first`: only so that nothing is read for the first time later."""
    found: Answers = {}
    for route, values in _reading(visitor, who, world):
        if first and route.arguments:
            continue
        samples = Samples(**{**common, **values})
        found[route.name, ""] = _ask(visitor, route, "GET", samples.of(route), None)
    for route in routes():
        if route.name in QUESTIONS and visitor.may(route.action("POST")):
            for word in HIDDEN_WORDS:
                found[route.name, word] = _ask(visitor, route, "POST", {}, {"q": word})
    found |= _exported(visitor)
    return found


def _exported(visitor: Visitor) -> Answers:
    """The cells of the table of employees, for whom it is made; the record of the export is taken back."""
    route = next(route for route in routes() if route.name == EXPORT)
    if not visitor.may(route.action("POST")):
        return {}
    with transaction.atomic():
        answer = visitor.ask(route, "POST", {}, whole=True, data={"purpose": "Звірка."})
        transaction.set_rollback(True)
    return {(EXPORT, ""): (answer.status_code, _read(answer), ())}


def _reading(visitor: Visitor, who: str, world: World) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Lists and pages without an object, and of each page of an object one that this person sees."""
    for route in routes():
        action = route.action("GET")
        if route.name.startswith(OF_THE_PROGRAM) or not action or not visitor.may(action):
            continue
        if not route.arguments:
            yield route, {}
            continue
        kind = rights.object_of(route.name)
        for column, values in world.of(kind, who).items() if kind else ():
            if column in {"project", "mine"} and sees(who, visitor.employee, kind, column):
                yield route, values
                break


_KEPT = re.compile(
    r'FROM "insurance_(country|servicekind|currency|territory|insurer|edition|cover|exclusion)" '
)
"""Reference data and final rules are read once in a process after any change of them (`fregat.lib.reference`)."""


def _ask(visitor: Visitor, route: Route, method: str, values: dict[str, Any], data: Any) -> Any:
    cache.clear()
    answer = visitor.ask(route, method, values, whole=True, data=data)
    text = _CHANGING.sub(r"\1", _read(answer))
    if answer["Content-Type"] in {"application/pdf", "image/webp"}:
        text = ""  # drawn anew each time; what is drawn comes from the statements
    statements = (_CURSOR.sub("cursor", sql) for sql in visitor.statements if not _KEPT.search(sql))
    return answer.status_code, text, tuple(VALUES.sub("?", sql) for sql in statements)


def _read(answer: Any) -> str:
    """What people read: the text, or the cells of a workbook, whose bytes hold the time of its making."""
    body = b"".join(answer) if answer.streaming else answer.content
    if answer["Content-Type"] != XLSX:
        return body.decode(errors="replace")
    sheets = load_workbook(BytesIO(body))
    return "\n".join(str(row) for sheet in sheets for row in sheet.iter_rows(values_only=True))


def _difference(one: Any, other: Any) -> str:
    if one[0] != other[0]:
        return f"{one[0]} and {other[0]}"
    if one[1] != other[1]:
        pairs = zip(one[1].splitlines(), other[1].splitlines(), strict=False)
        return (
            "other bodies: "
            + str(next(((a.strip(), b.strip()) for a, b in pairs if a != b), "in length"))[:400]
        )
    more = set(one[2]) ^ set(other[2])
    return f"{len(one[2])} and {len(other[2])} statements: {sorted(more)[:2]}"

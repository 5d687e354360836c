"""Queries that are built once for a seat show each person exactly the cases that `visible_to` shows them, on the
same grounds (`querysets.Seat`, `fregat.lib.frozen`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.casework import selectors
from cases.casework.models import Case, Task
from cases.casework.querysets import seat_of
from fregat.lib import clock, frame, once
from fregat.lib.errors import NotFound
from tests.cast import make_case
from tests.meta.conftest import handed_over

pytestmark = pytest.mark.django_db
PEOPLE = [
    "operator",
    "operator2",
    "stranger",
    "senior",
    "head",
    "doctor",
    "client",
    "officer",
    "quality",
    "director",
    "admin_",
]


@pytest.fixture
def cases(
    operator: Any, operator2: Any, stranger: Any, senior: Any, doctor: Any, client: Any, policy: Any, person: Any,
    on_shift: Any,
) -> list[Case]:  # fmt: skip
    """A case for each way of seeing one, and one of another project that nobody here was given."""
    on_shift(senior, leads=True)
    for one in (operator, operator2, stranger):
        on_shift(one)
    now = clock.now()
    plain = make_case(operator, policy=policy, person=person)
    told, asked, handed = (make_case(stranger) for _each in range(3))
    told.escalations.create(
        reason="unusual", text="x", raised_at=now, due_at=now + timedelta(minutes=5), addressee=senior
    )
    for to in (operator2, doctor, client):
        Task.objects.create(
            case=asked, at=now, by=operator, text="x", assignee=to, due_at=now + timedelta(hours=1)
        )
    handed_over(handed, stranger, operator)
    return [plain, told, asked, handed, make_case(operator2, policy=policy), make_case(stranger)]


@pytest.mark.parametrize("who", PEOPLE)
def test_the_same_cases_on_the_same_grounds(request: Any, cases: list[Case], who: str) -> None:
    person, now = request.getfixturevalue(who), clock.now()
    expected = {row.pk: row.ground for row in Case.objects.seen_by(person, now)}
    for _twice in range(2):
        lines = selectors.lines(person, {}, now, tells=True, after=None, most=51)
        assert {row.pk: row.ground for row in lines} == expected
        assert sum(selectors.counts(person, {}, now).values()) == len(expected)
    for case in cases:
        if case.pk in expected:
            assert selectors.get_whole(person, case.number, ["x"], now=now).ground == expected[case.pk]
        else:
            with pytest.raises(NotFound):
                selectors.get_whole(person, case.number, ["x"], now=now)


def test_a_line_says_the_same_however_it_was_asked(operator2: Any, cases: list[Case]) -> None:
    now = clock.now()
    built = selectors.lines(operator2, {}, now, tells=True, after=None, most=51)
    anew = selectors.lines(operator2, {}, now, tells=True, after=2**40, most=51)
    names = ("pk", "due_at", "told", "who", "place", "insurer", "country", "ground")
    assert [[getattr(row, name) for name in names] for row in built] == [
        [getattr(row, name) for name in names] for row in anew
    ]
    assert any(row.due_at for row in built)


def test_who_has_a_seat(
    operator: Any, operator2: Any, senior: Any, head: Any, director: Any, cases: list[Case]
) -> None:
    now = clock.now()
    assert seat_of(operator, now) == seat_of(operator2, now), "one statement for all operators"
    assert seat_of(operator, now) != seat_of(head, now) is not None
    assert seat_of(senior, now) is None, "their team is another condition for everybody"
    assert seat_of(director, now) is None and seat_of(operator, now + timedelta(days=2)) is None, (
        "nothing is seen"
    )


def test_inside_a_request_too(operator: Any, operator2: Any, cases: list[Case]) -> None:
    """The frame has read projects and shift of one reader; another's are theirs."""
    for person in (operator, operator2):
        now = clock.now()
        expected = set(Case.objects.visible_to(person, now).values_list("pk", flat=True))
        with once.noted():
            frame.read(person, now)
            lines = selectors.lines(person, {}, now, tells=False, after=None, most=51)
        assert {row.pk for row in lines} == expected


def test_what_is_like_it_is_found_alike(operator: Any, cases: list[Case]) -> None:
    case = cases[0]
    now = case.opened_at
    Case.objects.filter(pk=cases[4].pk).update(person_name="ЗАХАР", caller_phone="+380671112233")
    for name, phone in (("захар", ""), ("", "+380671112233"), ("", ""), ("захар", "+380671112233")):
        case.person_name, case.caller_phone = name, phone
        built = selectors.duplicates(case, user=operator, now=now)
        anew = selectors.duplicates(case, user=operator, now=now + timedelta(seconds=1))
        assert [row.pk for row in built] == [row.pk for row in anew]
        assert (cases[4].pk in [row.pk for row in built]) == bool(name or phone)

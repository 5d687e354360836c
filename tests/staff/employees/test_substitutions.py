"""Substitutions on their page: told to those concerned, in force at once, two never, circles never (A2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock, jobs, notices
from fregat.lib.errors import Conflict, NotAllowed
from fregat.lib.models import Job, Notice
from fregat.lib.rights import Role
from staff.employees import actions, rules, selectors
from staff.employees.models import Employee, Substitution, SubstitutionEvent
from staff.employees.rules import Acting
from tests.builders import make_employee

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]
T = datetime(2026, 12, 1, tzinfo=clock.KYIV)


def day(number: int) -> datetime:
    """So many days from now."""
    return clock.now() + timedelta(days=number)


@pytest.fixture
def senior3(head: Employee) -> Employee:
    """One more senior manager."""
    return make_employee("senior3", Role.SENIOR, last_name="Гайдук", first_name="Ольга")


def typed(instant: datetime) -> str:
    """As it is typed."""
    return f"{clock.local(instant):%d.%m.%Y %H:%M}"


# --- Circles ----------------------------------------------------------------------------------------------


def span(senior: int, substitute: int, first: int, last: int) -> Acting:
    return Acting(senior, substitute, T + timedelta(days=first), T + timedelta(days=last))


@pytest.mark.parametrize(
    ("there", "new", "found"),
    [
        ([], (1, 2, 0, 5), []),
        ([(2, 1, 0, 5)], (1, 2, 4, 9), [1, 2, 1]),
        ([(2, 1, 0, 5)], (1, 2, 5, 9), []),
        ([(2, 3, 0, 9), (3, 1, 0, 9)], (1, 2, 3, 4), [1, 2, 3, 1]),
        ([(2, 3, 0, 4), (3, 1, 5, 9)], (1, 2, 0, 9), []),
        ([(2, 3, 0, 2), (2, 4, 2, 9), (4, 1, 3, 4)], (1, 2, 0, 9), [1, 2, 4, 1]),
        ([(2, 3, 0, 9), (3, 4, 0, 9), (4, 5, 0, 9)], (1, 2, 0, 9), []),
        ([(2, 3, 0, 9), (3, 2, 20, 29)], (1, 2, 0, 29), []),
    ],
)
def test_a_circle_is_found_only_where_all_of_it_holds_at_one_moment(
    there: list[tuple[int, ...]], new: tuple[int, ...], found: list[int]
) -> None:
    assert rules.circle([span(*row) for row in there], span(*new)) == found


def test_two_do_not_substitute_each_other(head: Employee, senior: Employee, senior2: Employee) -> None:
    actions.substitute(by=head, senior=senior, substitute=senior2, since=day(0), until=day(5))
    with pytest.raises(Conflict) as refused:
        actions.substitute(by=head, senior=senior2, substitute=senior, since=day(4), until=day(9))
    assert refused.value.code == "substitution_circle"
    assert "Щербак Лідія → Євтушенко Марко → Щербак Лідія" in str(refused.value.sentence)
    actions.substitute(
        by=head, senior=senior2, substitute=senior, since=day(5) + timedelta(minutes=1), until=day(9)
    )


def test_nor_do_three_in_a_ring(
    head: Employee, senior: Employee, senior2: Employee, senior3: Employee
) -> None:
    for one, other in ((senior, senior2), (senior2, senior3)):
        actions.substitute(by=head, senior=one, substitute=other, since=day(0), until=day(5))
    with pytest.raises(Conflict) as refused:
        actions.substitute(by=head, senior=senior3, substitute=senior, since=day(1), until=day(2))
    chain = "Гайдук Ольга → Щербак Лідія → Євтушенко Марко → Гайдук Ольга"
    assert chain in str(refused.value.sentence)  # each acts for the next


def test_the_database_refuses_a_circle_whoever_writes(
    senior: Employee, senior2: Employee, senior3: Employee
) -> None:
    for one, other in ((senior, senior2), (senior2, senior3)):
        Substitution.objects.create(senior=one, substitute=other, since=day(0), until=day(5))
    ring = {"senior": senior3, "substitute": senior}
    with pytest.raises(IntegrityError, match="substitution_circle"), transaction.atomic():
        Substitution.objects.create(**ring, since=day(4), until=day(9))
    later = Substitution.objects.create(**ring, since=day(5), until=day(9))
    with pytest.raises(IntegrityError, match="substitution_circle"), transaction.atomic():
        Substitution.objects.filter(pk=later.pk).update(since=day(4))
    assert Substitution.objects.filter(pk=later.pk).update(until=day(8)) == 1


# --- Told and in force --------------------------------------------------------------------------------------


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("employee__username", flat=True))


def test_those_concerned_are_told_and_nobody_else(
    head: Employee,
    director: Employee,
    senior: Employee,
    senior2: Employee,
    operator: Employee,
    stranger: Employee,
) -> None:
    actions.substitute(by=director, senior=senior, substitute=senior2, since=day(0), until=day(5))
    assert told("substitution_set") == {"senior", "senior2", "operator", "head"}
    line = notices.latest(operator, clock.now())[0]
    assert "Євтушенко Марко" in line.text and "Щербак Лідія" in line.text and line.url == "/staff/me/"
    assert notices.latest(head, clock.now())[0].url == "/staff/substitutions/"


def test_who_sets_it_is_not_told_of_it(head: Employee, senior: Employee, operator: Employee) -> None:
    actions.substitute(by=head, senior=senior, substitute=head, since=day(0), until=day(5))
    assert told("substitution_set") == {"senior", "operator"}


def test_an_early_end_takes_the_team_away_at_once(
    head: Employee, senior: Employee, senior2: Employee, operator: Employee, page: Browser
) -> None:
    row = actions.substitute(by=head, senior=senior, substitute=senior2, since=day(0), until=day(5))
    browser = page(senior2)
    assert browser.get("/staff/operator/").status_code == 200
    actions.end_substitution(by=head, substitution_id=row.pk)
    assert browser.get("/staff/operator/").status_code == 404
    assert told("substitution_ended") == {"senior", "senior2", "operator"}
    assert selectors.substitute_of(senior, clock.now()) is None
    with pytest.raises(Conflict):
        actions.end_substitution(by=head, substitution_id=row.pk)


def test_one_that_has_not_begun_is_dropped_and_remembered(
    head: Employee, senior: Employee, senior2: Employee
) -> None:
    row = actions.substitute(by=head, senior=senior, substitute=senior2, since=day(2), until=day(5))
    assert Job.objects.filter(key=f"substitution_turn:{row.pk}", done_at=None).exists()
    pk = row.pk
    actions.end_substitution(by=head, substitution_id=pk)
    assert not Substitution.objects.exists() and not Job.objects.filter(kind="substitution_turn").exists()
    assert "substitution_dropped" in Notice.objects.values_list("kind", flat=True)
    last = SubstitutionEvent.objects.filter(id=pk).latest("pgh_id")
    assert (last.pgh_label, last.pgh_context["user"]) == ("delete", head.pk)
    actions.substitute(by=head, senior=senior, substitute=senior2, since=day(2), until=day(5))


def test_both_are_told_when_it_begins_and_when_it_ends(
    head: Employee, senior: Employee, senior2: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    actions.substitute(by=head, senior=senior, substitute=senior2, since=day(2), until=day(5))
    for after, kind in ((2.01, "substitution_begins"), (5.01, "substitution_ends")):
        monkeypatch.setattr(clock, "now", lambda moment=start + timedelta(days=after): moment)
        jobs.sweep()
        assert told(kind) == {"senior", "senior2"}
    jobs.sweep()
    assert Notice.objects.filter(kind__in=["substitution_begins", "substitution_ends"]).count() == 4


def test_an_escalation_of_the_team_goes_to_the_substitute_at_once(
    head: Employee, senior: Employee, senior2: Employee, operator: Employee, on_shift: Callable[..., Any]
) -> None:
    from cases.casework.selectors import addressee

    on_shift(operator)
    on_shift(senior2)
    now = clock.now()
    assert addressee(operator, now) == head
    row = actions.substitute(by=head, senior=senior, substitute=senior2, since=now, until=day(1))
    assert addressee(operator, clock.now()) == senior2
    actions.end_substitution(by=head, substitution_id=row.pk)
    assert addressee(operator, clock.now()) == head


# --- The page -----------------------------------------------------------------------------------------------


def test_the_head_sets_and_ends_one_on_the_page(
    page: Browser, head: Employee, senior: Employee, senior2: Employee
) -> None:
    browser = page(head)
    data = {"senior": "senior", "substitute": "senior2", "since": "", "until": typed(day(3))}
    assert browser.post("/staff/substitutions/new/", data).status_code == 302
    (row,) = browser.get("/staff/substitutions/").context["found"].running
    assert (row.senior, row.substitute, row.created_by) == (senior, senior2, head)
    assert browser.post(f"/staff/substitutions/{row.pk}/end/").status_code == 302
    found = browser.get("/staff/substitutions/").context["found"]
    assert (found.running, [one.pk for one in found.past]) == ([], [row.pk])


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"substitute": "senior"}, 400, "сам"), ({"senior": "operator"}, 400, "вибір"), ({"senior": ""}, 400, "обов"),
        ({"until": ""}, 400, "обов"), ({"until": "завтра"}, 400, "дат"), ({"until": "01.01.2020 10:00"}, 400, "закінч"),
        ({"until": "01.01.3000 10:00"}, 400, "рік"), ({"since": "01.01.2020 10:00"}, 400, "заднім числом"),
        ({"since": "31.12.2027 10:00"}, 400, "закінч"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    page: Browser, head: Employee, senior: Employee, senior2: Employee, operator: Employee,
    change: dict[str, str], status: int, word: str,
) -> None:  # fmt: skip
    data = {"senior": "senior", "substitute": "senior2", "since": "", "until": typed(day(3)), **change}
    answer = page(head).post("/staff/substitutions/new/", data)
    body = answer.content.decode()
    assert answer.status_code == status and word in body
    assert all(value in body for value in data.values())
    assert not Substitution.objects.exists()


def test_a_second_one_at_the_time_and_a_circle_are_said_on_the_form(
    page: Browser, head: Employee, senior: Employee, senior2: Employee
) -> None:
    actions.substitute(by=None, senior=senior, substitute=senior2, since=day(0), until=day(5))
    browser = page(head)
    for data, word in (
        ({"senior": "senior", "substitute": "head"}, "вже"),
        ({"senior": "senior2", "substitute": "senior"}, "коло"),
    ):
        answer = browser.post("/staff/substitutions/new/", data | {"until": typed(day(2))})
        assert answer.status_code == 409 and word in answer.content.decode()


def test_a_senior_manager_sees_those_in_which_they_take_part_and_sets_none(
    page: Browser, head: Employee, senior: Employee, senior2: Employee, senior3: Employee
) -> None:
    actions.substitute(by=None, senior=senior, substitute=head, since=day(0), until=day(5))
    actions.substitute(by=None, senior=senior2, substitute=senior3, since=day(0), until=day(5))
    browser = page(senior2)
    (row,) = browser.get("/staff/substitutions/").context["found"].running
    assert row.senior == senior2
    other = Substitution.objects.get(senior=senior)
    assert browser.post(f"/staff/substitutions/{other.pk}/end/").status_code == 404
    assert browser.post(f"/staff/substitutions/{row.pk}/end/").status_code == 403
    assert browser.get("/staff/substitutions/new/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.end_substitution(by=senior2, substitution_id=row.pk)


@pytest.mark.parametrize("who", ["operator", "doctor", "quality", "admin_"])
def test_others_have_no_such_page(page: Browser, request: pytest.FixtureRequest, who: str) -> None:
    assert page(request.getfixturevalue(who)).get("/staff/substitutions/").status_code == 403


def test_the_past_comes_in_pages_and_the_statements_do_not_grow(
    page: Browser, head: Employee, senior: Employee, senior2: Employee
) -> None:
    browser, counts, made = page(head), set(), 0
    for number in (10, 300):
        starts = [day(-made - index - 1) for index in range(number)]
        Substitution.objects.bulk_create(
            Substitution(senior=senior, substitute=senior2, since=start, until=start + timedelta(hours=5))
            for start in starts
        )
        made += number
        with CaptureQueriesContext(connection) as said:
            found = browser.get("/staff/substitutions/").context["found"]
        counts.add(len(said))
    assert len(counts) == 1
    more = browser.get(f"/staff/substitutions/?after={found.following}", headers={"hx-request": "true"})
    assert len(found.past) == len(more.context["found"].past) == 30
    assert not {row.pk for row in found.past} & {row.pk for row in more.context["found"].past}


def test_the_team_reads_on_its_own_page_who_acts(
    page: Browser, senior: Employee, senior2: Employee, operator: Employee
) -> None:
    assert "Щербак" not in page(operator).get("/staff/me/").content.decode()
    actions.substitute(by=None, senior=senior, substitute=senior2, since=day(0), until=day(5))
    assert "Щербак Лідія" in page(operator).get("/staff/me/").content.decode()

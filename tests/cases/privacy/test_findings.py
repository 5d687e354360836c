"""Patterns of looks are found by the program and examined by people, never their own (E1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cases.privacy import actions
from cases.privacy.actions import record_look, seal_log
from cases.privacy.models import AccessLog, Finding
from cases.privacy.rules import patterns
from cases.privacy.rules.patterns import Pattern, Who, family, tie
from cases.privacy.statuses import DECIDED, TRANSITIONS, State, may_move
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.cast import make_case, make_person, make_policy, make_shift

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=clock.KYIV)
NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=clock.KYIV)


@pytest.fixture
def opened(operator: Employee) -> Callable[..., Any]:
    """`opened(person, at)`: the card of a person is opened; of one more stranger when none is named."""

    def once(person: Any = None, at: datetime = NOON, *, by: Employee | None = None, **values: Any) -> Any:
        row = person or make_person("Незнайомий", f"Особа{uuid4().hex[:6]}", phone="")
        said = {"kind": "person", "part": "card", "ground": "project", **values}
        record_look(by=by or operator, objects=[row.uuid], now=at, **said)
        return row

    return once


def found(now: datetime | None = None) -> list[str]:
    """Seal, look for patterns; the patterns of all findings."""
    seal_log()
    actions.find_patterns(now=now or clock.now())
    return list(Finding.objects.order_by("pk").values_list("pattern", flat=True))


# --- What is found -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_many_persons_in_a_short_time(
    opened: Any, monkeypatch: pytest.MonkeyPatch, operator: Employee
) -> None:
    monkeypatch.setattr(patterns, "MANY_PERSONS", 4)
    for minute in range(3):
        opened(at=NOON + timedelta(minutes=minute), ground="request")
    assert found() == []
    opened(at=NOON + timedelta(minutes=3), ground="request")
    assert found() == ["many_persons"]
    row = Finding.objects.get()
    assert (row.employee, len(row.looks), row.state) == (operator, 4, "new")
    opened(at=NOON + timedelta(minutes=4), ground="request")
    assert found() == ["many_persons"]  # the same hour: the same finding, with one look more
    assert len(Finding.objects.get().looks) == 5


@pytest.mark.django_db
def test_the_same_persons_again_or_over_a_long_time_are_not_many(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "MANY_PERSONS", 4)
    person = opened(ground="request")
    for number in range(5):
        opened(person, at=NOON + timedelta(minutes=number), ground="request")
    for number in range(4):
        opened(at=NOON + timedelta(minutes=40 * number), ground="request")
    assert found() == []


@pytest.mark.django_db
def test_a_list_is_no_opening_of_many(operator: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MANY_PERSONS", 4)
    record_look(
        by=operator,
        kind="person",
        objects=[uuid4() for _ in range(20)],
        part="lookup",
        ground="call",
        now=NOON,
    )
    assert found() == []


@pytest.mark.django_db
def test_persons_without_any_case_are_found_an_hour_later(opened: Any, operator: Employee) -> None:
    for minute in range(3):
        opened(at=NOON + timedelta(minutes=minute))
    assert found(NOON + timedelta(minutes=30)) == []
    assert found(NOON + timedelta(minutes=70)) == ["no_case"]
    assert len(Finding.objects.get().looks) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "expected"), [(20, []), (59, []), (90, ["no_case"])])
def test_a_case_opened_near_the_look_explains_it(
    opened: Any, operator: Employee, project: Any, minutes: int, expected: list[str]
) -> None:
    people = [opened(at=NOON) for _ in range(3)]
    case = make_case(operator, policy=make_policy(project, people[0]), person=people[0])
    record_look(
        by=operator, kind="case", objects=[case.uuid], part="card", ground="responsibility",
        now=NOON + timedelta(minutes=minutes),
    )  # fmt: skip
    assert found(NOON + timedelta(hours=3)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("surname", "given_name", "phone", "pattern"),
    [
        ("Ґалаган", "Олена", "", "own_record"),
        ("Зінченко", "Тарас", "", "colleague"),
        ("Ґалаган", "Петро", "", "same_surname"),
        ("Будь-хто", "Інший", "+380671112233", "colleague"),
        ("Зінченко", "Петро", "", None),
    ],
)
def test_colleagues_and_namesakes(
    opened: Any,
    operator: Employee,
    operator2: Employee,
    surname: str,
    given_name: str,
    phone: str,
    pattern: str | None,
) -> None:
    Employee.objects.filter(pk=operator2.pk).update(phone="+380671112233")
    opened(make_person(surname, given_name, phone=phone))
    assert found() == ([pattern] if pattern else [])


@pytest.mark.django_db
def test_the_case_of_a_colleague_counts_as_the_record(
    operator: Employee, operator2: Employee, project: Any
) -> None:
    person = make_person("Зінченко", "Тарас", phone="")
    case = make_case(operator, policy=make_policy(project, person), person=person)
    record_look(by=operator, kind="case", objects=[case.uuid], part="card", ground="responsibility", now=NOON)
    assert found() == ["colleague"]


@pytest.mark.django_db
def test_at_night_off_shift(opened: Any, senior: Employee) -> None:
    opened(at=NIGHT, by=senior, ground="request")
    opened(at=NIGHT + timedelta(hours=5), by=senior, ground="request")
    assert found() == ["night"]
    assert len(Finding.objects.get().looks) == 2
    opened(at=NIGHT + timedelta(hours=24), by=senior, ground="request")
    assert found() == ["night", "night"]


@pytest.mark.django_db
def test_at_night_on_shift_is_work(opened: Any, operator: Employee) -> None:
    now = clock.now()
    make_shift(operator, now + timedelta(hours=1), now + timedelta(hours=13), kind="night")
    from shifts.roster.models import Shift

    Shift.objects.update(starts_at=NIGHT - timedelta(hours=3), ends_at=NIGHT + timedelta(hours=9))
    opened(at=NIGHT, ground="request")
    opened(at=NOON, ground="request")
    assert found() == []


@pytest.mark.django_db
def test_what_has_no_seal_yet_is_not_gone_through_and_is_not_lost(opened: Any, operator2: Employee) -> None:
    opened(make_person("Зінченко", "Тарас", phone=""))
    actions.find_patterns(now=clock.now())
    assert not Finding.objects.exists()
    assert found() == ["colleague"]
    assert found() == ["colleague"]  # and only once


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("Ковальська", "Ковальський", True), ("Іванова", "Іванов", True), ("Мар’яненко", "Мар'яненко", True),
        ("Шевченко", "Шевчук", False), ("Ова", "Ов", False), ("Лисенко", "ЛИСЕНКО", True),
    ],
)  # fmt: skip
def test_surnames_of_one_family(one: str, other: str, kin: bool) -> None:
    assert (family(one) == family(other)) is kin


def test_the_tie_that_says_most_is_named() -> None:
    staff = {1: Who("Бойко", "Ганна", "+1"), 2: Who("Бойко", "Іван", "+2")}
    assert tie(1, Who("Бойко", "Ганна", ""), staff) == Pattern.OWN_RECORD
    assert tie(1, Who("Бойко", "Іван", ""), staff) == Pattern.COLLEAGUE
    assert tie(1, Who("Бойко", "Марія", ""), staff) == Pattern.SAME_SURNAME
    assert tie(1, Who("", "", ""), staff) is None
    assert tie(9, Who("Інший", "Хтось", ""), staff) is None


# --- How it is examined --------------------------------------------------------------------------------
@pytest.fixture
def finding(opened: Any, operator2: Employee, officer: Employee) -> Finding:
    """`operator` opened the record of a colleague."""
    opened(make_person("Зінченко", "Тарас", phone=""))
    found()
    return Finding.objects.get()


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("employee__username", flat=True))


@pytest.mark.django_db
def test_taken_up_explained_and_decided(finding: Finding, operator: Employee, officer: Employee) -> None:
    assert told("finding_new") == ["officer"]
    actions.take_up(by=officer, finding_id=finding.pk)
    assert told("finding_asks") == ["operator"]
    actions.explain(by=operator, finding_id=finding.pk, explanation="Телефонував сам Тарас.")
    assert told("finding_explained") == ["officer"]
    actions.decide(by=officer, finding_id=finding.pk, decision="justified", reason="Є дзвінок.")
    assert told("finding_decided") == ["operator"]
    finding.refresh_from_db()
    assert (finding.state, finding.taken_up_by, finding.decided_by) == ("justified", officer, officer)


@pytest.mark.django_db
def test_nobody_examines_their_own(finding: Finding, officer: Employee, head: Employee) -> None:
    Finding.objects.update(employee=officer)
    with pytest.raises(NotAllowed, match="Власних"):
        actions.take_up(by=officer, finding_id=finding.pk)
    actions.take_up(by=head, finding_id=finding.pk)
    with pytest.raises(NotAllowed):
        actions.decide(by=officer, finding_id=finding.pk, decision="justified", reason="Так.")
    with pytest.raises(IntegrityError, match="finding_not_own"), transaction.atomic():
        Finding.objects.update(taken_up_by=officer)


@pytest.mark.django_db
def test_a_finding_about_the_officer_is_told_to_the_head(
    opened: Any, officer: Employee, head: Employee
) -> None:
    opened(make_person("Руденко", "Ніна", phone=""), by=officer)
    assert found() == ["own_record"]
    assert told("finding_new") == ["head"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["operator", "operator2", "senior", "doctor", "quality", "admin_"])
def test_others_see_nothing_of_a_new_one(finding: Finding, request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(NotFound):
        actions.take_up(by=request.getfixturevalue(who), finding_id=finding.pk)


@pytest.mark.django_db
def test_the_director_reads_and_does_not_examine(finding: Finding, director: Employee) -> None:
    with pytest.raises(NotAllowed):
        actions.take_up(by=director, finding_id=finding.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("to", State)
def test_only_lawful_steps(
    finding: Finding, operator: Employee, officer: Employee, start: State, to: State
) -> None:
    now = clock.now()
    values: dict[str, Any] = {"state": start}
    if start != State.NEW:
        values |= {"taken_up_at": now, "taken_up_by": officer}
    if start in DECIDED:
        values |= {"decided_at": now, "decided_by": officer, "reason": "Так."}
    Finding.objects.update(**values)

    def step() -> None:
        if to == State.TAKEN_UP:
            actions.take_up(by=officer, finding_id=finding.pk)
        elif to == State.EXPLAINED:
            actions.explain(by=operator, finding_id=finding.pk, explanation="Так було треба.")
        else:
            actions.decide(by=officer, finding_id=finding.pk, decision=to, reason="Є дзвінок.")

    if to == State.NEW:
        with pytest.raises(Invalid):
            step()
    elif may_move(start, to):
        step()
        finding.refresh_from_db()
        assert finding.state == to
    else:
        with pytest.raises(NotFound if (start, to) == (State.NEW, State.EXPLAINED) else Conflict):
            step()


def test_every_state_has_its_ways_and_every_way_an_end() -> None:
    assert set(TRANSITIONS) == set(State)
    assert all(TRANSITIONS[state] for state in State if state not in DECIDED)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "  \n "])
def test_words_are_needed(finding: Finding, operator: Employee, officer: Employee, text: str) -> None:
    actions.take_up(by=officer, finding_id=finding.pk)
    with pytest.raises(Invalid):
        actions.explain(by=operator, finding_id=finding.pk, explanation=text)
    with pytest.raises(Invalid):
        actions.decide(by=officer, finding_id=finding.pk, decision="breach", reason=text)


# --- On pages ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_whole_way_on_pages(
    finding: Finding, operator: Employee, officer: Employee, page: Callable[[Employee], Client]
) -> None:
    address = f"/privacy/findings/{finding.pk}/"
    theirs, hers = page(officer), page(operator)
    assert "запис колеги" not in hers.get("/privacy/").content.decode()
    assert hers.get(address).status_code == 404
    assert "запис колеги" in theirs.get("/privacy/findings/").content.decode()
    body = theirs.get(address).content.decode()
    assert "Зінченко Тарас" in body
    assert AccessLog.objects.filter(employee=officer.pk, part="log", kind="person").exists()
    assert theirs.post(f"{address}take-up/").status_code == 302
    assert address in hers.get("/privacy/").content.decode()
    body = hers.get(address).content.decode()
    assert "Зінченко" not in body and "Ваше пояснення" in body
    assert hers.post(f"{address}explain/", {"explanation": ""}).status_code == 400
    assert hers.post(f"{address}explain/", {"explanation": "Телефонував сам."}).status_code == 302
    assert hers.post(f"{address}decide/", {"decision": "justified", "reason": "Так."}).status_code == 403
    kept = theirs.post(f"{address}decide/", {"decision": "", "reason": "Є дзвінок."})
    assert kept.status_code == 400 and "Є дзвінок." in kept.content.decode()
    assert (
        theirs.post(f"{address}decide/", {"decision": "justified", "reason": "Є дзвінок."}).status_code == 302
    )
    assert "Є дзвінок." in hers.get(address).content.decode()
    assert "Нічого пояснювати" in theirs.get("/privacy/findings/").content.decode()
    assert f"№ {finding.pk}" in theirs.get("/privacy/findings/?state=justified").content.decode()
    assert theirs.get("/privacy/findings/?state=x&before=zz").status_code == 404

"""The demonstration data holds what the interfaces promise, whatever the hour and however often."""

from __future__ import annotations

import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cases.casework.models import Case, Escalation
from cases.casework.statuses import Status
from cases.insurance.models import InsuredPerson, Insurer, Policy, Programme
from cases.insurance.selectors import look_up
from fregat.lib import clock
from fregat.lib.models import Notice, Pulse
from shifts.attendance import selectors as attendance
from shifts.roster.models import Shift
from staff.documents.models import Signature
from staff.documents.selectors import waiting
from staff.employees.models import Employee, Order
from tests.cast import make_employee

pytestmark = pytest.mark.django_db
NAMES = (
    "operator operator2 night stranger senior senior2 head officer director doctor client quality admin"
).split()


def seed() -> None:
    call_command("seed", stdout=StringIO())


@pytest.fixture
def demo() -> dict[str, Employee]:
    seed()
    return {employee.username: employee for employee in Employee.objects.all()}


def check_shifts(now: Any) -> None:
    """What the interfaces promise of shifts."""
    people = {employee.username: employee for employee in Employee.objects.all()}
    ends = {}
    for name in ("operator", "operator2", "stranger", "senior", "doctor"):
        shift = attendance.current_shift(people[name], now)
        assert shift is not None and shift.ends_at >= now + timedelta(hours=3), name
        ends[name] = shift.ends_at
    assert attendance.leader(now) == people["senior"]
    assert not attendance.is_on_duty(people["senior2"], now)
    [coming] = Shift.objects.not_ended(now).filter(employee=people["night"])
    assert (coming.kind, coming.starts_at) == ("night", ends["operator"])
    before = Shift.objects.standing().filter(
        employee=people["night"], ends_at__gt=coming.starts_at - timedelta(hours=48)
    )
    assert list(before) == [coming]


def check_cases(now: Any) -> None:
    """Whoever answers for an open case is on duty."""
    on_duty = set(attendance.on_duty(now)) | set(Employee.objects.heads())
    assert {case.responsible for case in Case.objects.open().select_related("responsible")} <= on_duty


def test_the_data_is_as_promised_and_a_second_start_changes_nothing(demo: dict[str, Employee]) -> None:
    assert sorted(demo) == sorted(NAMES)
    # One hash for all, so that one costly comparison tells of all.
    assert all(person.is_demo and person.password == demo["admin"].password for person in demo.values())
    assert Insurer.objects.count() == 3 and InsuredPerson.objects.count() == 2_000
    assert len(set(Policy.objects.values_list("territory", flat=True))) == 4
    assert all(programme.editions.get().covers.exists() for programme in Programme.objects.all())
    assert Case.objects.count() == 60
    assert set(Case.objects.values_list("status", flat=True)) == set(Status)
    assert (
        Escalation.objects.open().values("case").distinct().count() == Escalation.objects.open().count() == 2
    )
    assert Pulse.objects.filter(name="demo").exists()
    answer = Client().post("/accounts/login/", {"login": "admin", "password": "fregat-demo"})
    assert answer.status_code == 302

    now = clock.now()
    check_shifts(now)
    check_cases(now)
    assert not Case.objects.open().filter(responsible=demo["head"]).exists()
    assert not any(waiting(person, now) for person in demo.values())
    assert Signature.objects.count() == 4 + 4 + 2 + 1  # the operators' description has two versions

    expected = {
        "+380 67 123 45 67": "Ґалаган Олена Андріївна",
        "VZR-4471823": "Ґалаган Олена Андріївна",
        "Вишнивецька 1984": "Вишневецька Марина Ігорівна",
    }
    for text, name in expected.items():
        [first, *others] = look_up(demo["operator"], text, now=clock.now()).found
        assert first.person.full_name == name and first.policies and not others
    assert all(
        one.match == "similar" for one in look_up(demo["operator"], "KHRYSTENKO", now=clock.now()).found
    )

    shifts = list(Shift.objects.order_by("pk").values_list("pk", "starts_at", "ends_at", "version"))
    began = time.monotonic()
    seed()
    assert time.monotonic() - began < 1.5
    assert list(Shift.objects.order_by("pk").values_list("pk", "starts_at", "ends_at", "version")) == shifts
    assert Case.objects.count() == 60
    assert Signature.objects.count() == 11


def test_people_came_in_by_orders_that_are_numbered_and_dated_in_their_order(
    demo: dict[str, Employee],
) -> None:
    orders = list(Order.objects.order_by("issued_at"))
    assert {order.state for order in orders} == {"in_force"}
    assert [order.signed_on for order in orders] == sorted(order.signed_on for order in orders)
    appointed = {order.employee.username for order in orders if order.kind == "appointment"}
    assert appointed == set(NAMES) - {"director", "admin"}
    for name in appointed - {"night"}:
        assert demo[name].subordinations.count() <= 1
    first, now = demo["night"].subordinations.order_by("since")
    assert (first.senior, now.senior, now.until) == (demo["senior2"], demo["senior"], None)
    by_year = {}
    for order in orders:
        by_year.setdefault(order.signed_on.year, []).append(int(order.number.split("/")[0]))
    assert max(order.signed_on for order in orders) < clock.local(clock.now()).date() - timedelta(days=30)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_year.values())


def test_the_data_officer_finds_looks_to_examine(demo: dict[str, Employee]) -> None:
    from cases.privacy.actions import find_patterns
    from cases.privacy.models import AccessLog, Finding, SealMark

    SealMark.objects.update_or_create(pk=1, defaults={"sealed_id": AccessLog.objects.latest("id").id})
    find_patterns(now=clock.now())
    found = {(row.pattern, row.employee.username) for row in Finding.objects.select_related("employee")}
    assert found >= {
        ("many_persons", "client"), ("no_case", "operator2"), ("night", "stranger"),
        ("same_surname", "operator"), ("colleague", "doctor"),
    }  # fmt: skip
    assert "own_record" not in {pattern for pattern, _who in found}
    written = AccessLog.objects.count()
    seed()
    assert AccessLog.objects.count() == written


def test_nobody_of_the_demonstration_has_old_news_to_read(demo: dict[str, Employee]) -> None:
    assert not Notice.objects.filter(read_at=None, kind__in=["account_needed", "order_in_force"]).exists()


def test_started_again_later_the_shifts_stand_again(demo: dict[str, Employee], monkeypatch: Any) -> None:
    later = clock.now()
    for hours in (1, 5, 2, 6, 9, 13, 8, 26, 47, 21, 3, 400, 12):
        later += timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda now=later: now)
        seed()
        check_shifts(later)
        check_cases(later)


def test_where_real_people_work_it_is_refused() -> None:
    make_employee("director", "director")
    with pytest.raises(CommandError):
        seed()
    assert not Insurer.objects.exists()


def test_somebody_has_something_to_do_by_an_order_of_the_senior_manager(demo: dict[str, Employee]) -> None:
    from staff.tasks.models import Assignment

    seed()
    states = dict(Assignment.objects.values_list("assignee__username", "state"))
    assert states == {"operator": "given", "operator2": "reported", "night": "given", "senior": "given"}

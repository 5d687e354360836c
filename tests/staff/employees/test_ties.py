"""Who reports to whom and who acts for whom (JD I.2, I.5, A2)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.rights import Role
from staff.employees import actions, selectors
from staff.employees.models import Employee, Subordination
from tests.cast import give_order, make_employee

pytestmark = pytest.mark.django_db


def test_an_operator_is_not_appointed_without_a_senior_manager(director: Employee) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create_employee(username="new", last_name="Новак", first_name="Іван", role=Role.OPERATOR)
    assert "senior" in refused.value.errors
    assert not Employee.objects.filter(username="new").exists()


def test_a_taken_or_impossible_sign_in_name_is_refused_with_its_field(
    director: Employee, operator: Employee
) -> None:
    for name in ("operator", "two words", "", "x" * 61, "nul\x00"):
        with pytest.raises(Invalid) as refused:
            actions.create_employee(username=name, last_name="Новак", first_name="Іван", role=Role.DOCTOR)
        assert "username" in refused.value.errors


def test_an_unknown_role_is_refused(director: Employee) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create_employee(username="new", last_name="Новак", first_name="Іван", role="king")
    assert "role" in refused.value.errors


def test_a_transferred_operator_reports_to_the_new_senior_manager_and_the_history_is_kept(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    before = clock.now()
    give_order("senior_change", operator, by=director, senior=senior2)
    after = clock.now()
    assert selectors.senior_of(operator, before) == senior
    assert selectors.senior_of(operator, after) == senior2
    old, new = Subordination.objects.filter(employee=operator).order_by("since")
    assert old.until == new.since
    assert operator.pk not in selectors.team_ids(senior, after)
    assert operator.pk in selectors.team_ids(senior2, after)


def test_a_transfer_at_the_instant_of_the_appointment_leaves_no_empty_period(
    senior: Employee, senior2: Employee
) -> None:
    now = clock.now()
    person = make_employee("fresh", senior=senior, now=now)
    give_order("senior_change", person, senior=senior2, now=now)
    assert selectors.senior_of(person, now + timedelta(seconds=1)) == senior2


def test_nobody_transfers_themselves_or_without_the_right(
    operator: Employee, senior2: Employee, senior: Employee, head: Employee
) -> None:
    for person in (operator, senior, head):
        with pytest.raises(NotAllowed):
            give_order("senior_change", operator, by=person, senior=senior2)


def test_operators_report_to_senior_managers_only(
    operator: Employee, head: Employee, director: Employee
) -> None:
    with pytest.raises(Invalid):
        give_order("senior_change", operator, by=director, senior=head)


def test_the_database_refuses_two_senior_managers_at_once(operator: Employee, senior2: Employee) -> None:
    with pytest.raises(IntegrityError, match="one_senior_at_a_time"), transaction.atomic():
        Subordination.objects.create(employee=operator, senior=senior2, since=clock.now())


def test_the_database_refuses_an_operator_without_a_senior_manager(operator: Employee) -> None:
    with pytest.raises(IntegrityError, match="operator_has_a_senior"), transaction.atomic():
        Subordination.objects.filter(employee=operator).update(until=clock.now())
        _ask_constraints()


def test_the_database_refuses_a_team_whose_senior_manager_is_none_any_more(
    operator: Employee, senior: Employee
) -> None:
    with pytest.raises(IntegrityError, match="team_has_a_senior"), transaction.atomic():
        Employee.objects.filter(pk=senior.pk).update(role=Role.CLIENT)
        _ask_constraints()


def test_a_substitution_gives_the_team_for_its_time_only(
    operator: Employee, senior: Employee, senior2: Employee, head: Employee
) -> None:
    now = clock.now()
    actions.substitute(by=head, senior=senior, substitute=senior2, since=now, until=now + timedelta(days=7))
    assert selectors.substitute_of(senior, now) == senior2
    assert selectors.acts_for(senior2, now) == [senior]
    assert operator.pk in selectors.team_ids(senior2, now)
    later = now + timedelta(days=7)
    assert selectors.substitute_of(senior, later) is None
    assert operator.pk not in selectors.team_ids(senior2, later)


def test_two_substitutes_at_once_are_refused_with_a_sentence(
    senior: Employee, senior2: Employee, head: Employee
) -> None:
    now = clock.now()
    period = {"since": now, "until": now + timedelta(days=2)}
    actions.substitute(by=head, senior=senior, substitute=senior2, **period)
    with pytest.raises(Conflict) as refused:
        actions.substitute(by=head, senior=senior, substitute=head, **period)
    assert refused.value.code == "one_substitute_at_a_time"


@pytest.mark.parametrize(
    ("who", "for_whom", "since", "until", "field"),
    [
        ("operator", "senior", 0, 1, "substitute"),
        ("senior", "senior", 0, 1, "substitute"),
        ("senior2", "operator", 0, 1, "senior"),
        ("senior2", "senior", 2, 1, "until"),
        ("senior2", "senior", -2, -1, "until"),
    ],
)
def test_an_impossible_substitution_is_refused_with_its_field(
    request: pytest.FixtureRequest,
    head: Employee,
    who: str,
    for_whom: str,
    since: int,
    until: int,
    field: str,
) -> None:
    people = {name: request.getfixturevalue(name) for name in ("operator", "senior", "senior2")}
    now = clock.now()
    with pytest.raises(Invalid) as refused:
        actions.substitute(
            by=head, senior=people[for_whom], substitute=people[who],
            since=now + timedelta(days=since), until=now + timedelta(days=until),
        )  # fmt: skip
    assert list(refused.value.errors) == [field]


def test_a_senior_manager_does_not_choose_their_substitute(senior: Employee, senior2: Employee) -> None:
    now = clock.now()
    with pytest.raises(NotAllowed):
        actions.substitute(
            by=senior, senior=senior, substitute=senior2, since=now, until=now + timedelta(days=1)
        )


def _ask_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

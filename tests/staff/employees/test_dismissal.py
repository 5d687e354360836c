"""Dismissal ends everything at once and leaves nothing without an owner (JD I.4, A3)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from knox.models import AuthToken

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.rights import Role
from staff.employees import actions, registry, selectors
from staff.employees.models import Employee, Substitution
from tests.cast import give_order, make_employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Employee, Employee | None, Employee | None]]:
    """What a room above hears: who, by whom, and who was their senior manager at that moment."""
    heard: list[tuple[Employee, Employee | None, Employee | None]] = []

    def hear(employee: Employee, by: Employee | None, now: datetime) -> None:
        assert not Employee.objects.get(pk=employee.pk).is_active
        heard.append((employee, by, selectors.senior_of(employee, now)))

    monkeypatch.setattr(registry, "_dismissed", [hear])
    return heard


def test_a_dismissed_employee_has_no_sign_in_no_token_no_team_no_project(
    operator: Employee, director: Employee, page: Callable
) -> None:
    page(operator)
    actions.issue_token(by=operator)
    give_order("dismissal", operator, by=director)
    done = Employee.objects.get(pk=operator.pk)
    assert not done.is_active and done.dismissed_at is not None
    assert selectors.senior_of(operator, clock.now()) is None
    assert selectors.project_codes(operator) == set()
    assert not AuthToken.objects.filter(user=operator).exists()
    assert not any("_auth_user_id" in row.get_decoded() for row in Session.objects.all())


def test_rooms_above_pass_on_what_was_theirs_while_the_senior_manager_is_still_known(
    operator: Employee, senior: Employee, director: Employee, told: list
) -> None:
    give_order("dismissal", operator, by=director)
    assert told == [(operator, director, senior)]


def test_when_a_room_above_fails_nobody_is_dismissed(
    operator: Employee, director: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Conflict("no")

    monkeypatch.setattr(registry, "_dismissed", [fail])
    with pytest.raises(Conflict):
        give_order("dismissal", operator, by=director)
    assert Employee.objects.get(pk=operator.pk).is_active


def test_only_the_director_dismisses_and_never_themselves(
    operator: Employee, senior: Employee, head: Employee, admin_: Employee, director: Employee
) -> None:
    for person in (senior, head, admin_, operator):
        with pytest.raises(NotAllowed):
            give_order("dismissal", operator, by=person)
    with pytest.raises(NotAllowed):
        give_order("dismissal", director, by=director)


def test_the_last_head_stays(head: Employee, director: Employee) -> None:
    with pytest.raises(Conflict) as refused:
        give_order("dismissal", head, by=director)
    assert refused.value.code == "last_head"
    other = make_employee("head2", Role.HEAD)
    give_order("dismissal", head, by=director)
    assert selectors.head() == other


def test_a_senior_manager_leaves_a_successor_for_the_team(
    operator: Employee, night: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    with pytest.raises(Invalid) as refused:
        give_order("dismissal", senior, by=director)
    assert list(refused.value.errors) == ["successor"]
    give_order("dismissal", senior, by=director, successor=senior2)
    now = clock.now()
    assert selectors.senior_of(operator, now) == selectors.senior_of(night, now) == senior2


def test_a_successor_must_be_an_employed_senior_manager(
    operator: Employee, operator2: Employee, senior: Employee, head: Employee, director: Employee
) -> None:
    for nobody in (operator2, head, senior):
        with pytest.raises(Invalid):
            give_order("dismissal", senior, by=director, successor=nobody)
    assert Employee.objects.get(pk=senior.pk).is_active


def test_substitutions_end_with_the_dismissal(
    senior: Employee, senior2: Employee, head: Employee, director: Employee
) -> None:
    now = clock.now()
    since = now - timedelta(days=1)
    actions.substitute(by=None, senior=senior, substitute=senior2, since=since, until=now + timedelta(days=2))
    actions.substitute(
        by=head,
        senior=senior,
        substitute=senior2,
        since=now + timedelta(days=5),
        until=now + timedelta(days=6),
    )
    give_order("dismissal", senior2, by=director)
    assert selectors.substitute_of(senior, clock.now()) is None
    assert Substitution.objects.filter(substitute=senior2).count() == 1


def test_nobody_is_dismissed_twice(operator: Employee, director: Employee) -> None:
    give_order("dismissal", operator, by=director)
    with pytest.raises(Conflict):
        give_order("dismissal", operator, by=director)


def test_a_dismissed_director_dismisses_nobody_any_more(operator: Employee, director: Employee) -> None:
    other = make_employee("director2", Role.DIRECTOR)
    give_order("dismissal", director, by=other)
    director.refresh_from_db()
    with pytest.raises(NotAllowed):
        give_order("dismissal", operator, by=director)


def test_another_role_takes_the_place_of_the_old_one(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    give_order("transfer", operator, by=director, role=Role.SENIOR)
    assert selectors.senior_of(operator, clock.now()) is None
    with pytest.raises(Invalid):
        give_order("transfer", operator, by=director, role=Role.OPERATOR)
    give_order("transfer", operator, by=director, role=Role.OPERATOR, senior=senior2)
    assert selectors.senior_of(operator, clock.now()) == senior2


def test_a_senior_manager_with_a_team_changes_role_only_with_a_successor(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    with pytest.raises(Invalid):
        give_order("transfer", senior, by=director, role=Role.CLIENT)
    give_order("transfer", senior, by=director, role=Role.CLIENT, successor=senior2)
    assert selectors.senior_of(operator, clock.now()) == senior2


def test_projects_are_given_by_the_head_and_never_to_oneself(
    operator: Employee, senior: Employee, head: Employee, other_project: object
) -> None:
    with pytest.raises(NotAllowed):
        actions.assign_project(by=senior, employee=operator, project="borey")
    with pytest.raises(NotAllowed):
        actions.assign_project(by=head, employee=head, project="borey")
    actions.assign_project(by=head, employee=operator, project="borey")
    actions.assign_project(by=head, employee=operator, project="borey")
    assert selectors.project_codes(operator) == {"aurora", "borey"}
    actions.unassign_project(by=head, employee=operator, project="borey")
    assert selectors.project_codes(operator) == {"aurora"}


def test_the_administrator_opens_accounts_but_never_their_own(operator: Employee, admin_: Employee) -> None:
    with pytest.raises(NotAllowed):
        actions.open_account(by=admin_, employee=admin_, password="long-and-strong-1")
    with pytest.raises(Invalid):
        actions.open_account(by=admin_, employee=operator, password="12345")
    actions.open_account(by=admin_, employee=operator, password="long-and-strong-1")
    operator.refresh_from_db()
    assert operator.check_password("long-and-strong-1")

"""The history of a person: every change with who made it, written by the database itself."""

from __future__ import annotations

import pytest
from django.db import InternalError, transaction

from staff.employees import actions
from staff.employees.models import Employee, EmployeeEvent, ProjectAssignmentEvent, SubordinationEvent
from tests.cast import give_order

pytestmark = pytest.mark.django_db


def test_a_change_by_an_action_says_who_made_it_without_any_request(
    operator: Employee, senior2: Employee, director: Employee
) -> None:
    give_order("senior_change", operator, by=director, senior=senior2)
    said = SubordinationEvent.objects.filter(employee=operator).order_by("pgh_id")
    assert [(row.pgh_label, row.senior_id, (row.pgh_context or {}).get("user")) for row in said][1:] == [
        ("update", said[0].senior_id, director.pk),
        ("insert", senior2.pk, director.pk),
    ]


def test_what_is_taken_away_is_remembered(operator: Employee, head: Employee) -> None:
    actions.unassign_project(by=head, employee=operator, project="aurora")
    last = ProjectAssignmentEvent.objects.filter(employee=operator).latest("pgh_id")
    assert (last.pgh_label, last.project, last.pgh_context["user"]) == ("delete", "aurora", head.pk)


def test_a_change_past_the_actions_is_remembered_too(operator: Employee) -> None:
    Employee.objects.filter(pk=operator.pk).update(phone="+380441112233")
    assert EmployeeEvent.objects.filter(pgh_obj=operator).latest("pgh_id").phone == "+380441112233"


def test_a_sign_in_or_a_new_theme_is_no_change_of_the_record(operator: Employee) -> None:
    before = EmployeeEvent.objects.count()
    actions.set_preferences(by=operator, theme="dark")
    Employee.objects.filter(pk=operator.pk).update(password="x", last_login=None)
    assert EmployeeEvent.objects.count() == before


def test_nobody_rewrites_the_history(operator: Employee) -> None:
    rows = EmployeeEvent.objects.filter(pgh_obj=operator)
    for write in (lambda: rows.update(phone="1"), rows.delete):
        with pytest.raises(InternalError), transaction.atomic():
            write()

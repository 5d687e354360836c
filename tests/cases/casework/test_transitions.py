"""The whole matrix: from every status to every other, by every role that the case is open to."""

from __future__ import annotations

from typing import Any

import pytest

from cases.casework import actions, selectors
from cases.casework.labels import STATUS_LABELS
from cases.casework.models import Case
from cases.casework.statuses import ENDED, TRANSITIONS, Status, transition
from fregat.lib.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Stale
from fregat.lib.rights import Role
from tests.cast import make_case

pytestmark = pytest.mark.django_db

WORKERS = {Role.OPERATOR, Role.DOCTOR, Role.SENIOR, Role.HEAD}
LEADERS = {Role.SENIOR, Role.HEAD}
SPECIAL: dict[tuple[Status, Status], set[Role]] = {
    (Status.REPORTED, Status.DECLINED): LEADERS,
    (Status.REPORTED, Status.CANCELLED): LEADERS,
    (Status.CLOSED, Status.REPORTED): LEADERS,
    (Status.DECLINED, Status.REPORTED): LEADERS,
    (Status.CANCELLED, Status.REPORTED): LEADERS,
}
LAWFUL: dict[Status, set[Status]] = {
    Status.DRAFT: {Status.REPORTED, Status.CANCELLED},
    Status.REPORTED: {Status.ASSISTED, Status.DECLINED, Status.CANCELLED},
    Status.ASSISTED: {Status.REPORTED, Status.DOCUMENTS},
    Status.DOCUMENTS: {Status.ASSISTED, Status.SUBMITTED},
    Status.SUBMITTED: {Status.DOCUMENTS, Status.CLOSED},
    Status.CLOSED: {Status.REPORTED},
    Status.DECLINED: {Status.REPORTED},
    Status.CANCELLED: {Status.REPORTED},
}
"""The glossary's table, written a second time on purpose."""


def expected(source: Status, to: Status, role: Role) -> type[DomainError] | None:
    """What the responsible person of this role gets; leaders and the others answer for the case themselves."""
    leaders_only = to in {Status.DECLINED, Status.CANCELLED} or source in ENDED
    own_draft = source == Status.DRAFT and to in {Status.CANCELLED, Status.DECLINED}
    if leaders_only and role not in LEADERS and not own_draft:
        return NotAllowed
    return None if to in LAWFUL[source] else Conflict


@pytest.fixture
def people(operator: Any, doctor: Any, senior: Any, head: Any, client: Any, on_shift: Any) -> dict[Role, Any]:
    for employee in (operator, doctor):
        on_shift(employee)
    on_shift(senior, leads=True)
    return {
        Role.OPERATOR: operator, Role.DOCTOR: doctor, Role.SENIOR: senior, Role.HEAD: head, Role.CLIENT: client,
    }  # fmt: skip


def complete_case(owner: Any, policy: Any, person: Any, status: Status) -> Case:
    """A case that has everything that any transition needs."""
    from fregat.lib import clock

    case: Case = make_case(owner, policy=policy, person=person, status=status)
    case.services.create(kind_id="visit", added_at=clock.now(), added_by=owner)
    return case


@pytest.mark.parametrize("source", list(Status))
def test_the_responsible_person_of_each_role(
    people: dict[Role, Any], policy: Any, person: Any, source: Status
) -> None:
    for role in WORKERS:
        for to in Status:
            case = complete_case(people[role], policy, person, source)
            wanted = expected(source, to, role)
            if wanted is None:
                moved = actions.move_case(by=people[role], number=case.number, to=to, reason="Так треба")
                assert moved.status == to, (role, source, to)
            else:
                with pytest.raises(wanted) as refused:
                    actions.move_case(by=people[role], number=case.number, to=to, reason="Так треба")
                assert str(refused.value), (role, source, to)


@pytest.mark.parametrize("source", list(Status))
def test_colleagues_may_not_leaders_may_with_a_reason_and_others_never(
    people: dict[Role, Any], policy: Any, person: Any, operator2: Any, source: Status
) -> None:
    for to in LAWFUL[source]:
        case = complete_case(operator2, policy, person, source)
        for role in (Role.OPERATOR, Role.DOCTOR, Role.CLIENT):
            with pytest.raises(NotAllowed):
                actions.move_case(by=people[role], number=case.number, to=to, reason="Так треба")
        for role in LEADERS:
            case = complete_case(operator2, policy, person, source)
            with pytest.raises(Invalid) as refused:
                actions.move_case(by=people[role], number=case.number, to=to)
            assert list(refused.value.errors) == ["reason"]
            assert (
                actions.move_case(by=people[role], number=case.number, to=to, reason="Так треба").status == to
            )


def test_the_table_is_the_glossarys() -> None:
    assert {source: {row.to for row in rows} for source, rows in TRANSITIONS.items()} == LAWFUL
    assert set(STATUS_LABELS) == set(Status)
    for pair, roles in SPECIAL.items():
        row = transition(*pair)
        assert row is not None
        assert row.roles == roles


def test_a_case_of_nobodys_project_moves_for_nobody(
    policy: Any, person: Any, operator: Any, stranger: Any, on_shift: Any
) -> None:
    case = complete_case(operator, policy, person, Status.REPORTED)
    on_shift(stranger)
    with pytest.raises(NotFound):
        actions.move_case(by=stranger, number=case.number, to="assisted")


@pytest.mark.parametrize(
    ("source", "to", "broken"),
    [
        ("draft", "reported", {"description": ""}),
        ("draft", "reported", {"caller_name": "", "caller_phone": "", "caller_relation": ""}),
        ("draft", "reported", {"person": None, "person_name": ""}),
        ("documents", "submitted", {"policy": None, "provisional": True}),
    ],
)
def test_what_is_missing_is_said(
    people: dict[Role, Any], policy: Any, person: Any, source: str, to: str, broken: dict[str, Any]
) -> None:
    case = complete_case(people[Role.OPERATOR], policy, person, Status(source))
    Case.objects.filter(pk=case.pk).update(**broken)
    with pytest.raises(Conflict) as refused:
        actions.move_case(by=people[Role.OPERATOR], number=case.number, to=to)
    assert refused.value.code == "missing"
    assert Case.objects.get(pk=case.pk).status == source


def test_help_is_given_only_when_there_was_some(people: dict[Role, Any], policy: Any, person: Any) -> None:
    operator = people[Role.OPERATOR]
    case = make_case(operator, policy=policy, person=person)
    with pytest.raises(Conflict):
        actions.move_case(by=operator, number=case.number, to="assisted")
    actions.add_service(by=operator, number=case.number, kind="visit")
    moved = actions.move_case(by=operator, number=case.number, to="assisted")
    assert [row.state for row in moved.services.all()] == ["given"]


def test_a_case_is_not_closed_over_an_open_task(people: dict[Role, Any], policy: Any, person: Any) -> None:
    from datetime import timedelta

    from fregat.lib import clock

    operator = people[Role.OPERATOR]
    case = complete_case(operator, policy, person, Status.SUBMITTED)
    task = actions.add_task(
        by=operator, number=case.number, text="Рахунок", due_at=clock.now() + timedelta(hours=1)
    )
    with pytest.raises(Conflict):
        actions.move_case(by=operator, number=case.number, to="closed")
    actions.complete_task(by=operator, number=case.number, task_id=task.pk)
    assert actions.move_case(by=operator, number=case.number, to="closed").status == "closed"


def test_a_reopened_case_is_answered_for_by_somebody_on_duty(
    people: dict[Role, Any], policy: Any, person: Any, operator2: Any
) -> None:
    case = complete_case(operator2, policy, person, Status.CLOSED)
    moved = actions.move_case(
        by=people[Role.SENIOR], number=case.number, to="reported", reason="Новий рахунок"
    )
    assert moved.responsible == people[Role.SENIOR]


def test_a_disabled_button_carries_the_sentence(people: dict[Role, Any], policy: Any, person: Any) -> None:
    operator = people[Role.OPERATOR]
    case = make_case(operator, policy=policy, person=person)
    moves = {move.to: move for move in selectors.allowed_moves(operator, case)}
    assert str(moves[Status.ASSISTED].sentence) == "Додайте допомогу, яку надано."
    assert moves[Status.CANCELLED].sentence
    assert {move.to for move in moves.values()} == LAWFUL[Status.REPORTED]


def test_a_stale_move_is_refused(people: dict[Role, Any], policy: Any, person: Any) -> None:
    case = complete_case(people[Role.OPERATOR], policy, person, Status.REPORTED)
    with pytest.raises(Stale):
        actions.move_case(
            by=people[Role.OPERATOR], number=case.number, to="assisted", version=case.version + 1
        )


def test_every_move_is_in_the_time_line_and_in_the_history(
    people: dict[Role, Any], policy: Any, person: Any
) -> None:
    from cases.casework.labels import timeline_text

    operator = people[Role.OPERATOR]
    case = complete_case(operator, policy, person, Status.REPORTED)
    moved = actions.move_case(by=operator, number=case.number, to="assisted")
    line = moved.timeline.order_by("at", "id").last()
    assert line is not None
    assert timeline_text(line) == (
        "Стан: Заявлено. Організація допомоги → Допомога надана. Очікування документів"
    )
    revision = selectors.history(moved)[0]
    assert revision.by == operator
    assert [(change.name, change.old, change.new) for change in revision.changes] == [
        ("status", "reported", "assisted")
    ]

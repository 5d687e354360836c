"""Decisions of the head and notices of senior managers reach whom they concern, who acknowledge them (JD III.1, A5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Notice
from staff.documents import actions, selectors
from staff.documents.models import Acknowledgement, Decision
from staff.documents.rules import Addressees, Text
from staff.employees.models import Employee
from tests.builders import make_decision

pytestmark = pytest.mark.django_db


def publish(by: Employee, to: Addressees, kind: str = "decision", **text: Any) -> Decision:
    facts = {"title": "Про перерви", "body": "Перерва — з 12:00.", "to": to, **text}
    return actions.publish_decision(by=by, kind=kind, text=Text(**facts))


def test_whom_it_concerns_is_told_reads_and_acknowledges(
    operator: Employee, doctor: Employee, decision: Decision
) -> None:
    assert [notice.employee for notice in Notice.objects.filter(kind="decision_new")] == [operator]
    assert [row.pk for row in selectors.waiting(operator, clock.now()).decisions] == [decision.pk]
    actions.acknowledge(by=operator, decision_id=decision.pk)
    assert not selectors.waiting(operator, clock.now())
    with pytest.raises(NotFound):
        actions.acknowledge(by=doctor, decision_id=decision.pk)


def test_acknowledging_twice_changes_nothing(operator: Employee, decision: Decision) -> None:
    first = actions.acknowledge(by=operator, decision_id=decision.pk)
    assert actions.acknowledge(by=operator, decision_id=decision.pk).at == first.at
    assert Acknowledgement.objects.count() == 1


def test_who_has_read_it_is_seen_by_name(head: Employee, operator: Employee, operator2: Employee) -> None:
    decision = make_decision(head, roles=["operator"])
    actions.acknowledge(by=operator, decision_id=decision.pk)
    assert [(row.employee, row.at is not None) for row in selectors.receipts_of(decision)] == [
        (operator2, False),
        (operator, True),
    ]
    row = Decision.objects.counted().get(pk=decision.pk)
    assert (row.concerned, row.missing) == (2, 1)


def test_the_head_decides_a_senior_manager_tells_their_team(
    head: Employee, senior: Employee, operator: Employee, stranger: Employee, director: Employee
) -> None:
    publish(senior, Addressees.of((), (), [operator.pk]), kind="notice")
    for kind, to in (
        ("decision", Addressees.of((), (), [operator.pk])),
        ("notice", Addressees.of(["operator"])),
        ("notice", Addressees.of((), (), [operator.pk, stranger.pk])),
        ("notice", Addressees.of((), ["quality"])),
    ):
        with pytest.raises(NotAllowed):
            publish(senior, to, kind=kind)
    for person in (operator, director):
        with pytest.raises(NotAllowed):
            publish(person, Addressees.of(["operator"]))
    assert Decision.objects.count() == 1


def test_a_dismissed_head_publishes_nothing(head: Employee) -> None:
    head.is_active = False
    with pytest.raises(NotAllowed):
        publish(head, Addressees.of(["operator"]))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"body": "\u202e"}, "body"),
        ({"body": "\x00"}, "body"),
        ({"to": Addressees()}, "roles"),
        ({"to": Addressees.of(["king"])}, "roles"),
        ({"kind": "law"}, "kind"),
    ],
)
def test_what_cannot_be_published_is_refused_with_its_field(
    head: Employee, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        publish(head, **{"to": Addressees.of(["operator"]), **wrong})
    assert list(refused.value.errors) == [field]
    assert not Decision.objects.exists()


def test_who_publishes_does_not_wait_for_themselves(head: Employee, operator: Employee) -> None:
    decision = make_decision(head, roles=["head", "operator"])
    assert not selectors.waiting(head, clock.now())
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=head, decision_id=decision.pk)


def test_withdrawn_it_waits_for_nobody_and_stays_to_be_read(
    head: Employee, operator: Employee, decision: Decision
) -> None:
    with pytest.raises(Invalid):
        actions.withdraw(by=head, decision_id=decision.pk, reason=" ")
    actions.withdraw(by=head, decision_id=decision.pk, reason="Помилка в даті.")
    assert not selectors.waiting(operator, clock.now())
    assert selectors.decision_of(operator, decision.pk).withdrawn_why == "Помилка в даті."
    with pytest.raises(Conflict):
        actions.acknowledge(by=operator, decision_id=decision.pk)
    with pytest.raises(Conflict):
        actions.withdraw(by=head, decision_id=decision.pk, reason="Ще раз.")


def test_others_do_not_withdraw_it(
    head: Employee, senior: Employee, senior2: Employee, operator: Employee
) -> None:
    notice = publish(senior, Addressees.of((), (), [operator.pk]), kind="notice")
    with pytest.raises(NotFound):
        actions.withdraw(by=senior2, decision_id=notice.pk, reason="Ні.")
    with pytest.raises(NotAllowed):
        actions.withdraw(by=operator, decision_id=notice.pk, reason="Ні.")
    actions.withdraw(by=head, decision_id=notice.pk, reason="Суперечить рішенню.")


def test_the_database_keeps_what_was_published_and_who_acknowledged(
    operator: Employee, decision: Decision
) -> None:
    rows = Decision.objects.filter(pk=decision.pk)
    for change in ({"body": "Інше."}, {"title": "Інше"}, {"roles": ["doctor"]}):
        with pytest.raises(IntegrityError, match="decision_text_is_final"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="decision_text_is_final"), transaction.atomic():
        rows.delete()
    actions.acknowledge(by=operator, decision_id=decision.pk)
    for statement in (
        "DELETE FROM documents_acknowledgement",
        "UPDATE documents_acknowledgement SET at = now()",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)

"""What two do in the same moment, in two connections: the counts stay true and nobody waits for a page."""

from __future__ import annotations

import pytest
from django.db import transaction

from staff.employees.models import Employee
from staff.messenger import actions, selectors
from staff.messenger.models import Conversation, Member
from tests.beside import beside

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_delivery_waits_for_nobody_and_a_pair_begins_one_conversation(
    operator: Employee, senior: Employee
) -> None:
    rounds = [
        beside(lambda by=by, to=to: actions.write_to(by=by, to=to, text="Вітаю."))
        for by, to in ((operator, senior), (senior, operator)) * 3
    ]
    for one in rounds:
        one.join(30)
    assert Conversation.objects.count() == 1
    assert [row.unread for row in Member.objects.all()] == [3, 3]
    actions.write_to(by=operator, to=senior, text="Ще одне.")
    with transaction.atomic():
        Member.objects.select_for_update().get(employee=senior)
        page = beside(lambda: actions.deliver(by=senior))
        page.join(10)
        assert not page.is_alive()
    actions.deliver(by=senior)
    assert selectors.inbox(senior).undelivered == 0

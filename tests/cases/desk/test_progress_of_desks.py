"""The senior manager sees how far each desk of the end of a shift has got (JD II.12)."""

from __future__ import annotations

from datetime import timedelta

from cases.casework.actions import assign_case
from cases.desk.selectors import people
from cases.handover import actions
from fregat.lib import clock
from tests.cast import make_case, make_service_kind, make_shift


def line_of(senior, who, now):
    return next(line for line in people(senior, now) if line.shift.employee_id == who.pk)


def test_decided_of_all_is_counted_as_on_the_desk_itself(operator, operator2, senior, project, page):
    now = clock.now()
    begun = now - timedelta(hours=8)
    shift = make_shift(operator, begun, now + timedelta(minutes=10), begun_at=begun)
    make_shift(operator2, begun, now + timedelta(hours=4), begun_at=begun)
    make_shift(senior, begun, now + timedelta(hours=4), begun_at=begun, leads=True)
    helped, handed, left, taken = (make_case(operator, insurer=project, now=now) for _each in range(4))
    helped.services.create(kind=make_service_kind(), added_at=now, added_by=operator)
    actions.start_check(shift.pk, now)
    assert (line_of(senior, operator, now).decided, line_of(senior, operator, now).to_decide) == (0, 4)
    actions.decide(by=operator, number=helped.number, decision="assisted")
    for case in (handed, taken):
        actions.decide(by=operator, number=case.number, decision="senior")
    assert (line_of(senior, operator, now).decided, line_of(senior, operator, now).to_decide) == (3, 4)
    assign_case(by=operator2, number=taken.number, to=operator2, reason="Беру.")
    found = line_of(senior, operator, now)
    assert (found.decided, found.to_decide) == (2, 3), (
        "of what is a colleague's now there is nothing to decide"
    )
    assert left.responsible == operator
    board = page(senior).get("/board/").content.decode()
    assert "вирішено: 2 з 3" in board

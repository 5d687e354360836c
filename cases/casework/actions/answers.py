"""Answers to the questions that the rules of the programme put (JD II.1, C1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.casework import permissions, selectors
from cases.casework.actions.ground import announce, locked_case, save_change, signed, tell_time_line
from cases.casework.models import Case
from cases.casework.statuses import ENDED
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from staff.employees.models import Employee


@action
def answer_questions(
    *, by: Employee, number: str, answers: Mapping[str, Any], now: datetime | None = None
) -> Case:
    """Write down what was answered, each answer by itself: others' answers stay. None takes one back.

    The verdict follows, by the rules that were known when the case was opened, and stands on the time line.
    Raises NotFound, NotAllowed, Conflict (the case has ended), Invalid (no such question, no such answer).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_change(by, case, now)
    if case.status in ENDED:
        raise Conflict(_("The case has ended. Reopen it first."), code="ended")
    before = dict(case.answers)
    wanted = {**before, **answers}
    case.answers = {code: answer for code, answer in wanted.items() if answer is not None}
    said = selectors.cover_of_case(case)
    unread = [code for code, answer in answers.items() if answer is not None and code not in said.answers]
    if unread:
        raise Invalid.field("answers", _("The answer is yes, no or a whole number up to 999."))
    if said.answers == before:
        case.answers = before
        return case
    for name, value in said.columns().items():
        setattr(case, name, value)
    with signed(by):
        save_change(case, *said.columns())
    values = {"verdict": case.verdict, "cover": case.cover}
    tell_time_line(case, "answered", by=by, now=now, values=values)
    announce(case)
    return case

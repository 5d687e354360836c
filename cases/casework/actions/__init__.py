"""The only writers of cases. Keyword-only, `by=` who (None: the program), one transaction each."""

from cases.casework.actions.answers import answer_questions
from cases.casework.actions.escalations import (
    acknowledge_escalation,
    answer_woken,
    cancel_escalation,
    raise_escalation,
    raise_overdue,
    wake_doctor,
)
from cases.casework.actions.facts import change_case
from cases.casework.actions.lifecycle import move_case
from cases.casework.actions.passing import ask_consent, pass_on
from cases.casework.actions.registration import register_case
from cases.casework.actions.responsibility import (
    assign_case,
    foresee_leaving,
    foresee_other_role,
    leave_staff,
    leave_work,
    pass_case,
    pass_cases,
)
from cases.casework.actions.services import add_service, set_service_state
from cases.casework.actions.work import add_contact, add_note, add_task, complete_task

acknowledge = acknowledge_escalation

__all__ = [
    "acknowledge",
    "acknowledge_escalation",
    "add_contact",
    "add_note",
    "add_service",
    "add_task",
    "answer_questions",
    "answer_woken",
    "ask_consent",
    "assign_case",
    "cancel_escalation",
    "change_case",
    "complete_task",
    "foresee_leaving",
    "foresee_other_role",
    "leave_staff",
    "leave_work",
    "move_case",
    "pass_case",
    "pass_cases",
    "pass_on",
    "raise_escalation",
    "raise_overdue",
    "register_case",
    "set_service_state",
    "wake_doctor",
]

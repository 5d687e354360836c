"""Sentences for the constraints of this room: what a person reads when the database refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fregat.lib import db

SENTENCES = {
    "one_responsible_at_a_time": _("Two people cannot answer for one case at the same time."),
    "one_open_responsibility": _("Two people cannot answer for one case at the same time."),
    "responsibility_not_empty": _("Responsibility for a case cannot end before it begins."),
    "responsibility_complete": _("Somebody must answer for a case at every moment."),
    "case_told": _("The senior manager must be told about this case."),
    "escalated_once": _("This has been told already."),
    "case_provisional_marked": _("A case without a person or a policy is provisional."),
    "case_status_known": _("A case has no such state. Open it again to see how it stands."),
    "case_registered_at_paired": _("A case goes on only after it was registered: register it first."),
    "case_insurer_of_policy": _("A policy belongs to an insurer: choose the policy again."),
    "cost_not_negative": _("The expected cost cannot be below zero."),
    "cost_has_currency": _("Choose the currency of the expected cost."),
    "escalation_acknowledged_paired": _(
        "An acknowledgement says who gave it and when. Open the case and acknowledge again."
    ),
    "escalation_cancelled_with_reason": _("Write why it was unfounded."),
    "escalation_wakes_a_doctor": _("Only with a waking is a doctor told first."),
    "escalation_due_later": _("The time to acknowledge lies ahead. Please try again."),
    "escalation_stays": _("What the senior manager was told of is never erased: cancel it with a reason."),
    "task_done_paired": _("A task that is done says who did it and when. Open the case and mark it again."),
    "casework_case_uuid_key": _("This case has been saved already. Open the list of cases."),
    "casework_casecounter_pkey": _("Somebody has taken this number. Please try again."),
    "casework_case_number_key": _("Somebody has taken this number. Please try again."),
    "casework_case_token_key": _("This form has been sent already."),
}


def explain_all() -> None:
    """Hand them over."""
    db.explain_all(SENTENCES)

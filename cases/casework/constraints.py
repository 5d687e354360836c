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
    "casework_case_number_key": _("Somebody has taken this number. Please try again."),
    "casework_case_token_key": _("This form has been sent already."),
}


def explain_all() -> None:
    """Hand them over."""
    for name, sentence in SENTENCES.items():
        db.explain(name, sentence)

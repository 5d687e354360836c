"""How the page of a case names its steps and draws its lines: words, signs, keys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.casework.statuses import Status
from fregat.lib.errors import Sentence
from shifts.breaks.rules import Ready

OWN_CALL: dict[str, Sentence] = {
    Ready.AWAY: _("You are on a break: new calls are not offered to you. If somebody is on the line, go on."),
    Ready.FINISHING: _(
        "Your shift is ending: new calls are not offered to you any more. If somebody is on the line, go on: "
        "what is not finished passes on with your other cases."
    ),
}
"""What is said, calmly, to whoever begins a call while none would be offered to them."""

STEP_LABELS: dict[tuple[str, str], Sentence] = {
    (Status.DRAFT, Status.REPORTED): _("Register the case"),
    (Status.DRAFT, Status.CANCELLED): _("Cancel the draft"),
    (Status.REPORTED, Status.ASSISTED): _("Help is given"),
    (Status.REPORTED, Status.DECLINED): _("Decline"),
    (Status.REPORTED, Status.CANCELLED): _("Cancel the case"),
    (Status.ASSISTED, Status.REPORTED): _("Help is needed again"),
    (Status.ASSISTED, Status.DOCUMENTS): _("Documents have come"),
    (Status.DOCUMENTS, Status.ASSISTED): _("A document is missing"),
    (Status.DOCUMENTS, Status.SUBMITTED): _("Submit to the insurer"),
    (Status.SUBMITTED, Status.DOCUMENTS): _("The insurer returned it"),
    (Status.SUBMITTED, Status.CLOSED): _("Close the case"),
}
REOPEN = _("Reopen the case")
FORWARD: dict[Status, Status] = {
    Status.DRAFT: Status.REPORTED,
    Status.REPORTED: Status.ASSISTED,
    Status.ASSISTED: Status.DOCUMENTS,
    Status.DOCUMENTS: Status.SUBMITTED,
    Status.SUBMITTED: Status.CLOSED,
}
"""Where a case usually goes: the button that stands out and has a key. A way back has neither."""
STEP_KEYS = {
    Status.REPORTED: "R", Status.ASSISTED: "G", Status.DOCUMENTS: "D", Status.SUBMITTED: "P", Status.CLOSED: "Z",
}  # fmt: skip
"""Keys of the usual steps, by place on the keyboard."""
GRAVE = frozenset({Status.DECLINED, Status.CANCELLED})

SERVICE_TONES = {"needed": "warn", "arranged": "info", "given": "good", "cancelled": "quiet"}
SERVICE_STEPS: dict[str, tuple[tuple[str, Sentence], ...]] = {
    "needed": (("arranged", _("Arranged")), ("given", _("Given")), ("cancelled", _("Not needed"))),
    "arranged": (("given", _("Given")), ("cancelled", _("Not needed"))),
    "given": (("needed", _("Needed again")),),
    "cancelled": (("needed", _("Needed again")),),
}

SIGNS: dict[str, tuple[str, str]] = {
    "draft": ("pencil", "quiet"),
    "registered": ("phone-call", "accent"),
    "changed": ("pencil", "quiet"),
    "answered": ("circle-question-mark", "quiet"),
    "status": ("flag", "accent"),
    "responsible": ("user-check", "info"),
    "contact": ("phone", "info"),
    "note": ("sticky-note", "quiet"),
    "unfinished": ("pencil-line", "warn"),
    "disclosed": ("send", "info"),
    "consent_asked": ("file-question-mark", "warn"),
    "task": ("list-todo", "warn"),
    "task_done": ("check", "good"),
    "service": ("stethoscope", "accent"),
    "service_state": ("stethoscope", "info"),
    "escalation_raised": ("siren", "warn"),
    "escalation_doctor": ("siren", "warn"),
    "escalation_passed": ("siren", "bad"),
    "escalation_acknowledged": ("check-check", "good"),
    "escalation_cancelled": ("ban", "quiet"),
    "escalation_risen": ("siren", "bad"),
}
"""Icon and tone of a line of the time line."""


def step_label(source: str, to: str) -> Sentence:
    """What the button of a transition says."""
    return STEP_LABELS.get((source, to), REOPEN)

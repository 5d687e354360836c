"""Words for people: states, steps, refusals."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Sentence
from staff.tasks.statuses import State

STATE_LABELS: dict[str, Sentence] = {
    State.GIVEN: _("to be done"),
    State.REPORTED: _("reported, to be accepted"),
    State.RETURNED: _("returned"),
    State.ACCEPTED: pgettext_lazy("report", "accepted"),
    State.WITHDRAWN: _("withdrawn"),
}
STATE_TONES = {
    State.GIVEN: "accent",
    State.REPORTED: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "good",
    State.WITHDRAWN: "quiet",
}

OUTCOME_LABELS = {"accepted": pgettext_lazy("report", "accepted"), "returned": _("returned")}

EVENT_LABELS: dict[str, Sentence] = {
    "given": _("Given, due %(due)s"),
    "reported": _("Reported as done"),
    "accepted": _("Report accepted"),
    "returned": _("Report returned, due %(due)s"),
    "overdue": _("Not done in time: the senior manager was told"),
    "passed_on": _("Passed from %(from)s to %(to)s"),
    "dismissed": _("%(from)s left the staff; passed to %(to)s"),
    "withdrawn": _("Withdrawn"),
}
EVENT_SIGNS = {
    "given": ("clipboard-list", "accent"),
    "reported": ("flag", "info"),
    "accepted": ("check", "good"),
    "returned": ("undo-2", "warn"),
    "overdue": ("alarm-clock", "bad"),
    "passed_on": ("arrow-right-left", "quiet"),
    "dismissed": ("arrow-right-left", "quiet"),
    "withdrawn": ("ban", "quiet"),
}
"""Icon and tone of each step on the time line."""

FAULT_SENTENCES: dict[str, Any] = {
    "due_past": _("This time has passed: name one that is ahead."),
    "due_far": _("This is more than a year ahead: check the date."),
    "due_passed": _("Its time is over: name a new one by which it must be done."),
    "text": _("Say what is to be done."),
    "to": _("Say to whom."),
    "nobody_on_shift": _("Nobody whom you can instruct is on shift now. Choose one person."),
    "report": _("Say what was done."),
    "reason": _("Say why."),
    "newer_report": _("There is a newer report: read it first."),
}

MOVE_REFUSALS: dict[str, Sentence] = {
    State.GIVEN: _("Nothing has been reported yet."),
    State.REPORTED: _("This has been reported already and waits for acceptance."),
    State.RETURNED: _("The report was returned already."),
    State.ACCEPTED: _("The report was accepted already."),
    State.WITHDRAWN: _("This instruction was withdrawn."),
}
"""Why a step is not possible, by the state that forbids it."""

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "one_assignment_per_person": _("This person has been given this instruction already."),
    "one_report_waits": MOVE_REFUSALS[State.REPORTED],
    "one_report_accepted": MOVE_REFUSALS[State.ACCEPTED],
    "nobody_answers_own_report": _("Nobody accepts their own report."),
    "instruction_sent_once": _("This instruction has been given already."),
    "instruction_says_something": FAULT_SENTENCES["text"],
    "instruction_due_ahead": FAULT_SENTENCES["due_past"],
    "assignment_state_known": _("An instruction has no such state. Open it again to see how it stands."),
    "assignment_closed_paired": _(
        "A closed instruction says who closed it and when. Open it again to see how it stands."
    ),
    "report_says_something": FAULT_SENTENCES["report"],
    "report_answer_paired": _("Accept the report or return it: the answer says who gave it and when."),
    "report_returned_with_reason": FAULT_SENTENCES["reason"],
    "tasks_report_proof_id_key": _("This proof belongs to another report already: attach the file again."),
}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "instruction_given": (_("%(by)s gives you an instruction, due %(due)s."), "clipboard-list"),
    "instruction_reported": (_("%(name)s reports an instruction as done: accept or return."), "flag"),
    "instruction_accepted": (_("%(by)s has accepted your report on an instruction."), "check"),
    "instruction_returned": (_("%(by)s has returned your report: to be done by %(due)s."), "undo-2"),
    "instruction_withdrawn": (_("%(by)s has withdrawn an instruction given to you."), "ban"),
    "instruction_overdue": (_("An instruction was not done in time: %(name)s, due %(due)s."), "alarm-clock"),
    "instruction_passed": (
        _("An instruction passes to you from %(name)s, due %(due)s."), "arrow-right-left",
    ),
}  # fmt: skip
"""What people are told in the bell: who and by when, never what (the text may be about an insured person)."""

"""Words for people: decisions of the check, steps of a handover."""

from django.utils.translation import gettext_lazy as _

from cases.handover.rules import Decision, Hop, LapseEnd

DECISION_LABELS = {
    Decision.ASSISTED: _("help given"),
    Decision.HAND_OVER: _("hand over"),
    Decision.SENIOR: _("to the senior manager"),
}

HOP_LABELS = {
    Hop.SHIFT_END: _("end of the shift"),
    Hop.DISMISSED: _("the giver left the staff"),
    Hop.TRANSFERRED: _("the giver was transferred"),
    Hop.ORPHAN: _("nobody on duty answered for the case"),
    Hop.REFUSED: _("the receiver refused"),
    Hop.NOT_ACCEPTED: _("not accepted in time"),
    Hop.TAKEN: _("taken from an absent person"),
}

LAPSE_END_LABELS = {
    LapseEnd.MOVED: _("the case went to somebody else"),
    LapseEnd.CAME: _("the person came on duty"),
    LapseEnd.NOT_OPEN: _("the case is open no more"),
}

NOTICES = {
    "lapses": (
        _("Nobody on duty answers for open cases (number of them: %(count)s). Take them over."),
        "siren",
    ),
}
"""What the leading senior manager and the head are told."""

ANSWER_LACKS = {
    "read_back": _("Say in your own words what is to be done next, and by when."),
    "reason": _("Say why you cannot take the case."),
}

CONSTRAINTS = {
    "one_decision_per_case": _("A decision about this case is being saved right now. Please try again."),
    "hand_over_card_complete": _("The card needs what has been done, what remains to be done and by when."),
    "one_handover_per_case_and_shift": _("This case is being handed over right now. Please try again."),
    "one_pending_handover_per_case": _("This case is being handed over right now. Please try again."),
    "handover_accepted_paired": ANSWER_LACKS["read_back"],
    "handover_one_outcome": _(
        "This handover has been answered already. Open the case to see who answers for it."
    ),
    "one_open_lapse_per_case": _("That nobody on duty answers for this case is written down already."),
    "lapse_not_empty": _("A time without anybody on duty cannot end before it begins."),
    "lapse_end_paired": _("Say how the time without anybody on duty ended."),
    "handover_endofshiftcheck_shift_id_key": _("The check of this shift has been planned already."),
}

TIMELINE_LABELS = {"handover_accepted": _("The case handed over was accepted")}
"""Lines of the case's time line that this room writes."""

CARD_LACKS = {
    "summary": _("Say what has been done and how things stand."),
    "next_step": _("Say what remains to be done."),
    "next_at": _("Say by when it must be done."),
}
"""What a card lacks: what was done, what remains to be done, by when (B4)."""

FIXED = {
    "leads": _("You lead the shift: your cases go to the next leader or to the head."),
    "no_project": _("The insurance company is not known yet: the case goes to the senior manager on duty."),
}
"""Why nobody can be chosen to receive a case (`rules.fixed`)."""

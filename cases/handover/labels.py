"""Words for people: decisions of the check, steps of a handover."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.handover.rules import Decision, Hop, LapseEnd, Serious, Side

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

SERIOUS_LABELS = {
    Serious.USUAL: pgettext_lazy("how serious", "usual"),
    Serious.SERIOUS: pgettext_lazy("how serious", "serious"),
    Serious.CRITICAL: pgettext_lazy("how serious", "critical"),
}
SERIOUS_TONES = {
    Serious.USUAL: ("quiet", ""),
    Serious.SERIOUS: ("warn", "triangle-alert"),
    Serious.CRITICAL: ("bad", "siren"),
}


def how_serious(level: str, why: str) -> str:
    """`critical: hospital stay`; empty for a card of before it was said."""
    said = str(SERIOUS_LABELS[Serious(level)]) if level else ""
    return f"{said}: {why}" if said and why else said


SIDE_LABELS = {Side.GIVEN: _("handed over"), Side.RECEIVED: _("received")}

NOT_SIGNED = {
    "early": _("The sheet is signed in the last 20 minutes of the shift, when the check has begun."),
    "nothing": _("There is nothing on this sheet to sign."),
    "waiting": _("First accept or refuse every case of this shift that waits for you."),
    "no_shift": _("These cases came from nobody's shift: there is no sheet to sign."),
    "signed": _("You have signed this sheet already, and nothing on it has changed since."),
    "undecided": _("First say of every case what becomes of it."),
}
"""Why the sheet cannot be signed now."""

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

_UNKNOWN_LEVEL = _("Say how serious the case is: usual, serious or critical.")
_NO_REASON = _("Say in one line why the case is serious.")

CONSTRAINTS = {
    **dict.fromkeys(("decision_seriousness_known", "handover_seriousness_known"), _UNKNOWN_LEVEL),
    **dict.fromkeys(("decision_seriousness_said", "handover_seriousness_said"), _NO_REASON),
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
    "sheet_signed_once": NOT_SIGNED["signed"],
    "sheet_side_known": _("A sheet is signed by who hands over or by who receives."),
    "sheet_given_by_its_giver": _("Who hands over signs their own page."),
    "sheet_fingerprint_is_true": _("What was signed does not match its fingerprint."),
    "sheet_is_final": _("A signed sheet is kept as it was signed."),
    "handover_endofshiftcheck_shift_id_key": _("The check of this shift has been planned already."),
}

TIMELINE_LABELS = {"handover_accepted": _("The case handed over was accepted")}
"""Lines of the case's time line that this room writes."""

CARD_LACKS = {
    "serious": _UNKNOWN_LEVEL,
    "serious_why": _NO_REASON,
    "summary": _("Say what has been done and how things stand."),
    "next_step": _("Say what remains to be done."),
    "next_at": _("Say by when it must be done."),
}
"""What a card lacks: how serious, what was done, what remains to be done, by when (B4)."""

NOT_SPREAD = {
    "card": _("The card lacks something: open the case on the desk and write it."),
    "not_open": _("Help was given; nothing is handed over."),
    "nobody": _("Nobody who fits is there: leave it to the roster or give it to the senior manager."),
    "leads": _("Cases of who leads the shift go to the next leader or to the head."),
    "no_project": _("The insurance company is not known yet: the case goes to the senior manager on duty."),
}
"""Why a case of the desk is not given to a receiver together with others."""

FIXED = {
    "leads": _("You lead the shift: your cases go to the next leader or to the head."),
    "no_project": _("The insurance company is not known yet: the case goes to the senior manager on duty."),
}
"""Why nobody can be chosen to receive a case (`rules.fixed`)."""

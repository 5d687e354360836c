"""Words for people: statuses, relations, reasons. The two quoted labels of JD II.11-12 stand letter for letter."""

from django.utils.translation import gettext_lazy as _

from cases.casework.statuses import Status

STATUS_LABELS = {
    Status.DRAFT: _("Draft of a case"),
    Status.REPORTED: _("Reported. Organising help"),
    Status.ASSISTED: _("Help given. Awaiting documents"),
    Status.DOCUMENTS: _("Documents received. Checking invoices"),
    Status.SUBMITTED: _("Submitted to the insurer"),
    Status.CLOSED: _("Closed"),
    Status.DECLINED: _("Declined"),
    Status.CANCELLED: _("Cancelled"),
}

RELATION_LABELS = {
    "self": _("insured person"),
    "relative": _("relative"),
    "companion": _("companion"),
    "doctor": _("doctor"),
    "hotel": _("hotel"),
    "insurer": _("insurance company"),
    "other": _("other"),
}

SERVICE_STATE_LABELS = {
    "needed": _("needed"),
    "arranged": _("arranged"),
    "given": _("given"),
    "cancelled": _("not needed any more"),
}

CHANNEL_LABELS = {
    "phone": _("telephone"),
    "email": _("e-mail"),
    "fax": _("fax"),
    "messenger": _("messenger"),
    "sip": _("SIP"),
}

DIRECTION_LABELS = {"in": _("incoming"), "out": _("outgoing")}

ESCALATION_LABELS = {
    "country": _("country under watch"),
    "hospital": _("hospital stay"),
    "transport": _("transport"),
    "expensive": _("expensive examination"),
    "complaint": _("complaint or displeasure"),
    "unusual": _("unusual situation"),
}

RESPONSIBILITY_LABELS = {
    "registered": _("registered the case"),
    "taken_over": _("took the case over"),
    "assigned": _("assigned by the senior manager"),
    "shift_end": _("end of the shift"),
    "refused": _("the receiver refused"),
    "not_accepted": _("not accepted in time"),
    "dismissed": _("the responsible person left the staff"),
    "orphan": _("nobody on duty answered for the case"),
}

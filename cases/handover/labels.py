"""Words for people: decisions of the check, steps of a handover."""

from django.utils.translation import gettext_lazy as _

DECISION_LABELS = {
    "assisted": _("help given"),
    "hand_over": _("hand over"),
    "senior": _("to the senior manager"),
}

HOP_LABELS = {
    "shift_end": _("end of the shift"),
    "dismissed": _("the giver left the staff"),
    "refused": _("the receiver refused"),
    "not_accepted": _("not accepted in time"),
}

"""Words of the room: states, faults, notices, sentences of the constraints."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Sentence
from shifts.absence.statuses import Decision, State

STATE_LABELS: dict[str, Sentence] = {
    State.ASKED: pgettext_lazy("absence", "waits for agreement"),
    State.AGREED: pgettext_lazy("absence", "on record"),
    State.REFUSED: pgettext_lazy("absence", "not agreed"),
    State.WITHDRAWN: pgettext_lazy("absence", "withdrawn"),
}
STATE_TONES = {
    State.ASKED: "info",
    State.AGREED: "good",
    State.REFUSED: "warn",
    State.WITHDRAWN: "quiet",
}
DECISION_LABELS: dict[str, Sentence] = {
    Decision.EXCUSED: pgettext_lazy("certificate", "excused"),
    Decision.BREACH: pgettext_lazy("certificate", "a breach of discipline"),
}

FAULTS: dict[str, Any] = {
    "kind": _("Choose the kind of absence."),
    "ends_before_start": _("The last day comes before the first one."),
    "long_ago": _("This is more than a month ago. Turn to the head of the contact centre."),
    "too_far": _("This date is more than a year away. Check the year."),
    "too_long": _("An absence lasts a year at most. Check the dates."),
    "moved_on": _("This absence has changed meanwhile. Look at how it stands now."),
    "reason": _("Say why: the employee reads it."),
    "no_certificate": _("No certificate is needed for this absence."),
    "file": _("Choose the file of the certificate."),
    "no_shift": _("This shift does not lie in the absence any more, or is covered already."),
    "not_free": _(
        "This colleague is not free then, or does not know the projects and languages of the shift."
    ),
    "no_breach": _("There is nothing to explain or decide: the certificate is not overdue."),
    "decided": _("This has been decided already."),
    "explanation": _("Write the explanation."),
    "decision": _("Choose a decision and write why."),
    "employee": _("Choose an employee."),
}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "absence_asked": (_("%(name)s asks to be away: %(days)s."), "calendar-off"),
    "absence_recorded": (_("%(name)s is away: %(days)s. Shifts to cover: %(shifts)s."), "calendar-off"),
    "absence_agreed": (_("Your absence is agreed: %(days)s."), "calendar-check"),
    "absence_refused": (_("Your absence is not agreed: %(days)s."), "calendar-x"),
    "absence_written": (_("%(by)s has recorded your absence: %(days)s."), "calendar-off"),
    "certificate_missing": (
        _("The certificate for your absence is overdue: %(days)s. Explain why."),
        "file-exclamation-point",
    ),
    "certificate_missing_of": (_("%(name)s has brought no certificate: %(days)s."), "file-exclamation-point"),
    "certificate_brought": (_("%(name)s has brought the certificate: %(days)s."), "file-check"),
    "certificate_explained": (
        _("%(name)s has explained why there is no certificate: %(days)s."),
        "file-text",
    ),
    "certificate_judged": (_("The director has decided about your missing certificate: %(days)s."), "gavel"),
    "shift_taken_over": (_("You work instead of %(name)s: %(shift)s."), "calendar-plus"),
}

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "no_two_absences_at_once": _("There is another absence in these days."),
    "absence_absencekind_pkey": _("There is such a kind of absence already."),
    "absence_absence_certificate_id_key": _("This file belongs to another absence."),
    "absence_missingcertificate_absence_id_key": FAULTS["moved_on"],
    "absence_cover_taken_over_id_key": FAULTS["no_shift"],
    "absence_not_empty": FAULTS["ends_before_start"],
    "absence_decided_by_somebody": _("Whoever agrees or refuses is on record."),
    "absence_refused_with_reason": FAULTS["reason"],
    "certificate_with_its_time": _("A certificate is kept with the time when it was brought."),
    "missing_certificate_explained_with_time": _("An explanation is kept with its time."),
    "missing_certificate_decided_by_somebody": _("A decision is kept with who made it, when and why."),
}

"""Sentences for the constraints of the ground: what a person reads when the database refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "one_draft_per_form": _("This form is being kept from another window right now. Please try again."),
    "stored_file_not_empty": _("The file is empty: choose another one."),
    "lib_job_key_key": _("This is being arranged right now. Please try again."),
    "lib_pulse_pkey": _("This is being noted right now. Please try again."),
    "append_only": _("History is neither changed nor deleted."),
}

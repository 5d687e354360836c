"""Words for people: kinds, states, ways of signing, and the sentences behind the database's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.db import explain_all
from fregat.lib.errors import Sentence
from staff.documents.rules import DecisionKind, Kind, Method
from staff.documents.statuses import State

KIND_LABELS: dict[str, Sentence] = {
    Kind.JOB_DESCRIPTION: _("job description"),
    Kind.RULES: _("rules"),
    Kind.INSTRUCTION: _("instruction"),
    Kind.OTHER: _("other document"),
}

STATE_LABELS: dict[str, Sentence] = {
    State.DRAFT: pgettext_lazy("version", "draft"),
    State.ORDERED: pgettext_lazy("version", "ordered, not in force yet"),
    State.IN_FORCE: pgettext_lazy("version", "in force"),
    State.SUPERSEDED: pgettext_lazy("version", "replaced by a later one"),
    State.REVOKED: pgettext_lazy("version", "revoked"),
}

STATE_TONES = {
    State.DRAFT: "quiet",
    State.ORDERED: "info",
    State.IN_FORCE: "good",
    State.SUPERSEDED: "quiet",
    State.REVOKED: "bad",
}

METHOD_LABELS: dict[str, Sentence] = {
    Method.PASSWORD: pgettext_lazy("signed by", "password"),
    Method.SECOND_FACTOR: pgettext_lazy("signed by", "second factor"),
}

DECISION_LABELS: dict[str, Sentence] = {
    DecisionKind.DECISION: _("decision of the head"),
    DecisionKind.NOTICE: _("notice of a senior manager"),
}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "document_new": (_("“%(title)s”, version %(number)s, waits for your signature."), "file-pen-line"),
    "document_again": (
        _("Reminder: “%(title)s”, version %(number)s, still waits for your signature."), "file-pen-line"
    ),
    "decision_new": (_("“%(title)s” waits for your acknowledgement."), "megaphone"),
    "decision_again": (_("Reminder: “%(title)s” still waits for your acknowledgement."), "megaphone"),
}  # fmt: skip
"""Kinds of notices: sentence and icon."""

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "version_number_once": _("Somebody is preparing a version of this document right now. Please try again."),
    "one_draft_of_a_document": _("This document has a draft already: continue it."),
    "one_ordered_version": _("Another version of this document already waits for its day."),
    "one_version_in_force": _("Another version of this document is in force."),
    "document_kind_known": _("There is no such kind of document: choose one from the list."),
    "version_state_known": _("A version has no such state. Open it again to see how it stands."),
    "version_in_force_since": _("A version is in force from a moment: name it."),
    "version_supersedes_another": _("A version replaces an earlier one, never itself."),
    "version_with_its_fingerprint": _("The fingerprint does not belong to this text."),
    "version_concerns_somebody": _("Say whom the document concerns."),
    "version_text_is_final": _("From its order on the text of a version is final. Prepare a new version."),
    "version_is_kept": _("A version that was ordered is never deleted."),
    "version_fingerprint_is_true": _("The fingerprint does not belong to this text."),
    "signature_is_of_this_text": _("The signature does not belong to this text."),
    "signed_once": _("You have signed this version already."),
    "signature_method_known": _("Sign with the password or with the second factor."),
    "signature_is_final": _("A signature is neither changed nor withdrawn."),
    "acknowledged_once": _("You have acknowledged this already."),
    "decision_kind_known": _("This is neither a decision nor a notice: choose one of them."),
    "decision_withdrawn_with_reason": _("Write why it is withdrawn: the reason stays with the text."),
    "reminded_once_a_day": _("This person has been reminded today already: the next time is tomorrow."),
    "decision_concerns_somebody": _("Say whom it concerns."),
    "decision_text_is_final": _("What was published is not changed: withdraw it and publish another."),
}


def explain_constraints() -> None:
    """Give the database's refusals their sentences."""
    explain_all(CONSTRAINT_SENTENCES)

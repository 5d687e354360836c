"""Words for people: where a letter stands, the lines of the case's history, notices, refusals."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.assistance.statuses import Status
from cases.insurance.labels import money
from cases.insurance.rules import Money
from fregat.lib.errors import Sentence

STATUS_LABELS: dict[str, Sentence] = {
    Status.ASKED: pgettext_lazy("guarantee letter", "waits for agreement"),
    Status.GIVEN: pgettext_lazy("guarantee letter", "given"),
    Status.REFUSED: pgettext_lazy("guarantee letter", "refused"),
    Status.WITHDRAWN: pgettext_lazy("guarantee letter", "withdrawn"),
}
STATUS_TONES = {Status.ASKED: "warn", Status.GIVEN: "good", Status.REFUSED: "bad", Status.WITHDRAWN: "quiet"}

TIMELINE_LABELS: dict[str, Sentence] = {
    "letter_asked": _("Guarantee letter beyond the sum asked for: %(provider)s, up to %(limit)s"),
    "letter_given": _("Guarantee letter %(number)s given: %(provider)s, up to %(limit)s"),
    "letter_refused": _("Guarantee letter refused: %(provider)s, up to %(limit)s"),
    "letter_withdrawn": _("Guarantee letter %(number)s withdrawn: %(provider)s, up to %(limit)s"),
}


def _limit(values: dict[str, Any]) -> str:
    """The amount was written down as `600.00 EUR`."""
    amount, _space, currency = str(values.get("limit", "")).partition(" ")
    try:
        return money(Money(Decimal(amount), currency))
    except InvalidOperation:
        return amount


TIMELINE_WORDS = {kind: {"limit": _limit} for kind in TIMELINE_LABELS}

NOTICES: dict[str, tuple[Sentence, str]] = {
    "letter_asked": (
        _("Case %(case)s: %(name)s asks you to agree to a guarantee letter beyond the sum."),
        "file-question-mark",
    ),
    "letter_agreed": (_("Case %(case)s: the guarantee letter %(number)s is agreed to and given."), "file-check"),
    "letter_refused": (_("Case %(case)s: the guarantee letter is refused."), "file-x"),
}  # fmt: skip
"""Kinds of notices: sentence and icon."""

STATE_REFUSALS: dict[Status, Sentence] = {
    Status.GIVEN: _("This letter does not wait for agreement any more: look at it again."),
    Status.REFUSED: _("This letter does not wait for agreement any more: look at it again."),
    Status.WITHDRAWN: _("Only a letter that is given can be withdrawn: look at it again."),
}
"""Why a letter cannot get there from where it stands."""

STANDING: Sentence = _(
    "Guarantee letters stand in this case: %(letters)s. First withdraw those that are given and answer those that wait"
    " for agreement."
)
"""Why a case with promises is not cancelled (they would outlive it)."""
WAITS: Sentence = _("%(provider)s (waits for agreement)")

CONSTRAINTS: dict[str, Sentence] = {
    "letter_status_known": _("There is no such state of a guarantee letter."),
    "letter_limit_above_zero": _("The limit of a guarantee letter is above zero."),
    "letter_names_provider": _("Say to whom the guarantee letter is given."),
    "letter_given_whole": _("A letter that is given says by whom, when and under which number."),
    "letter_refused_whole": _("A refusal of a guarantee letter needs its reason."),
    "letter_withdrawn_whole": _("A withdrawal of a guarantee letter needs its reason."),
    "letter_agreed_by_another": _("Nobody agrees to a guarantee letter that they asked for themselves."),
    "letter_sent_once": _("This guarantee letter has been saved already: look at the case again."),
    "assistance_lettercounter_pkey": _("Somebody is giving a letter at this moment. Please try again."),
    "assistance_guaranteeletter_number_key": _("This number of a guarantee letter is given already."),
}
"""What a person reads when the database refuses."""

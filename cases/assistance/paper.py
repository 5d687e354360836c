"""The letter in words: the values of `templates/pdf/assistance/letter.typ`, in Ukrainian or English.

Of the person's health it says no more than what it promises: the kind of help.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.assistance.models import GuaranteeLetter
from cases.insurance.labels import money
from fregat.lib import clock, pdf

TEMPLATE = "assistance/letter.typ"


def paper_of(letter: GuaranteeLetter, language: str) -> bytes:
    """The letter as PDF; no statement. `language`: `uk` or `en`."""
    with translation.override(language):
        return pdf.render(TEMPLATE, values_of(letter))


def values_of(letter: GuaranteeLetter) -> dict[str, Any]:
    """What stands on the paper, in the language that is on. Only of a letter that was given."""
    case = letter.case
    person, policy, given_by = case.person, case.policy, letter.given_by
    english = translation.get_language() == "en"
    who = (person.latin_name if english and person else "") or case.who
    born = person.birth_date if person else case.person_birth_date
    facts = [
        [_("To whom"), letter.provider],
        [_("Insured person"), who],
        [_("Date of birth"), f"{born:%d.%m.%Y}" if born else "–"],
        [_("Policy"), policy.number if policy else case.policy_number or "–"],
        [_("Insurance company"), case.insurer.name if case.insurer else "–"],
        [_("Case"), case.number],
        [_("Help"), capfirst(letter.kind.name)],
        [_("Guaranteed up to"), money(letter.up_to)],
    ]
    return {
        "house": _("Fregat"), "title": _("Guarantee letter %(number)s") % {"number": letter.number},
        "page": _("Page {0} of {1}"), "facts": facts, "withdrawn": _withdrawn(letter),
        "text": _(
            "We guarantee payment for the help named here, given to the insured person in this case, up to the"
            " limit stated. Please agree with us in writing beforehand on anything beyond the limit."
        ),
        "signed": [given_by.full_name if given_by else "", _when(letter.given_at)],
    }  # fmt: skip


def _withdrawn(letter: GuaranteeLetter) -> str:
    if letter.withdrawn_at is None:
        return ""
    return _("Withdrawn %(when)s: not valid any more.") % {"when": _when(letter.withdrawn_at)}


def _when(instant: datetime | None) -> str:
    return f"{clock.local(instant):%d.%m.%Y %H:%M} ({_('Kyiv time')})" if instant else ""

"""Words for people: verdicts, their reasons, why a person was found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.numbers import format_currency
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from cases.insurance.rules import ASK, COVERED, NOT_COVERED, Money, Reason

if TYPE_CHECKING:
    from django.utils.functional import Promise

GENDER_LABELS = {"f": _("woman"), "m": _("man")}

VERDICT_LABELS = {
    COVERED: _("Covered"),
    NOT_COVERED: _("Not covered"),
    ASK: _("Ask the insurer"),
}

STATE_LABELS = {
    "valid": _("valid"),
    "ahead": _("not valid yet"),
    "over": _("not valid any more"),
    "ended": _("ended early"),
}

MATCH_LABELS = {
    "number": _("policy number"),
    "phone": _("phone number"),
    "name_birth": _("name and date of birth"),
    "surname_birth": _("surname and date of birth"),
    "name": _("surname and name"),
    "surname": _("surname"),
    "start": _("beginning of the surname"),
    "similar_birth": _("similar surname and date of birth"),
    "given_birth": _("name and date of birth, another surname"),
    "similar": _("similar surname"),
    "birth": _("date of birth"),
}

ASK_NEXT_LABELS = {
    "birth": _("Ask for the date of birth: the year alone leaves out most namesakes."),
    "day": _("Ask for the day and month of birth."),
    "number": _("Ask for the policy number or the phone."),
}
"""What tells namesakes apart, by code."""

REASON_TEXTS: dict[str, Promise | str] = {
    "in_term": _("On %(on)s the policy is valid (from %(from)s to %(to)s)."),
    "not_begun": _("On %(on)s the policy was not valid yet: it is valid from %(from)s."),
    "expired": _("On %(on)s the policy was not valid any more: it was valid to %(to)s inclusive."),
    "ended_early": _("The policy was ended early, from %(to)s."),
    "place_unknown": _("The country is not known yet: find out where it happened."),
    "in_territory": _("%(country)s is within the territory of the policy."),
    "outside_territory": _("%(country)s is outside the territory of the policy."),
    "cover_elsewhere": _("In %(country)s this kind of help is not covered by the programme."),
    "service_unknown": _("The kind of help is not known yet: find out what is needed."),
    "in_cover": _("The programme covers this kind of help: %(service)s."),
    "no_cover": _("The programme does not cover this kind of help: %(service)s."),
    "needs_consent": _("This kind of help needs the insurer’s consent each time: %(service)s."),
    "waiting": _("The waiting period of %(days)s days runs: this help is covered from %(from)s."),
    "limit_spent": _("Nothing is left of the limit of %(limit)s."),
    "excess": _("The insured person pays the excess of %(amount)s."),
}


def others_words(others: int, ask: str) -> str:
    """How many more fit as well, and what to ask next; empty when nobody is left out."""
    if not others:
        return ""
    said = ngettext(
        "%(others)d more person fits as well.", "%(others)d more people fit as well.", others
    ) % {"others": others}  # fmt: skip
    return f"{said} {ASK_NEXT_LABELS[ask]}"


def money(value: Money | None) -> str:
    """An amount as people write it in the language of the interface: `30 000,00 €`."""
    if value is None:
        return ""
    locale = "en" if (get_language() or "uk").startswith("en") else "uk"
    whole = value.amount == value.amount.to_integral_value()
    return format_currency(
        value.amount,
        value.currency,
        locale=locale,
        format="#,##0 ¤" if whole else "#,##0.00 ¤",
        currency_digits=False,
    )


def reason_text(reason: Reason) -> str:
    """The sentence of a reason, in the language of the interface."""
    return str(REASON_TEXTS[reason.code]) % {name: _word(value) for name, value in reason.values.items()}


def reason_words(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons for a page or the API: code, text, source."""
    return [
        {"code": r.code, "weight": r.weight, "text": reason_text(r), "source": source_text(r)}
        for r in reasons
    ]


def source_text(reason: Reason) -> str:
    """What the reason stands on: the clause of the insurer's rules, else the policy; empty when nothing is known."""
    if reason.source:
        return reason.source
    return "" if reason.code in _UNKNOWN else str(_("policy"))


_UNKNOWN = frozenset({"place_unknown", "service_unknown"})


def _word(value: object) -> str:
    if isinstance(value, Money):
        return money(value)
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)


CONSTRAINTS = {
    "insurance_country_pkey": _("A country with this code is in the list already: correct that one."),
    "insurance_currency_pkey": _("A currency with this code is in the list already: correct that one."),
    "insurance_servicekind_pkey": _(
        "A kind of help with this code is in the list already: correct that one."
    ),
    "insurance_insurer_code_key": _("Another insurer has this code: choose another one."),
    "insurance_territory_code_key": _("Another territory has this code: choose another one."),
    "programme_code_once": _("This insurer has a programme with this code already: choose another one."),
    "cover_once_in_a_programme": _(
        "The programme has a cover for this kind of help already: correct that one."
    ),
    "excess_not_negative": _("The excess cannot be below zero."),
    "policy_number_once": _(
        "This insurer has a policy with this number from this day already: open that one."
    ),
    "policy_term_not_empty": _("The policy must end on the day it begins or later: correct the dates."),
    "insurance_policy_uuid_key": _("This policy has been saved already: find it by its number."),
    "person_once_in_a_policy": _("The person is named in this policy already."),
    "insurance_insuredperson_uuid_key": _("This person has been saved already: find them by name."),
    "surname_key_once": _("This surname is in the dictionary already."),
    "insurance_surnamecut_pkey": _("This surname is in the dictionary already."),
    "insurance_insureruserobj_user_id_permission_id_co_42c3ab04_uniq": _(
        "The employee works on this project already."
    ),
}
"""What a person reads when the database refuses."""

"""Words for people: verdicts, their reasons, why a person was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from cases.insurance.rules import ASK, COVERED, NOT_COVERED, NUMBER, YES_NO, Money, Reason
from fregat.lib import clock

if TYPE_CHECKING:
    from django.utils.functional import Promise

GENDER_LABELS = {"f": _("woman"), "m": _("man")}

VERDICT_LABELS = {
    COVERED: _("Covered"),
    NOT_COVERED: _("Not covered"),
    ASK: _("Ask the insurer"),
}

ASK_THE_PERSON = _("Ask the person")
"""In place of «ask the insurer» while the person's own answer may settle it."""

ANSWER_LABELS = {YES_NO: _("yes or no"), NUMBER: _("a number")}
EFFECT_LABELS = {NOT_COVERED: _("not covered"), ASK: _("the insurer decides")}
"""What an exclusion that applies makes of the verdict."""

STATE_LABELS = {
    "valid": _("valid"),
    "ahead": _("not valid yet"),
    "over": _("not valid any more"),
    "ended": _("ended early"),
}

MATCH_LABELS = {
    "number": _("policy number"),
    "phone": _("phone number"),
    "case": _("case number"),
    "name_birth": _("name and date of birth"),
    "phone_birth": _("phone number and date of birth"),
    "surname_birth": _("surname and date of birth"),
    "name": _("surname and name"),
    "surname": _("surname"),
    "start": _("beginning of the surname"),
    "similar_birth": _("similar surname and date of birth"),
    "given_birth": _("name and date of birth, another surname"),
    "similar": _("similar surname"),
    "birth": _("date of birth"),
}

FIRST_LABELS = {
    "verdict": _("its verdict is the better one"),
    "excess": _("its excess is smaller"),
    "left": _("more is left of its limit"),
    "earlier": _("it began earlier"),
    "same": _("nothing tells them apart, it was entered first"),
}
"""Why one of a person's policies goes first."""

ASK_NEXT_LABELS = {
    "birth": _("Ask for the date of birth: the year alone leaves out most of them."),
    "birthday": _("Ask for the date of birth."),
    "day": _("Ask for the day and month of birth."),
    "name": _("Ask for the surname and the name."),
    "number": _("Ask for the policy number or the phone."),
    "city": _("Ask in which town the person lives."),
    "again": _("Check the surname and the date of birth with the caller, letter by letter."),
}
"""What tells apart those who fit, by code."""

TOO_LITTLE = _(
    "Too little to look for: say three letters of the surname, four last digits of the phone, the policy number or a"
    " whole date of birth."
)

REASON_TEXTS: dict[str, Promise | str] = {
    "in_term": _("On %(on)s the policy is valid (from %(from)s to %(to)s)."),
    "not_begun": _("On %(on)s the policy was not valid yet: it is valid from %(from)s."),
    "expired": _("On %(on)s the policy was not valid any more: it was valid to %(to)s inclusive."),
    "ended_early": _("Cover by this policy was ended early, from %(to)s."),
    "entered_later": _(
        "The contract was entered on %(entered)s (Kyiv time), after it happened: ask the insurer, and check when it"
        " happened."
    ),
    "day_unknown": _(
        "By the local time it is %(on)s or %(or)s, and the policy is valid on one of these days only: find out where"
        " exactly it happened (state, town)."
    ),
    "day_waiting": _(
        "By the local time it is %(on)s or %(or)s, and the waiting period is over on one of these days only: find out"
        " where exactly it happened (state, town)."
    ),
    "day_age": _(
        "By the local time it is %(on)s or %(or)s, and between these days the person grows a year older, which decides"
        " here: find out where exactly it happened (state, town)."
    ),
    "day_edition": _(
        "By the local time it is %(on)s or %(or)s, and between these days the rules of the programme change: find out"
        " where exactly it happened (state, town)."
    ),
    "place_unknown": _("The country is not known yet: find out where it happened."),
    "in_territory": _("%(country)s is within the territory of the policy."),
    "outside_territory": _("%(country)s is outside the territory of the policy."),
    "cover_elsewhere": _("In %(country)s this kind of help is not covered by the programme."),
    "country_excluded": _("%(country)s is excluded by the rules of the programme."),
    "no_rules": _("No rules of the programme are in force on %(on)s: ask the insurer."),
    "age_unknown": _("The date of birth is not known: the age decides here."),
    "too_young": _("At the age of %(age)s the person is not insured: the programme insures from %(from)s."),
    "too_old": _(
        "At the age of %(age)s the person is not insured: the programme insures to %(to)s inclusive."
    ),
    "age_not_in_cover": _(
        "At the age of %(age)s the programme does not cover this kind of help: %(service)s."
    ),
    "question": _("Ask: %(question)s"),
    "excluded": _("An exclusion applies. %(question)s – %(answer)s."),
    "insurer_decides": _("The insurer decides. %(question)s – %(answer)s."),
    "risk_unknown": _(
        "An exclusion applies, unless an extra risk is insured: %(risks)s. The insurer’s list does not say whether it"
        " is: ask the insurer. %(question)s – %(answer)s."
    ),
    "not_excluded": _("No exclusion. %(question)s – %(answer)s."),
    "risk_sold": _("Need not be asked, the extra risk “%(risk)s” is insured: %(question)s"),
    "service_unknown": _("The kind of help is not known yet: find out what is needed."),
    "in_cover": _("The programme covers this kind of help: %(service)s."),
    "no_cover": _("The programme does not cover this kind of help: %(service)s."),
    "needs_consent": _("This kind of help needs the insurer’s consent each time: %(service)s."),
    "waiting": _("The waiting period of %(days)s days runs: this help is covered from %(from)s."),
    "limit_spent": _("Nothing is left of the limit of %(limit)s."),
    "sum_spent": _("Nothing is left of the insured sum of %(limit)s."),
    "sum_of_whom": _(
        "As much as the insured sum of %(limit)s is guaranteed under this policy already, and each person has a sum of"
        " their own: find out who is insured."
    ),
    "limit_of_whom": _(
        "As much as the limit of %(limit)s for this kind of help (%(service)s) is guaranteed under this policy already,"
        " and each person has a limit of their own: find out who is insured."
    ),
    "guaranteed": _("Already guaranteed under this policy: %(amount)s."),
    "guaranteed_kind": _("Already guaranteed for this kind of help (%(service)s): %(amount)s."),
    "guaranteed_least": _(
        "Guaranteed under this policy already: at least %(amount)s, and something in a currency that has no rate."
    ),
    "guaranteed_kind_least": _(
        "Guaranteed for this kind of help already (%(service)s): at least %(amount)s, and something in a currency that"
        " has no rate."
    ),
    "guaranteed_uncounted": _(
        "A currency has no rate, so what is left cannot be counted: ask the insurer how much it is."
    ),
    "excess": _("The insured person pays the excess of %(amount)s."),
    "excess_percent": _("The insured person pays %(percent)s of the bill (the excess)."),
    "excess_least": _(
        "The insured person pays %(percent)s of the bill (the excess), but not less than %(amount)s."
    ),
}

OF_SEVERAL_TEXTS: dict[str, Promise | str] = {
    "cover_elsewhere": _("In %(country)s the programme does not cover this kind of help: %(service)s."),
    "waiting": _(
        "The waiting period of %(days)s days runs: this help (%(service)s) is covered from %(from)s."
    ),
    "limit_spent": _("Nothing is left of the limit of %(limit)s for this kind of help: %(service)s."),
    "excess": _("The insured person pays the excess of %(amount)s for this kind of help: %(service)s."),
    "excess_percent": _(
        "The insured person pays %(percent)s of the bill (the excess) for this kind of help: %(service)s."
    ),
    "excess_least": _(
        "The insured person pays %(percent)s of the bill (the excess), but not less than %(amount)s, for this kind of"
        " help: %(service)s."
    ),
}
"""In place of those sentences where several kinds of help were asked about: of which it is said."""


def next_words(others: int, ask: str, apart: str) -> str:
    """How many more fit as well, and what to ask next; of those who are all shown what tells namesakes apart, if there
    are any."""
    if not others:
        namesakes = _("Several people have this very name.")
        return f"{namesakes} {ASK_NEXT_LABELS[apart]}" if apart else ""
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


def percent_text(value: Decimal) -> str:
    """A part as people write it in the language of the interface: `12,5 %`."""
    english = (get_language() or "uk").startswith("en")
    number = format_decimal(value.normalize(), format="0.##", locale="en" if english else "uk")
    return f"{number}%" if english else f"{number}\N{NO-BREAK SPACE}%"


def excess_text(least: Money | None, percent: Decimal) -> str:
    """What the person pays: `50 €`, `10 % of the bill`, or such a part and the least of it."""
    if not percent:
        return money(least)
    if least is None or not least.amount:
        return str(_("%(percent)s of the bill") % {"percent": percent_text(percent)})
    values = {"percent": percent_text(percent), "amount": money(least)}
    return str(_("%(percent)s of the bill, but not less than %(amount)s") % values)


def reason_text(reason: Reason, *, several: bool = False) -> str:
    """The sentence of a reason, in the language of the interface; of `several` kinds of help it names its own."""
    texts = {**REASON_TEXTS, **OF_SEVERAL_TEXTS} if several else REASON_TEXTS
    return str(texts[reason.code]) % {name: value_text(value) for name, value in reason.values.items()}


def reason_words(reasons: Iterable[Reason], *, several: bool = False) -> list[dict[str, Any]]:
    """Reasons for a page or the API: code, text, source."""
    return [
        {
            "code": r.code, "weight": r.weight, "text": reason_text(r, several=several), "source": source_text(r),
        }
        for r in reasons
    ]  # fmt: skip


def verdict_label(verdict: str, *, open_questions: bool) -> str:
    """The verdict in a word: whom to ask depends on whether a question of the rules is open."""
    return str(ASK_THE_PERSON if verdict == ASK and open_questions else VERDICT_LABELS.get(verdict, ""))


def said_in_both(word: Callable[[], str]) -> dict[str, str]:
    """A sentence in both languages of the interface, for what is kept."""
    found = {}
    for language in ("uk", "en"):
        with override(language):
            found[language] = word()
    return found


def in_language(kept: dict[str, Any]) -> str:
    """Of what was kept in both languages, the reader's."""
    return str(kept.get("en" if (get_language() or "uk").startswith("en") else "uk") or "")


def kept_reason(reason: Reason, *, several: bool = False) -> dict[str, Any]:
    """A reason as it is kept with a case: readable whatever becomes of the rules."""
    source = said_in_both(lambda: source_text(reason))
    return {
        "code": reason.code, "weight": reason.weight, "source": source,
        **said_in_both(lambda: reason_text(reason, several=several)),
    }  # fmt: skip


def ages_text(least: int | None, most: int | None) -> str:
    """`from 18 to 64`; empty when the age does not matter."""
    if least is not None and most is not None:
        return str(_("aged from %(least)d to %(most)d") % {"least": least, "most": most})
    if least is not None:
        return str(_("aged from %(least)d") % {"least": least})
    return str(_("aged to %(most)d") % {"most": most}) if most is not None else ""


def source_text(reason: Reason) -> str:
    """What the reason stands on: the clause of the insurer's rules, else the policy; empty when nothing is known."""
    if reason.source:
        return reason.source
    if reason.code in _UNKNOWN:
        return ""
    return str(_("rules of the programme") if reason.code in _OF_THE_RULES else _("policy"))


_UNKNOWN = frozenset(
    {
        "place_unknown", "service_unknown", "no_rules", "guaranteed", "guaranteed_least", "guaranteed_uncounted",
    }
)  # fmt: skip
_OF_THE_RULES = frozenset(
    {
        "no_cover", "country_excluded", "age_unknown", "too_young", "too_old", "age_not_in_cover", "question",
        "excluded", "insurer_decides", "not_excluded", "in_cover", "needs_consent", "cover_elsewhere", "waiting",
        "day_waiting", "day_age", "day_edition", "excess", "excess_percent", "excess_least", "limit_spent",
        "limit_of_whom", "risk_sold", "risk_unknown",
    }
)  # fmt: skip
"""What stands in the rules of the programme, whatever its clause; the rest is written in the policy itself."""


def value_text(value: object) -> str:
    """A value as people write it in the language of the interface."""
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Decimal):
        return percent_text(value)
    if isinstance(value, datetime):
        return f"{clock.local(value):%d.%m.%Y %H:%M}"
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
    "edition_number_once": _("Somebody has begun another edition in this moment: open it."),
    "one_draft_of_a_programme": _("The programme has a draft of its rules already: open it."),
    "edition_published_paired": _("An edition that is not published has nobody who published it."),
    "edition_is_final": _("A published edition of the rules stays as it was: begin another one."),
    "edition_ages_in_order": _("The age “to” cannot be less than the age “from”."),
    "cover_ages_in_order": _("The age “to” cannot be less than the age “from”."),
    "question_ages_in_order": _("The age “to” cannot be less than the age “from”."),
    "cover_once_for_an_age": _(
        "One kind of help stands twice for the same age: leave one line, or divide the ages."
    ),
    "question_once_in_an_edition": _("Two questions have the same code: choose another one."),
    "number_has_its_bound": _("Say from which number the exclusion applies; a yes-or-no question has none."),
    "limit_not_negative": _("The limit cannot be below zero."),
    "example_name_once": _("The programme has an example with this name already: choose another name."),
    "excess_not_negative": _("The excess cannot be below zero."),
    "excess_part_of_the_bill": _("The excess is a part of the bill: from 0 to 100 percent."),
    "policy_number_once": _(
        "This insurer has a policy with this number from this day already: open that one."
    ),
    "policy_refers_to_what_is_there": _(
        "A policy has a programme of its insurer, a territory and a currency, and while it has them they stay."
    ),
    "insured_are_there": _(
        "A policy and whom it insures stay as long as it insures them, and neither is exchanged for another."
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

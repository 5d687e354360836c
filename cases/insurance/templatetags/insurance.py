"""Components of the room's pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.insurance.labels import EFFECT_LABELS, GENDER_LABELS, STATE_LABELS, ages_text, excess_text, money
from cases.insurance.models import Cover, Exclusion, Policy
from cases.insurance.rules import Money
from fregat.lib import clock
from fregat.lib.templatetags.ui import mark

register = template.Library()

_CSS: dict[type[Any], str] = {forms.CheckboxInput: "form-check-input", forms.Select: "form-select"}


@register.simple_tag
def bare(bound: forms.BoundField) -> SafeString:
    """The control of a field in a table, whose head says its label to the eye; it is said to the ear here."""
    css = _CSS.get(type(bound.field.widget), "form-control") + (" is-invalid" if bound.errors else "")
    return bound.as_widget(attrs={"class": css, "aria-label": str(bound.label)})


@register.simple_tag
def amount(value: Decimal, currency: str) -> str:
    """`150 EUR`."""
    return money(Money(value, currency))


@register.simple_tag
def pays(row: Cover) -> str:
    """What the person pays of this kind of help."""
    return excess_text(Money(row.excess, row.currency_id), row.excess_percent)


@register.simple_tag
def ages(row: Any) -> str:
    """From and to which age."""
    return ages_text(row.age_from, row.age_to)


@register.simple_tag
def named_code(names: dict[str, str], code: str) -> str:
    """The name of a code."""
    return names.get(code, code)


@register.simple_tag
def cover_terms(row: Cover) -> str:
    """On what terms a kind of help is covered, besides its limit and territory."""
    parts = [ages_text(row.age_from, row.age_to)]
    if row.waiting_days:
        days = row.waiting_days
        parts.append(
            ngettext("not on the first %(days)d day", "not on the first %(days)d days", days) % {"days": days}
        )
    if row.needs_consent:
        parts.append(str(_("with the insurer’s consent")))
    return ", ".join(part for part in parts if part)


@register.simple_tag
def exclusion_terms(row: Exclusion, names: dict[str, dict[str, str]]) -> str:
    """When an exclusion applies and what then."""
    said = (
        str(_("yes"))
        if row.excluded_from is None
        else str(_("from %(number)d") % {"number": row.excluded_from})
    )
    where = [
        ", ".join(names["service"].get(code, code).lower() for code in row.services),
        ", ".join(names["country"].get(code, code) for code in row.countries),
        str(GENDER_LABELS.get(row.gender, "")),
        ages_text(row.age_from, row.age_to),
    ]
    told = "; ".join(part for part in where if part)
    lifted = str(_("unless insured: %(risks)s") % {"risks": ", ".join(row.risks)}) if row.risks else ""
    return (
        f"{said}: {EFFECT_LABELS[row.effect]}"
        + (f" ({told})" if told else "")
        + (f", {lifted}" if lifted else "")
    )


_TONES = {"valid": "good", "ahead": "warn", "over": "bad", "ended": "bad"}


@mark(register)
def policy_state(policy: Policy, today: date) -> dict[str, Any]:
    """Is the policy in force today, in a word and a colour?"""
    state = policy.state_on(today)
    return {"label": STATE_LABELS[state], "css": f"tone-{_TONES[state]}", "sign": ""}


@mark(register)
def policy_fault(policy: Policy) -> dict[str, Any]:
    """Only what is amiss: nothing beside a policy that is in force now."""
    today = clock.local(clock.now()).date()
    return policy_state(policy, today) | {"shown": policy.state_on(today) != "valid"}

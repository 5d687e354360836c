"""What the program says beside the call: the cover, what will be told, cases of the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework import rules, selectors
from cases.casework.forms.call import CallForm
from cases.casework.forms.fields import money as read_money
from cases.casework.forms.fields import understood
from cases.casework.labels import ESCALATION_LABELS
from cases.casework.statuses import Status
from cases.casework.views.articles import beside
from cases.casework.views.seat import number
from cases.insurance import selectors as insurance
from cases.insurance.labels import (
    FIRST_LABELS,
    VERDICT_LABELS,
    excess_text,
    money,
    reason_words,
    verdict_label,
)
from cases.insurance.models import InsuredPerson, Insurer, Policy
from cases.insurance.rules import (
    Candidate,
    Verdict,
    deciding_first,
    first_of,
    largest_excess,
    largest_percent,
    least_left,
)
from cases.insurance.selectors import Circumstances, Told, catalogue
from cases.privacy.actions import record_look
from fregat.lib import clock
from fregat.lib.errors import Invalid

_A_DAY = timedelta(days=1)
"""By which a day there may differ from that in Kyiv."""
_POLICIES = 6
"""Of one person, as many as are compared."""


def of(request: HttpRequest, form: CallForm, now: datetime) -> dict[str, Any]:
    """The values of `_verdict.html` for what is typed so far, valid or not."""
    country = str(form["country"].value() or "")
    country = country if country in dict(form.fields["country"].choices) else ""
    offered = dict(form.fields["services"].choices)
    kinds = [kind for kind in dict.fromkeys(form["services"].value() or []) if kind in offered]
    zone = form.zones.get(country, "")
    at = understood(str(form["occurred_at"].value() or "")[:60], now, form.zone)
    absurd = at is not None and not MINYEAR < at.year < MAXYEAR
    at = None if absurd else at  # no clock shows it; whoever registers it is told why
    policies = [] if absurd else _policies(request, number(request.POST.get("policy")), at or now, now)
    policy = policies[0] if policies else None
    answer = _verdict(policies, _asked(request, form, country, at or now, kinds, now))
    return {
        "verdict": answer,
        "policy": policy,
        "articles": beside(
            request.user,
            policy,
            number(str(form["insurer"].value() or "")),
            country=country,
            kinds=kinds,
            clauses={reason["source"] for reason in answer["reasons"]} if answer else (),
            now=now,
        ),
        "occurred": at or now,
        "zone": zone,
        "place": dict(form.fields["country"].choices).get(country, ""),
        "there": now.astimezone(ZoneInfo(zone)).strftime("%H:%M") if zone else "",
        "told": _told(form, policy, country, kinds),
        "cases": _cases(request, number(request.POST.get("person")), now),
    }


def _policies(request: HttpRequest, policy_id: int | None, at: datetime, now: datetime) -> list[Policy]:
    """The chosen policy first, then the other ones of the person, those before others that are valid about then; none
    when none is chosen."""
    person_id = number(request.POST.get("person"))
    if policy_id is None:
        return []
    rows = Policy.objects.visible_to(request.user, now)
    first, last = (clock.local(at + days).date() for days in (-_A_DAY, _A_DAY))
    then = ExpressionWrapper(Q(policy__valid_from__lte=last, policy__valid_to__gte=first), BooleanField())
    links = (
        insurance.links(rows).filter(person=person_id).order_by(then.desc(), "-policy__valid_to", "policy_id")
    )
    mine = links[:_POLICIES] if person_id is not None else ()
    found = [link.as_insured() for link in mine]
    if all(row.pk != policy_id for row in found):
        found += [insurance.as_insured(row, person_id)[0] for row in rows.for_reading().filter(pk=policy_id)]
    chosen = [row for row in found if row.pk == policy_id]
    return chosen + [row for row in found if row.pk != policy_id] if chosen else []


def _asked(
    request: HttpRequest, form: CallForm, country: str, at: datetime, kinds: list[str], now: datetime
) -> Circumstances:
    """The circumstances as they are typed so far; whose policy it is counts when the person is chosen."""
    person_id = number(request.POST.get("person"))
    rows = InsuredPerson.objects.visible_to(request.user, now)
    person = rows.filter(pk=person_id).first() if person_id is not None else None
    return Circumstances(at=at, country=country, services=tuple(kinds), person=person, answers=form.answers)


def _verdict(policies: list[Policy], asked: Circumstances) -> dict[str, Any] | None:
    """The least favourable verdict over the kinds of help, with every reason once and what to ask."""
    if not policies:
        return None
    try:
        found = insurance.verdicts_of(policies, asked)
    except Invalid:
        return None
    told = found[policies[0].pk]
    worst = _worst(told)
    questions = insurance.questions(told)
    shown = {one.code for one in questions}
    return {
        "code": worst.verdict,
        "label": verdict_label(worst.verdict, open_questions=any(one.answer is None for one in questions)),
        "reasons": _reasons(told.verdicts),
        "limit_left": money(worst.limit_left),
        "excess": excess_text(worst.excess, worst.excess_percent),
        "questions": questions,
        "unasked": {name: said for name, said in asked.answers.items() if name not in shown},
        "first": _first(policies, found),
    }


def _worst(told: Told) -> Verdict:
    """As it will be kept with the case: the least favourable verdict, the largest excess, the least that is left."""
    code = rules.worst_verdict(str(answer.verdict) for answer in told.verdicts)
    return Verdict(
        code, (), least_left(told.verdicts), largest_excess(told.verdicts),
        excess_percent=largest_percent(told.verdicts),
    )  # fmt: skip


def _first(policies: list[Policy], found: dict[int, Told]) -> dict[str, Any] | None:
    """Of several policies the one that goes first and why; None when there is one alone."""
    if len(policies) < 2:
        return None
    said = {row.pk: _worst(found[row.pk]) for row in policies}
    first, reason = first_of(
        [Candidate(row.pk, one.verdict, one.excess, one.limit_left, row.valid_from, one.excess_percent)
         for row, one in ((row, said[row.pk]) for row in policies)]
    )  # fmt: skip
    return {
        "policy": next(row for row in policies if row.pk == first), "why": FIRST_LABELS[reason],
        "chosen": first == policies[0].pk, "label": VERDICT_LABELS[said[first].verdict],
    }  # fmt: skip


def _reasons(found: Sequence[Verdict]) -> list[dict[str, Any]]:
    several = len(found) > 1
    words = reason_words(deciding_first(found), several=several)
    return list({word["text"]: word for word in words}.values())


def _told(form: CallForm, policy: Policy | None, country: str, kinds: list[str]) -> list[str]:
    """What the senior manager will be told when the case is registered as it stands (C5)."""
    there = catalogue.countries().get(country)
    facts = rules.TellFacts(
        registered=True,
        country=country,
        country_told=bool(there and there.told),
        displeased=bool(form["displeased"].value()),
        unusual=str(form["unusual"].value() or "").strip(),
        threshold_uah=_threshold(policy),
        services=tuple(_services(form, kinds)),
    )
    reasons = list(
        dict.fromkeys(
            str(ESCALATION_LABELS[item.reason]) for item in rules.told(facts) if item.subject != rules.PLACE
        )
    )
    if not reasons:
        return []
    return [_("The senior manager will be told: %(reasons)s.") % {"reasons": ", ".join(reasons)}]


def _services(form: CallForm, kinds: list[str]) -> list[rules.ServiceTold]:
    rows = {row["kind"]: row for row in form.rows}
    known = catalogue.service_kinds()
    found = []
    for index, kind in enumerate(kind for kind in kinds if kind in known):
        try:
            cost = read_money(rows[kind]["cost"])
        except (KeyError, ValidationError):
            cost = None
        rate = _rate(rows[kind]["currency"]) if cost is not None else None
        found.append(
            rules.ServiceTold(
                id=index, kind=kind, told_as=known[kind].escalation, abroad_only=known[kind].abroad_only,
                has_cost=cost is not None, cost_uah=None if cost is None else rules.in_hryvnias(cost, rate),
            )
        )  # fmt: skip
    return found


def _threshold(policy: Policy | None) -> Any:
    amount, code = rules.DEFAULT_THRESHOLD
    if policy is not None:
        insurer: Insurer = policy.insurer
        amount, code = insurer.threshold_amount, insurer.threshold_currency_id
    return rules.in_hryvnias(amount, _rate(code))


def _rate(code: str) -> Any:
    currency = catalogue.currencies().get(code)
    return currency.rate_uah if currency else None


def _cases(request: HttpRequest, person_id: int | None, now: datetime) -> list[dict[str, Any]]:
    """The latest cases of the person, those that may be the same event marked."""
    if person_id is None:
        return []
    rows = selectors.cases_of_person(request.user, person_id, now)
    record_look(
        by=request.user,
        kind="case",
        objects=[row.uuid for row in rows],
        part="list",
        ground="call",
        request=request,
        now=now,
    )
    recent = now - timedelta(days=rules.DUPLICATE_DAYS)
    return [
        {
            "number": row.number, "url": reverse("casework:case", args=[row.number]), "status": row.status,
            "status_label": row.get_status_display(), "opened_at": row.opened_at,
            "responsible": row.responsible.short_name,
            "place": ", ".join(part for part in (row.country.name if row.country else "", row.city) if part),
            "duplicate": row.opened_at >= recent and row.status != Status.CANCELLED,
        }
        for row in rows
    ]  # fmt: skip

"""What somebody was typing when they left the staff or this work: nothing of a case is lost (A3, C10; ADR 0015)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.casework import drafts, rules, selectors
from cases.casework.actions.ground import announce, next_number, signed, tell_time_line
from cases.casework.labels import RELATION_LABELS
from cases.casework.models import Case, CaseService, Responsibility
from cases.casework.querysets import CaseQuerySet
from cases.casework.statuses import Status
from cases.insurance.models import Country, InsuredPerson, Insurer, Policy, ServiceKind
from cases.insurance.querysets import projects_of
from cases.insurance.selectors import as_insured
from fregat.lib import drafts as kept_drafts
from fregat.lib.errors import Sentence
from staff.employees.models import Employee


def keep_words(employee: Employee, now: datetime) -> None:
    """Put what the person was typing where it is not lost, in the transaction of the order that ends their work.

    Words about a case stand on its time line; a call not registered yet becomes a draft of a case. Both before
    the cases are passed on, so that the call goes with them. These drafts are then forgotten.
    """
    kept = kept_drafts.of_employee(employee.pk)
    words = drafts.words_by_case(kept)
    for case in _open_to(employee).filter(number__in=words).for_reading().order_by("id"):
        for text in words[case.number]:
            tell_time_line(case, "unfinished", by=employee, now=now, text=text)
        announce(case)
    call = drafts.call_of(kept)
    if call and not _is_registered(call):
        _draft_case(employee, call, kept[drafts.NEW_CALL].get("services", []), now)
    done = [form for form in kept if form == drafts.NEW_CALL or drafts.case_of_draft(form)]
    kept_drafts.forget(employee.pk, done)


def foresee_words(employee: Employee) -> list[Sentence]:
    """What `keep_words` would keep, in words. One to three statements."""
    kept = kept_drafts.of_employee(employee.pk)
    words, call = drafts.words_by_case(kept), drafts.call_of(kept)
    count = _open_to(employee).filter(number__in=words).count() if words else 0
    said: list[Sentence] = []
    if count:
        text = ngettext(
            "What was being typed about %(count)s case and not sent is kept on its time line.",
            "What was being typed about %(count)s cases and not sent is kept on their time lines.",
            count,
        )
        said.append(text % {"count": count})
    if call and not _is_registered(call):
        said.append(_("The call that was being registered becomes a draft of a case."))
    return said


def _open_to(employee: Employee) -> CaseQuerySet:
    """A draft can be named after any case: words go only where the person could have written them."""
    return Case.objects.filter(Q(responsible=employee) | Q(insurer__in=projects_of(employee)))


def _is_registered(call: Mapping[str, str]) -> bool:
    """Only its draft was not forgotten."""
    token = drafts.token_in(call)
    return token is not None and Case.objects.filter(token=token).exists()


def _draft_case(employee: Employee, call: Mapping[str, str], kinds: Iterable[str], now: datetime) -> None:
    """The call with whatever of it is usable; what a registered case needs may be missing."""
    rows, relation = _rows_named(employee, call), call.get("caller_relation", "")
    case = Case(
        **rows, **drafts.texts_of(call), status=Status.DRAFT, responsible=employee, opened_by=employee,
        opened_at=now, status_at=now, provisional=not (rows["person"] and rows["policy"]),
        zone=rows["country"].zone if rows["country"] else "", displeased="displeased" in call,
        caller_relation=relation if relation in RELATION_LABELS else "", token=drafts.token_in(call),
    )  # fmt: skip
    known = list(ServiceKind.objects.filter(code__in=list(kinds)))
    said = selectors.cover_of(
        rows["policy"], country=case.country_id or "", at=now, kinds=[kind.pk for kind in known],
        person=case.person, answers=drafts.answers_in(call), known_at=now,
    )  # fmt: skip
    case.verdict, case.answers, case.cover = said.verdict, dict(said.answers), said.kept
    year, counter = next_number(now)
    case.number = rules.case_number(year, counter)
    with signed(employee):
        case.save(force_insert=True)
        Responsibility(case=case, employee=employee, since=now, reason="registered", by=employee).save(
            force_insert=True
        )
        CaseService.objects.bulk_create(
            CaseService(case=case, kind=kind, added_at=now, added_by=employee) for kind in known
        )
    tell_time_line(case, "unfinished", by=employee, now=now, text=call.get("occurred_at", ""))


def _rows_named(employee: Employee, call: Mapping[str, str]) -> dict[str, Any]:
    """The rows that the draft names, as far as they belong to the person's projects."""
    theirs = projects_of(employee)
    policies = Policy.objects.filter(insurer__in=theirs).select_related("insurer", "programme", "territory")
    policy = policies.filter(pk=drafts.number_in(call, "policy")).first()
    if policy is not None:
        policy, _insured = as_insured(policy, drafts.number_in(call, "person") or None)
    insured = InsuredPerson.objects.filter(policies__insurer__in=theirs).distinct()
    insurer = Insurer.objects.filter(pk__in=theirs).filter(pk=drafts.number_in(call, "insurer")).first()
    return {
        "person": insured.filter(pk=drafts.number_in(call, "person")).first(),
        "policy": policy,
        "insurer": policy.insurer if policy else insurer,
        "country": Country.objects.filter(pk=call.get("country", "")[:2]).first(),
    }

"""One piece of everybody's work, for the walks over all addresses."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from fregat.lib import clock
from shifts.breaks.actions import ask as ask_break
from staff.employees.models import Employee
from tests.builders import (
    a_table_of_people,
    give_photograph,
    make_article,
    make_decision,
    make_document,
)
from tests.cases.imports.kit import FIELDS_OF_WHOLE, WHOLE
from tests.cases.insurance.drafts import make_draft_of_rules
from tests.cast import make_employee, make_person, make_policy, make_shift
from tests.meta.routes import PHONE, SURNAME, Samples


@pytest.fixture
def samples(
    operator: Employee, operator2: Employee, stranger: Employee, senior: Employee, doctor: Employee,
    head: Employee, director: Employee, project: Any, on_shift: Callable[..., Any], page: Callable[..., Client],
) -> Samples:  # fmt: skip
    """The work of `operator`, everybody on shift who can be."""
    cache.clear()
    shift = on_shift(operator)
    for person in (stranger, doctor):
        on_shift(person)
    on_shift(senior, leads=True)
    give_photograph(operator)
    person = make_person(SURNAME, "Юхим", surname_latin="KHRYSTENKO", given_name_latin="YUKHYM", phone=PHONE)
    policy = make_policy(project, person, asks=True)
    case = registered(operator, person, policy)
    draft, example = make_draft_of_rules(policy.programme, head)
    mine = page(operator).get("/staff/me/").context["sessions"][0]["row"]
    return Samples(
        case=case, person=person, policy=policy, shift=shift, session=mine,
        rulebook=policy.programme, draft=draft, example=example,
        service=case.services.first(), letter=a_letter(case, operator),
        escalation=case.escalations.first(), task=_task(operator, case),
        handover=handed_over(case, operator2, operator, _ended(operator2)), country=case.country,
        notice=_notice(operator), order=_order(operator), look=_look(operator, case),
        finding=_finding(operator, head),
        document=make_document(director, people=[operator]), decision=make_decision(head, people=[operator]),
        article=make_article(head, project),
        instruction=_instruction(senior, operator), conversation=conversing(head, operator),
        **{"break": _break(operator)}, end_change=_end_change(operator),
        absence=absent(operator), exchange=exchanging(operator, operator2, 300),
        proposal=proposed(senior, operator),
        glass=_glass(operator), consent=_consent(senior, project), consent_request=_request(operator, case),
        substitution=_substitution(senior, head),
        staff_import=_staff_import(director), insurers_list=checked_list(project, director),
        contract=_contract(operator, project), programme=_programme(project),
        signed=signed_sheet(shift), woken=_woken(case, operator, doctor),
    )  # fmt: skip


def _contract(operator: Employee, project: Any) -> Any:
    from tests.cases.contracts.tables import make_contract

    return make_contract(operator, project)


def _programme(project: Any) -> Any:
    from tests.cases.contracts.tables import make_programme

    return make_programme(project)


def _woken(case: Any, operator: Employee, doctor: Employee) -> Any:
    from cases.casework.actions import wake_doctor

    return wake_doctor(by=operator, number=case.number, doctor=doctor, text="Гірше, потрібне рішення.")


def registered(operator: Employee, person: Any, policy: Any) -> Any:
    from cases.casework.actions import register_case
    from cases.casework.rules import CaseFacts, ServiceFacts

    facts = CaseFacts(
        person=person.pk, policy=policy.pk, caller_name="Олена Ґалаган", caller_relation="self",
        caller_phone=PHONE, country="JP", city="Осака", occurred_at=clock.now() - timedelta(hours=3),
        description="Гарячка.", services=(ServiceFacts(kind="hospital", expected_cost=Decimal(100), currency="EUR"),),
    )  # fmt: skip
    return register_case(by=operator, facts=facts)


def checked_list(insurer: Any, by: Employee) -> Any:
    """A list of an insurer as it is when all of it is checked, with one fault."""
    from cases.imports.models import Batch, Fault, Piece, Step

    row: Any = Batch.objects.create(
        insurer=insurer, mode="add", status="preview", file_name="перелік.csv", digest="0" * 64,
        list_date=clock.now().date(), uploaded_by=by, uploaded_at=clock.now(), headings=list(WHOLE),
        mapping=dict(zip(WHOLE, FIELDS_OF_WHOLE, strict=True)), rows=1, rejected=1, added=1,
    )  # fmt: skip
    data = zlib.compress(
        "AU-1,Ґудзь,Олена,31.02.1991,,01.01.2026,31.12.2026,standard,world,EUR,30000\r\n".encode()
    )
    Piece.objects.create(batch=row, n=0, row=2, row_there=2, data=data)
    Fault.objects.create(
        batch=row, row=2, column="birth_date", code="birth_date", value="31.02.1991", kept=False
    )
    Step.objects.create(batch=row, stage="check", n=0, released=True, done_at=clock.now())
    return row


def _staff_import(director: Employee) -> Any:
    from staff.employees.actions import upload_import

    return upload_import(by=director, content=a_table_of_people("imported"), file_name="people.xlsx")


def _substitution(senior: Employee, head: Employee) -> Any:
    from staff.employees.actions import substitute

    now = clock.now()
    return substitute(by=None, senior=senior, substitute=head, since=now, until=now + timedelta(days=1))


def a_letter(case: Any, by: Employee) -> Any:
    """A guarantee letter beyond the sum, which somebody else must agree to."""
    from cases.assistance.models import GuaranteeLetter
    from tests.cast import make_service_kind

    return GuaranteeLetter.objects.create(
        case=case, kind=make_service_kind("visit"), provider="Міська лікарня", limit=40_000, currency_id="EUR",
        status="asked", beyond=True, asked_at=clock.now(), asked_by=by,
    )  # fmt: skip


def _task(operator: Employee, case: Any) -> Any:
    from cases.casework.actions import add_task

    return add_task(
        by=operator, number=case.number, text="Подзвонити.", due_at=clock.now() + timedelta(hours=1)
    )


def _look(operator: Employee, case: Any) -> Any:
    from cases.privacy.actions import record_look
    from cases.privacy.models import AccessLog

    record_look(by=operator, kind="case", objects=[case.uuid], part="card", ground="responsibility")
    return AccessLog.objects.latest("id")


def _finding(operator: Employee, head: Employee) -> Any:
    """Of her looks, taken up: she may explain it."""
    from cases.privacy.models import Finding

    now = clock.now()
    return Finding.objects.create(
        key="sample", pattern="night", employee=operator, looks=[], since=now, until=now, found_at=now,
        state="taken_up", taken_up_at=now, taken_up_by=head,
    )  # fmt: skip


def _order(operator: Employee) -> Any:
    """Of her own appointment, in force: she, her senior manager, the head and the director may read it."""
    from staff.employees.models import Order

    now, director = clock.now(), make_employee("signer", "director")
    return Order.objects.create(
        number="777/2026-К", kind="appointment", state="in_force", employee=operator, signed_on=now.date(),
        effective_at=now, took_effect_at=now, issued_by=director, issued_at=now,
    )  # fmt: skip


def _instruction(senior: Employee, operator: Employee) -> Any:
    """The report, with a proof, on what the senior manager has ordered."""
    from fregat.lib.files import Accepted
    from staff.tasks import actions

    due_at = clock.now() + timedelta(hours=1)
    row = actions.give(by=senior, text="Звірити рахунки.", due_at=due_at, to=operator).assignments.get()
    proof = Accepted("акт.pdf", "pdf", b"%PDF-1.7 %%EOF")
    return actions.report(by=operator, assignment_id=row.pk, text="Звірено.", proof=proof)


def conversing(by: Employee, to: Employee) -> Any:
    """What `by` has written to `to`."""
    from staff.messenger.actions import write_to

    return write_to(by=by, to=to, text="Зайдіть до мене після обіду.").conversation


def _notice(operator: Employee) -> Any:
    from fregat.lib.models import Notice

    return Notice.objects.create(employee=operator, kind="sample", at=clock.now())


def _consent(senior: Employee, project: Any) -> Any:
    from cases.privacy.actions import record_consent

    return record_consent(
        by=senior, project=project.code, recipient_kind="relative", recipient="", parts=["identity"],
        reference="Лист № 5",
    )  # fmt: skip


def _request(operator: Employee, case: Any) -> Any:
    from cases.casework.actions import ask_consent
    from cases.privacy.actions import Passing

    wife = Passing(recipient_kind="relative", recipient="Дружина", parts=("medical",), purpose="Хоче знати.")
    return ask_consent(by=operator, number=case.number, passing=wife)


def _glass(operator: Employee) -> Any:
    from cases.privacy.models import BrokenGlass

    now = clock.now()
    return BrokenGlass.objects.create(
        employee=operator, kind="case", number="26-000999", reason="life", words="Дзвінок із лікарні.",
        confirmed_by="password", opened_at=now, until=now, closed_at=now, review_due_at=now + timedelta(hours=72),
    )  # fmt: skip


def handed_over(case: Any, giver: Employee, receiver: Employee, shift: Any = None) -> Any:
    """A handover that waits for `receiver`."""
    from cases.handover.models import Handover, HandoverHop

    now = clock.now()
    due_at = now + timedelta(minutes=14)
    row = Handover.objects.create(
        case=case, shift=shift, giver=giver, receiver=receiver, moved_at=now, due_at=due_at
    )
    HandoverHop.objects.create(handover=row, to=receiver, at=now, reason="shift_end")
    return row


def signed_sheet(shift: Any) -> Any:
    """The page of a hand-over sheet that the person of this shift signed."""
    from cases.handover.models import SignedSheet
    from cases.handover.sheet import fingerprint

    text = "Аркуш передачі справ\n"
    return SignedSheet.objects.create(
        shift=shift, side="given", giver=shift.employee, signer=shift.employee, at=clock.now(), method="password",
        cases=[], text=text, content_hash=fingerprint(text), file=b"%PDF-1.7 %%EOF",
    )  # fmt: skip


def _break(operator: Employee) -> Any:
    starts_at = clock.now() + timedelta(minutes=15)
    return ask_break(by=operator, kind="short", starts_at=starts_at)


def proposed(by: Employee, of: Employee | None = None) -> Any:
    """A roster found for `by`: one shift in forty days, of somebody whose shifts they plan."""
    from shifts.proposal.models import Proposal

    now = clock.now()
    starts_at = now + timedelta(days=40)
    chosen = [[(of or by).pk, starts_at.isoformat(), (starts_at + timedelta(hours=12)).isoformat(), "day"]]
    month = clock.local(starts_at).date().replace(day=1)
    return Proposal.objects.create(
        month=month, state="ready", asked_by=by, asked_at=now, ended_at=now, people=1, chosen=chosen,
        report={"lacks": [], "unmet": [], "met": 0, "hours": [], "days": []},
    )  # fmt: skip


def absent(employee: Employee) -> Any:
    """Sick leave of some days ago whose certificate came late, so that it is explained and decided."""
    from fregat.lib import files
    from shifts.absence.models import Absence, MissingCertificate

    now = clock.now()
    day = clock.local(now).date() - timedelta(days=9)
    paper = files.keep(files.Accepted("довідка.pdf", "pdf", b"%PDF-1.7 %%EOF"), by=employee, now=now)
    row = Absence.objects.create(
        employee=employee, kind_id="sick", since=day, until=day, state="agreed", asked_by=employee, asked_at=now,
        certificate_due_at=now - timedelta(days=1), certificate=paper, brought_at=now,
    )  # fmt: skip
    MissingCertificate.objects.create(absence=row, found_at=now)
    return row


def exchanging(giver: Employee, colleague: Employee, hours: float) -> Any:
    """The giver's shift, so many hours from now, that the colleague agrees to work: the senior manager decides."""
    from shifts.exchange.models import Exchange

    now = clock.now()
    starts_at = now + timedelta(hours=hours)
    shift = make_shift(giver, starts_at, starts_at + timedelta(hours=6))
    return Exchange.objects.create(
        shift=shift, giver=giver, colleague=colleague, state="accepted", words="Весілля.", asked_at=now,
        answered_at=now, expires_at=starts_at - timedelta(minutes=30),
    )  # fmt: skip


def _end_change(operator: Employee) -> Any:
    """She asks to leave an hour earlier."""
    from shifts.attendance.actions import ask_end
    from shifts.attendance.selectors import current_shift

    mine = current_shift(operator, clock.now())
    assert mine is not None
    return ask_end(by=operator, ends_at=mine.ends_at - timedelta(hours=1), reason="До лікаря.")


def _ended(giver: Employee) -> Any:
    """A shift of eight hours that ended a minute ago."""
    now = clock.now()
    starts_at = now - timedelta(hours=9)
    return make_shift(giver, starts_at, now - timedelta(minutes=1), begun_at=starts_at)

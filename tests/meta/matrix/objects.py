"""What lies in the world: one object of each kind for each scope, by its rows alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from cases.casework.models import CaseService, Escalation, Task
from cases.handover.models import Lapse
from cases.privacy.actions import record_look
from cases.privacy.models import AccessLog, BrokenGlass, Consent, ConsentRequest, Finding
from fregat.lib import files
from fregat.lib.models import Notice
from fregat.lib.rights import Role
from shifts.attendance.models import EndChange
from shifts.breaks.models import Break
from staff.employees.models import Employee, Order
from staff.tasks.models import Assignment, Instruction, Report
from tests.builders import (
    a_table_of_people,
    make_article,
    make_case,
    make_decision,
    make_document,
    make_employee,
    make_person,
    make_policy,
    make_service_kind,
    make_shift,
)
from tests.cases.contracts.tables import make_contract
from tests.cases.insurance.drafts import make_draft_of_rules
from tests.meta.conftest import (
    a_letter,
    absent,
    checked_list,
    conversing,
    exchanging,
    handed_over,
    proposed,
    signed_sheet,
)
from tests.meta.matrix.world import AURORA, BOREY, VISITORS, World, people_and_shifts

CASE_KINDS = ("case", "task", "service", "escalation", "letter", "looked_at")
"""Kinds of which a case carries one each; who looked at it is a page about the case."""


def build() -> World:
    """The whole world, in the transaction of the caller."""
    world = people_and_shifts()
    _insured(world)
    _cases(world)
    _of_people(world)
    _exchanges(world)
    _texts(world)
    _of_projects(world)
    return world


# --- Cases ------------------------------------------------------------------------------------------
def _insured(world: World) -> None:
    for code, scope, surname in ((AURORA, "project", "Христенко"), (BOREY, "other", "Гармаш")):
        person = make_person(surname, "Юхим", phone=f"+38050999{len(world.insured)}877")
        policy = make_policy(world.projects[code], person, asks=True)
        world.insured[code] = (person, policy)
        world.samples["person", scope, ""] = {"person": person}
        world.samples["policy", scope, ""] = {"policy": policy, "person": person}
        # By somebody who is nobody's own visitor: an operator annuls what they entered themselves.
        contract = make_contract(world.people["far_on" if code == BOREY else "senior"], world.projects[code])
        world.samples["contract", scope, ""] = {"contract": contract}
        world.samples["programme", scope, ""] = {"programme": contract.policy.programme}
        draft, example = make_draft_of_rules(policy.programme, world.people["head"])
        world.samples["rulebook", scope, ""] = {
            "rulebook": policy.programme, "draft": draft, "example": example, "policy": policy,
        }  # fmt: skip


def _cases(world: World) -> None:
    far = world.people["far"]
    for scope, visitor, owner in world.scopes():
        project = AURORA if scope == "project" else BOREY
        _case_of(world, scope, visitor, owner, project)
    for visitor in VISITORS:
        _case_of(world, "routed", visitor, far, BOREY)
    _case_of(world, "undecided", "", far, "")


def _case_of(world: World, scope: str, visitor: str, owner: Employee, project: str) -> None:
    """A case with everything on it, and another one that is being handed over."""
    to = world.people[visitor] if scope == "routed" else None
    objects = _case(world, owner, project, to)
    for kind in CASE_KINDS:
        world.samples[kind, scope, visitor] = objects
    somebody, uuid = world.people["far_senior"], objects["case"].uuid
    record_look(by=somebody, kind="case", objects=[uuid], part="card", ground="project")
    other = _case(world, owner, project, to)["case"]
    giver = world.people["far" if owner.username != "far" else "near"]
    world.samples["handover", scope, visitor] = {"handover": handed_over(other, giver, owner), "case": other}
    if scope == "mine":
        third = _case(world, world.people["far"], project, None)["case"]
        row = handed_over(third, owner, world.people["far"])
        world.samples["handover", "given", visitor] = {"handover": row, "case": third}


def _case(world: World, owner: Employee, project: str, to: Employee | None) -> dict[str, Any]:
    """Begun by `far`, whoever answers for it; routed to `to` by an escalation or by a task."""
    far, far_senior = world.people["far"], world.people["far_senior"]
    person, policy = world.insured.get(project, (None, None))
    case = make_case(
        far, responsible=owner, policy=policy, person=person, country="TR", now=world.now - timedelta(hours=1),
        status="reported" if project else "draft",
    )  # fmt: skip
    case.escalations.all().delete()
    told = to if to is not None and to.role not in {Role.OPERATOR, Role.DOCTOR} else far_senior
    later = world.now + timedelta(hours=1)
    escalation = Escalation.objects.create(
        case=case, reason="complaint", text="Скаржиться.", raised_at=world.now, due_at=later, addressee=told
    )
    task = Task.objects.create(
        case=case, text="Подзвонити.", at=world.now, by=far, due_at=later,
        assignee=to if told is far_senior else None,
    )  # fmt: skip
    service = CaseService.objects.create(
        case=case, kind=make_service_kind("visit"), added_at=world.now, added_by=far
    )
    return {
        "case": case, "task": task, "service": service, "escalation": escalation, "who": owner.username,
        "letter": a_letter(case, far),
    }  # fmt: skip


# --- Of people -----------------------------------------------------------------------------------------
def _of_people(world: World) -> None:
    for index, (scope, visitor, owner) in enumerate(world.scopes()):
        rows = {
            "record": {"who": owner.username, "record": owner},
            "account": {"who": owner.username},
            "order": {"order": _order(world, owner, index)},
            "instruction": _instruction(world, owner),
            "conversation": {"conversation": conversing(world.people["signer"], owner)},
            "broken_glass": {"glass": _glass(world, owner)},
            "look": {"look": _look(world, owner)},
            "finding": {"finding": _finding(world, owner, index)},
            "break": {"break": _break(world, owner)},
            "signed_sheet": {"signed": signed_sheet(world.shifts[owner.username])},
            "end_change": {"end_change": _end_change(world, owner)},
            "proposal": {"proposal": proposed(owner)},
            "absence": {"absence": absent(owner), "shift": world.shifts[owner.username]},
        }
        rows["instruction_report"] = rows["instruction"]
        for kind, values in rows.items():
            world.samples[kind, scope, visitor] = values


def _exchanges(world: World) -> None:
    """Both people of one team, for both are decided about; one beside the shift that is led; one answered by each."""

    def hire(senior: Employee | None) -> Employee:
        name = f"taker-{Employee.objects.count()}"
        return make_employee(name, senior=senior, last_name=name, projects=world.projects.values())

    for scope, visitor, owner in world.scopes():
        senior = {"team": "senior", "acting": "absent"}.get(scope, "far_senior")
        colleague = hire(world.people[senior])
        giver = hire(world.people[senior]) if scope == "shift" else owner
        row = exchanging(giver, colleague, 1 if scope == "shift" else 300)
        world.samples["exchange", scope, visitor] = {"exchange": row}
        if scope == "mine":
            row = exchanging(hire(world.people["far_senior"]), owner, 400)
            world.samples["exchange", "given", visitor] = {"exchange": row}


def _order(world: World, owner: Employee, index: int) -> Order:
    """Of their appointment, in force."""
    row: Order = Order.objects.create(
        number=f"{700 + index}/2026-К", kind="appointment", state="in_force", employee=owner,
        signed_on=world.now.date(), effective_at=world.now, took_effect_at=world.now,
        issued_by=world.people["signer"], issued_at=world.now,
    )  # fmt: skip
    return row


def _instruction(world: World, owner: Employee) -> dict[str, Any]:
    """Given by `far_senior`, reported by the owner with a proof."""
    giver, later = world.people["far_senior"], world.now + timedelta(hours=2)
    given = Instruction.objects.create(text="Звірити.", given_by=giver, given_at=world.now, due_at=later)
    row = Assignment.objects.create(
        instruction=given, given_to=owner, assignee=owner, state="reported", due_at=later
    )
    proof = files.keep(files.Accepted("акт.pdf", "pdf", b"%PDF-1.7 %%EOF"), by=owner, now=world.now)
    report = Report.objects.create(assignment=row, by=owner, at=world.now, text="Звірено.", proof=proof)
    return {"instruction": report}


def _glass(world: World, owner: Employee) -> BrokenGlass:
    row: BrokenGlass = BrokenGlass.objects.create(
        employee=owner, kind="case", number="26-000999", reason="life", words="Дзвінок із лікарні.",
        confirmed_by="password", opened_at=world.now, until=world.now + timedelta(minutes=30),
        review_due_at=world.now + timedelta(hours=72),
    )  # fmt: skip
    return row


def _break(world: World, owner: Employee, hours: float = 2) -> Break:
    """Asked for, so many hours after the beginning of their shift."""
    shift = world.shifts[owner.username]
    starts = shift.starts_at + timedelta(hours=hours)
    row: Break = Break.objects.create(
        shift=shift, kind="short", asked_for=starts, starts_at=starts, ends_at=starts + timedelta(minutes=15),
        state="asked", asked_at=world.now,
    )  # fmt: skip
    return row


def _end_change(world: World, owner: Employee, shift: Any = None) -> EndChange:
    """They ask to leave an hour earlier."""
    shift = shift or world.shifts[owner.username]
    row: EndChange = EndChange.objects.create(
        shift=shift, planned_end=shift.ends_at, ends_at=shift.ends_at - timedelta(hours=1), reason="До лікаря.",
        asked_by=owner, asked_at=world.now, state="asked",
    )  # fmt: skip
    return row


def _look(world: World, owner: Employee) -> AccessLog:
    case = world.samples["case", "other", ""]["case"]
    record_look(by=owner, kind="case", objects=[case.uuid], part="card", ground="responsibility")
    row: AccessLog = AccessLog.objects.latest("id")
    return row


def _finding(world: World, owner: Employee, index: int) -> Finding:
    """Taken up, so that its subject may explain it; nobody examines their own."""
    examiner = world.people["head" if owner.username != "head" else "officer"]
    row: Finding = Finding.objects.create(
        key=f"sample-{index}", pattern="night", employee=owner, looks=[], since=world.now, until=world.now,
        found_at=world.now, state="taken_up", taken_up_at=world.now, taken_up_by=examiner,
    )  # fmt: skip
    return row


# --- Texts and tables -----------------------------------------------------------------------------------
def _texts(world: World) -> None:
    from staff.employees.actions import upload_import

    director, head = world.people["signer"], world.people["head"]
    for scope, visitor, owner in world.scopes():
        if scope in {"acting", "shift", "project"}:
            continue  # texts concern people by name or role: no other scope leads to them
        version = make_document(director, title=f"Інструкція {scope} {visitor}", people=[owner])
        world.samples["document", scope, visitor] = {"document": version}
        decision = make_decision(head, title=f"Рішення {scope} {visitor}", people=[owner])
        world.samples["decision", scope, visitor] = {"decision": decision}
    table = upload_import(by=director, content=a_table_of_people("imported"), file_name="people.xlsx")
    world.samples["staff_import", "other", ""] = {"staff_import": table}


def _of_projects(world: World) -> None:
    for code, scope in ((AURORA, "project"), (BOREY, "other")):
        consent, request = _consents(world, code)
        world.samples["consent", scope, ""] = {"consent": consent}
        world.samples["consent_request", scope, ""] = {"consent_request": request}
        batch = checked_list(world.projects[code], world.people["signer"])
        world.samples["insurers_list", scope, ""] = {"insurers_list": batch}
        article = make_article(world.people["head"], world.projects[code], title=f"Стаття {scope}")
        world.samples["article", scope, ""] = {"article": article}


def _consents(world: World, code: str) -> tuple[Consent, ConsentRequest]:
    """What an insurer consented to, and what it is asked for."""
    given = {"recipient_kind": "relative", "recipient": "Дружина", "parts": ["identity"], "project": code}
    by, now = world.people["head"], world.now
    consent = Consent.objects.create(
        **given, reference="Лист № 5", since=now, recorded_by=by, recorded_at=now
    )
    request = ConsentRequest.objects.create(
        **given, case_uuid=uuid4(), case_number="26-000998", purpose="Хоче знати.",
        asked_by=world.people["near"], asked_at=now,
    )  # fmt: skip
    return consent, request


def everybodys(world: World, visitor: str) -> dict[str, Any]:
    """What the arguments that name nothing with a scope are filled with, and what bodies read."""
    person, policy = world.insured[AURORA]
    notice = Notice.objects.create(employee=world.people[visitor], kind="sample", at=world.now)
    # Passed on already: to be woken leads to no case by itself; and long enough ago to be woken once more, for the
    # head is who is told when nobody else is left.
    case, told = world.samples["case", "project", ""]["case"], world.people["far_senior"]
    woken = Escalation.objects.create(
        case=case, reason="woken", text="Гірше.", raised_at=world.now - timedelta(minutes=11),
        raised_by=world.people["far"], due_at=world.now + timedelta(minutes=15), addressee=told,
        doctor=world.people[visitor],
    )  # fmt: skip
    return {
        "person": person, "policy": policy, "notice": notice, "woken": woken,
        **world.samples["case", "project", ""],
    }  # fmt: skip


def insured_out_of_reach(world: World) -> None:
    """An insured person with a policy and a case, and one more policy and case of a person who is there already."""
    far, borey = world.people["far"], world.projects[BOREY]
    # Whom they see on their own project has a policy and a case on another one.
    seen, hidden = world.insured[AURORA][0], make_person("Гармаш", "Олег", phone="+380509991877")
    for person, number in ((hidden, "99-123456"), (seen, "99-123457")):
        policy = make_policy(borey, person, number=f"VZR-HIDDEN-{number}")
        case = make_case(
            far, policy=policy, person=person, number=number, caller_phone=seen.phone, country="JP"
        )
        handed_over(case, world.people["near"], far)
        Lapse.objects.create(case=case, responsible=far, began_at=world.now, found_at=world.now)
        Task.objects.create(
            case=case, text="Подзвонити.", at=world.now, by=far, due_at=world.now + timedelta(minutes=5)
        )


def out_of_reach(world: World) -> None:
    """One more thing of each kind for which nobody stands who does not see the whole centre."""
    insured_out_of_reach(world)
    far = world.people["far"]
    _order(world, far, 200)
    _instruction(world, far)
    conversing(far, world.people["far_on"])
    _glass(world, far)
    _break(world, far, 4)
    _look(world, far)
    _finding(world, far, 200)
    starts = world.now + timedelta(hours=100)
    _end_change(world, far, make_shift(far, starts, starts + timedelta(hours=9)))
    exchanging(far, world.people["far_on"], 500)
    make_document(world.people["signer"], title="Прихована інструкція", people=[far])
    make_decision(world.people["head"], title="Приховане рішення", people=[far])
    make_article(world.people["head"], world.projects[BOREY], title="Прихована стаття")
    _consents(world, BOREY)
    checked_list(world.projects[BOREY], world.people["signer"])

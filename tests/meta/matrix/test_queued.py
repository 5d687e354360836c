"""Work that waits asks for the right when it runs: whoever has lost it meanwhile is told nothing and gets nothing.

Each kind of queued work has a story, told twice: as it was queued it reaches the person; when the right was taken
away before its time, it does not. A kind without a story fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.casework import actions as casework
from cases.casework.models import Case, Escalation
from cases.handover.actions.plan import follow_shift
from cases.handover.models import EndOfShiftCheck, HandoverHop
from cases.imports.actions import receive
from cases.privacy import actions as privacy
from cases.privacy.models import BrokenGlass, Verification
from fregat.lib import clock, jobs
from fregat.lib.models import Job, Notice
from fregat.lib.rights import Role
from shifts.absence.models import Absence, MissingCertificate
from shifts.breaks.models import Break
from shifts.proposal.actions import ask as propose
from shifts.proposal.models import Proposal
from shifts.roster.actions import cancel_shift
from shifts.roster.models import Shift
from shifts.roster.rules import next_month
from staff.employees import actions as staff
from staff.employees.models import Employee
from staff.tasks import actions as tasks
from tests.builders import give_order, make_case, make_employee
from tests.cases.imports.kit import as_csv, ready, row
from tests.meta.conftest import absent, exchanging, handed_over

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = timedelta(hours=1)


@dataclass
class People:
    """Everybody on shift; `leader` leads, `head2` is the head's deputy."""

    operator: Employee
    operator2: Employee
    senior: Employee
    senior2: Employee
    leader: Employee
    head: Employee
    director: Employee
    officer: Employee
    client: Employee
    project: Any

    def shift(self, who: Employee) -> Shift:
        row: Shift = Shift.objects.get(employee=who, cancelled_at=None)
        return row

    def plan(self, who: Employee) -> EndOfShiftCheck:
        """The check of a shift as the roster's own action plans it."""
        follow_shift(self.shift(who), by=None, now=clock.now())
        row: EndOfShiftCheck = EndOfShiftCheck.objects.get(shift__employee=who)
        return row


@pytest.fixture
def people(
    operator: Employee, operator2: Employee, senior: Employee, senior2: Employee, head: Employee,
    director: Employee, officer: Employee, client: Employee, project: Any, on_shift: Callable[..., Any],
) -> People:  # fmt: skip
    leader = make_employee("leader", Role.SENIOR, last_name="Провідна")
    for person in (operator, operator2):
        on_shift(person)
    on_shift(leader, leads=True)
    return People(operator, operator2, senior, senior2, leader, head, director, officer, client, project)


# --- What is queued, and when it is due -----------------------------------------------------------------
def _check_start(people: People) -> datetime:
    return people.plan(people.operator).due_at


def _shift_end(people: People) -> datetime:
    """Of the operator's shift, which ends before that of the other operator of the project."""
    make_case(people.operator, insurer=people.project)
    shift = people.shift(people.operator)
    Shift.objects.filter(pk=shift.pk).update(ends_at=shift.ends_at - timedelta(minutes=30))
    return people.plan(people.operator).ends_at


def _acceptance(people: People) -> datetime:
    case = make_case(people.operator2, insurer=people.project)
    row = handed_over(case, people.operator, people.operator2)
    jobs.schedule("acceptance", row.pk, row.due_at)
    due: datetime = row.due_at
    return due


def _escalation(people: People) -> datetime:
    case = make_case(people.operator, insurer=people.project)
    row = casework.raise_escalation(
        by=people.operator, number=case.number, reason="complaint", text="Скаржиться."
    )
    due: datetime = row.due_at
    return due


def _order(people: People) -> datetime:
    moment = clock.now() + LATER
    staff.issue_order(
        by=people.director, kind="senior_change", employee=people.operator, values={"senior": "senior2"},
        effective_at=moment,
    )  # fmt: skip
    return moment


def _substitution(people: People) -> datetime:
    moment = clock.now() + LATER
    staff.substitute(
        by=people.head, senior=people.senior, substitute=people.senior2, since=moment, until=moment + LATER
    )
    return moment


def _instruction(people: People) -> datetime:
    due = clock.now() + LATER
    tasks.give(by=people.senior, text="Звірити.", due_at=due, to=people.operator)
    return due


def _verification(people: People) -> datetime:
    row = privacy.ask_verification(by=people.officer)
    Verification.objects.filter(pk=row.pk).update(faults=[["seals_missing", {"first": 1, "last": 2}]])
    return clock.now()


def _glass(people: People) -> datetime:
    now = clock.now()
    row = BrokenGlass.objects.create(
        employee=people.operator, kind="case", number="26-000999", reason="life", words="Дзвінок із лікарні.",
        confirmed_by="password", opened_at=now, until=now + LATER, review_due_at=now + LATER,
    )  # fmt: skip
    jobs.schedule("glass_review", row.pk, row.review_due_at)
    return now + LATER


def _break(people: People) -> datetime:
    """A break from which nobody comes back: the job ends it with the shift and tells the senior manager."""
    shift = people.shift(people.operator)
    row = Break.objects.create(
        shift=shift, kind="short", asked_for=shift.starts_at, starts_at=shift.starts_at,
        ends_at=shift.starts_at + timedelta(minutes=15), state="running", asked_at=shift.starts_at,
        begun_at=shift.starts_at,
    )  # fmt: skip
    jobs.schedule("break_close", row.pk, shift.ends_at)
    ends_at: datetime = shift.ends_at
    return ends_at


def _certificate(people: People) -> datetime:
    """Sick leave without a certificate: a breach, of which the senior manager is told."""
    row = absent(people.operator)
    MissingCertificate.objects.filter(absence=row).delete()
    due = clock.now() + LATER
    Absence.objects.filter(pk=row.pk).update(certificate=None, brought_at=None, certificate_due_at=due)
    jobs.schedule("certificate_due", row.pk, due)
    return due


def _exchange(people: People) -> datetime:
    """Nobody decides until the shift is about to begin: both are told."""
    row = exchanging(people.operator, people.operator2, 24)
    jobs.schedule("exchange_expires", row.pk, row.expires_at)
    due: datetime = row.expires_at
    return due


def _proposal(people: People) -> datetime:
    row = propose(by=people.senior, month=next_month(clock.local(clock.now()).date()))
    Proposal.objects.filter(pk=row.pk).update(seconds=1)
    return clock.now()


def _list(people: People) -> datetime:
    """A list that is being read: who brought it in is told when it is checked."""
    ready(people.project)
    receive(
        by=people.client, insurer=people.project, mode="add",
        upload=SimpleUploadedFile("list.csv", as_csv([row("AU-1")])),
    )  # fmt: skip
    return clock.now()


# --- What is taken away ---------------------------------------------------------------------------------
def _dismissed(who: str) -> Callable[[People], None]:
    def take(people: People) -> None:
        person = getattr(people, who)
        others = {"senior": people.senior2, "senior2": people.senior}
        values = {"successor": others[who]} if who in others else {}
        give_order("dismissal", person, **values)

    return take


def _not_a_head(people: People) -> None:
    make_employee("head2", Role.HEAD, last_name="Заступник")
    give_order("transfer", people.head, role=Role.DEPARTMENT, department="other")


def _not_an_officer(people: People) -> None:
    give_order("transfer", people.officer, role=Role.DEPARTMENT, department="other")


def _leads_no_more(people: People) -> None:
    cancel_shift(by=None, shift_id=people.shift(people.leader).pk, reason="Обмін.")


def _off_the_project(people: People) -> None:
    staff.unassign_project(by=None, employee=people.operator2, project="aurora")


def _not_her_project(people: People) -> None:
    staff.unassign_project(by=None, employee=people.client, project="aurora")


STORIES: dict[str, tuple[Callable[[People], datetime], str, Callable[[People], None]]] = {
    "check_start": (_check_start, "operator", _dismissed("operator")),
    "shift_end": (_shift_end, "operator2", _off_the_project),
    "acceptance": (_acceptance, "leader", _leads_no_more),
    "escalation_overdue": (_escalation, "head", _not_a_head),
    "order_effect": (_order, "senior", _dismissed("senior")),
    "substitution_turn": (_substitution, "senior2", _dismissed("senior2")),
    "instruction_due": (_instruction, "senior", _dismissed("senior")),
    "access_log_verify": (_verification, "officer", _not_an_officer),
    "certificate_due": (_certificate, "senior", _dismissed("senior")),
    "exchange_expires": (_exchange, "operator2", _dismissed("operator2")),
    "break_close": (_break, "senior", _dismissed("senior")),
    "proposal": (_proposal, "senior", _dismissed("senior")),
    "import_step": (_list, "client", _not_her_project),
    "glass_review": (_glass, "head", _not_a_head),
}
"""Kind of job → what queues it, whom it reaches, what that person loses before it is due."""


def _reached(person: Employee) -> int:
    """How much has reached a person: notices, cases, steps of handovers, escalations, checks begun."""
    found = (
        Notice.objects.filter(employee=person),
        Case.objects.filter(responsible=person),
        HandoverHop.objects.filter(to=person),
        Escalation.objects.filter(addressee=person),
        EndOfShiftCheck.objects.filter(shift__employee=person).exclude(started_at=None),
    )
    return sum(rows.count() for rows in found)


@pytest.mark.parametrize("taken", [False, True], ids=["kept", "taken"])
@pytest.mark.parametrize("kind", STORIES)
def test_queued_work_asks_for_the_right_when_it_runs(people: People, kind: str, taken: bool) -> None:
    queue, who, take = STORIES[kind]
    due = queue(people)
    assert Job.objects.filter(kind=kind, done_at=None).exists()
    if taken:
        take(people)
    person = Employee.objects.get(pk=getattr(people, who).pk)
    before = _reached(person)
    with time_machine.travel(due + timedelta(seconds=1)):
        jobs.sweep()
    assert not Job.objects.filter(kind=kind, due_at__lte=due, done_at=None).exists()
    assert (_reached(person) > before) is not taken


def test_every_kind_of_queued_work_has_a_story() -> None:
    assert set(jobs.kinds()) == set(STORIES)

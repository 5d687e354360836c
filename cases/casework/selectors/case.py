"""One case: the gate to it, its ways on, its three histories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet
from django.db.models.expressions import BaseExpression

from cases.casework import permissions, registry, rules
from cases.casework.labels import NEED_SENTENCES
from cases.casework.models import Case, CaseEvent, CaseService, Responsibility, Task
from cases.casework.querysets import Seat, seat_of
from cases.casework.rules import NUMBER, Change, StateFacts
from cases.casework.statuses import TRANSITIONS, Status, Transition
from fregat.lib import clock
from fregat.lib.errors import NotAllowed, NotFound, Sentence
from fregat.lib.expressions import rows_in
from fregat.lib.frozen import frozen
from fregat.lib.models import FormDraft
from staff.employees.models import Employee


def get_case(
    user: Employee, number: str, *, action: str = "case.view", now: datetime, **beside: BaseExpression
) -> Case:
    """The one gate to a case: what the user may not see does not exist.

    `action` is a row of `rights.py`. Raises NotFound outside the scope, NotAllowed inside it without the right.
    One statement for the case (its person, policy, insurer, country, responsible and the `ground` on which it is
    seen with it) and the scope's; `beside`: what else is read with the row (`CHAIN`).
    """
    if not NUMBER.fullmatch(number):
        raise NotFound()
    rows = Case.objects.seen_by(user, now).for_reading().filter(number=number)
    case = rows.annotate(**beside).first()
    if case is None:
        raise NotFound()
    permissions.check(user, case, action, now)
    return case


def get_whole(user: Employee, number: str, drafts: Sequence[str], *, now: datetime) -> Case:
    """The same gate for the page of a case: beside its row the chain of who answered (`chain_of`) and what the user
    typed into the forms called `drafts` (`drafts`: rows with `form` and `data`). One statement and the scope's."""
    seat = seat_of(user, now)
    if seat is None or not NUMBER.fullmatch(number):
        return get_case(user, number, now=now, **_beside(user.pk, drafts))  # type: ignore[arg-type]
    found = _whole(user.pk, number, now, *drafts, seat=seat)
    if not found:
        raise NotFound()
    permissions.check(user, found[0], "case.view", now)
    return found[0]


@frozen
def _whole(user: int, number: str, now: datetime, *drafts: str, seat: Seat) -> QuerySet[Case]:
    rows = Case.objects.seen_from(seat, user, now).for_reading().filter(number=number)
    return rows.annotate(**_beside(user, drafts))


def _beside(user: int, drafts: Sequence[str]) -> dict[str, BaseExpression]:
    mine = FormDraft.objects.filter(employee=user, form__in=list(drafts))
    return {"chain": CHAIN, "drafts": rows_in(mine, "form", "data")}


def get_task(user: Employee, number: str, task_id: int, *, action: str = "case.view", now: datetime) -> Task:
    """The gate to a task: of this case, which the user sees. Raises NotFound, then NotAllowed."""
    task: Task = _row(get_case(user, number, now=now).tasks.select_related("assignee"), task_id)
    permissions.check(user, task.case, action, now)
    return task


def get_service(
    user: Employee, number: str, service_id: int, *, action: str = "case.view", now: datetime
) -> CaseService:
    """The gate to a kind of help: of this case, which the user sees. Raises NotFound, then NotAllowed."""
    service: CaseService = _row(get_case(user, number, now=now).services.select_related("kind"), service_id)
    permissions.check(user, service.case, action, now)
    return service


def _row(rows: QuerySet[Any], pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row


def responsibility_chain(case: Case) -> QuerySet[Responsibility]:
    """Who answered from when to when and why, the oldest first; one statement."""
    return case.responsibilities.select_related("employee", "by").order_by("since", "id")


CHAIN = rows_in(
    Responsibility.objects.filter(case=OuterRef("pk")).order_by("since", "id"),
    "id", "since", "until", "reason", "text", "employee", "employee__last_name", "employee__first_name",
)  # fmt: skip
"""The same beside the case's own row: `chain` of `get_case`."""


def chain_of(case: Case) -> list[Responsibility]:
    """The chain of a case, as it was read beside it or in a statement of its own."""
    if "chain" not in vars(case):
        return list(responsibility_chain(case))
    moment = Responsibility._meta.get_field("since").to_python
    return [
        Responsibility(
            id=row["id"], case=case, since=moment(row["since"]), until=moment(row["until"]), reason=row["reason"],
            text=row["text"],
            employee=Employee(
                pk=row["employee"], last_name=row["employee__last_name"], first_name=row["employee__first_name"]
            ),
        )
        for row in vars(case)["chain"]
    ]  # fmt: skip


# --- Ways on ----------------------------------------------------------------------------------
class Move(NamedTuple):
    """One way on from the present status: where to, why not (empty: it is open), is a reason asked."""

    to: Status
    sentence: Sentence
    needs_reason: bool


def state_facts(case: Case) -> StateFacts:
    """What the transitions look at; two statements."""
    services = case.services.exclude(state="cancelled").count()
    return _facts(case, services, case.tasks.filter(done_at=None).count())


def facts_of(case: Case, services: Iterable[CaseService], tasks: Iterable[Task]) -> StateFacts:
    """The same from what has been read already."""
    return _facts(
        case, sum(row.state != "cancelled" for row in services), sum(row.done_at is None for row in tasks)
    )


def _facts(case: Case, services: int, open_tasks: int) -> StateFacts:
    return StateFacts(
        has_caller=bool(case.caller_name or case.caller_phone or case.caller_relation == "self"),
        has_who=bool(case.person_id or case.person_name),
        has_description=bool(case.description),
        services=services,
        has_policy=case.policy_id is not None,
        open_tasks=open_tasks,
    )


def missing_for(case: Case, row: Transition, facts: StateFacts | None = None) -> list[Sentence]:
    """Sentences of what this transition needs and the case has not, those of the rooms above among them."""
    codes = rules.missing(row.needs, facts or state_facts(case))
    return [NEED_SENTENCES[code] for code in codes] + registry.missing_for(case, row.to)


def allowed_moves(
    user: Employee, case: Case, now: datetime | None = None, facts: StateFacts | None = None
) -> list[Move]:
    """Every way on in the table; a closed one carries the sentence that its disabled button shows."""
    now = now or clock.now()
    facts = facts or state_facts(case)
    found = []
    for row in TRANSITIONS[Status(case.status)]:
        sentence: Sentence = ""
        try:
            permissions.check_move(user, case, row.to, now)
        except NotAllowed as refused:
            sentence = refused.sentence
        if not sentence:
            sentence = " ".join(str(text) for text in missing_for(case, row, facts))
        found.append(Move(row.to, sentence, permissions.reason_needed(user, case, row.to)))
    return found


# --- History of changes ---------------------------------------------------------------------------
class Revision(NamedTuple):
    """Who changed what and when, from the rows that the database's triggers wrote."""

    at: datetime
    by: Employee | None
    changes: list[Change]


_QUIET = frozenset(
    {
        "id",
        "uuid",
        "token",
        "version",
        "cover",
        "status_at",
        "registered_at",
        "number",
        "opened_at",
        "opened_by_id",
    }
)


def history(case: Case) -> list[Revision]:
    """Changes of the case's row, the latest first: old and new value of each field; two statements."""
    events = list(CaseEvent.objects.filter(pgh_obj_id=case.pk).order_by("pgh_id"))
    names = [field.attname for field in Case._meta.concrete_fields if field.attname not in _QUIET]
    people = Employee.objects.in_bulk({_author(event) for event in events} - {None})
    found = []
    for old, new in pairwise(events):
        changes = [
            Change(name=name.removesuffix("_id"), old=getattr(old, name), new=getattr(new, name))
            for name in names
            if getattr(old, name) != getattr(new, name)
        ]
        if changes:
            found.append(Revision(new.pgh_created_at, people.get(_author(new)), changes))
    return found[::-1]


def _author(event: object) -> int | None:
    context = getattr(event, "pgh_context", None) or {}
    value = context.get("user") if isinstance(context, dict) else None
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit()) else None

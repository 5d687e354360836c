"""Sixty invented cases in all statuses, two of them with an escalation that waits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from cases.casework import actions
from cases.casework.models import Case, Escalation
from cases.casework.rules import CaseFacts
from cases.casework.statuses import Status
from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from fregat.demo.insurance import KNOWN_POLICY, OTHER_PROJECT, PROJECTS
from fregat.demo.stories import CALM, TOLD, Story
from shifts.attendance import selectors as attendance
from staff.employees import selectors as staff
from staff.employees.models import Employee

_WAY = {
    Status.ASSISTED: (Status.ASSISTED,),
    Status.DOCUMENTS: (Status.ASSISTED, Status.DOCUMENTS),
    Status.SUBMITTED: (Status.ASSISTED, Status.DOCUMENTS, Status.SUBMITTED),
    Status.CLOSED: (Status.ASSISTED, Status.DOCUMENTS, Status.SUBMITTED, Status.CLOSED),
}
_PAST = ((Status.ASSISTED, 12), (Status.DOCUMENTS, 8), (Status.SUBMITTED, 6), (Status.CLOSED, 6))
"""How many cases of the past days stand where now."""
_ENDED = (
    (Status.DECLINED, "Подія сталася до початку дії поліса."),
    (Status.CANCELLED, "Дзвінок повторний, справу вже відкрито."),
)
_OPEN = (("operator", 6), ("operator2", 5), ("stranger", 4), ("doctor", 2))
"""Who answers for how many calm cases that are open now."""
_DRAFTS = ("operator", "operator2", "stranger")
_OPERATORS = ("operator", "operator2", "stranger")


@dataclass(frozen=True)
class Client:
    """An insured person with the policy by which they are helped."""

    person: InsuredPerson
    policy: Policy


def are_there() -> bool:
    """Were the cases written before?"""
    return Case.objects.exists()


def write(people: dict[str, Employee], past: list[datetime], now: datetime) -> None:
    """Register the cases in the order of time, each by somebody on shift then."""
    dice = random.Random(60)
    clients = {"vitrylo": _clients(PROJECTS, dice), "chornobryvtsi": _clients(OTHER_PROJECT, dice)}
    book = _Book(people, clients, dice)
    for index, status in enumerate(status for status, count in _PAST for _ in range(count)):
        book.past(status, past[index % len(past)], index)
    for index in range(6):
        book.ended(*_ENDED[index % 2], past[index % len(past)], index)
    for username, count in _OPEN:
        for index in range(count):
            book.open(username, now - timedelta(minutes=170 - 23 * index), index)
    for index, username in enumerate(_DRAFTS):
        book.draft(username, now - timedelta(minutes=9 + 7 * index))
    for username, story, minutes in (("operator", TOLD[0], 4), ("operator2", TOLD[1], 2)):
        book.told(username, story, now - timedelta(minutes=minutes))


def bring_back(people: dict[str, Employee], now: datetime) -> None:
    """After the program was off: open cases that the head, or nobody on duty, holds return to operators."""
    projects = {name: staff.project_codes(people[name]) for name in _OPERATORS}
    on_duty = set(attendance.on_duty(now).values_list("pk", flat=True))
    rows = Case.objects.open().exclude(responsible__in=on_duty).select_related("insurer").order_by("id")
    for index, case in enumerate(rows):
        able = [name for name in _OPERATORS if case.insurer and case.insurer.code in projects[name]]
        receiver = people[able[index % len(able)]] if able else people["senior"]
        if case.responsible_id != receiver.pk and (able or case.insurer is None):
            actions.assign_case(by=None, number=case.number, to=receiver, reason="Початок зміни.", now=now)


class _Book:
    """Writes one case after another, each about another person."""

    def __init__(
        self, people: dict[str, Employee], clients: dict[str, Iterator[Client]], dice: random.Random
    ) -> None:
        self.people, self.clients, self.dice = people, clients, dice
        self.stories = _endless(CALM)
        self.count = 0

    def register(self, by: Employee, story: Story, at: datetime, *, draft: bool = False) -> Case:
        client = next(self.clients["chornobryvtsi" if by.username == "stranger" else "vitrylo"])
        self.count += 1
        case = actions.register_case(by=by, facts=_facts(story, client, at, self.count), draft=draft, now=at)
        for kind, text in story.talk:
            if kind == "note":
                actions.add_note(by=by, number=case.number, text=text, now=at + timedelta(minutes=1))
            else:
                actions.add_contact(
                    by=by, number=case.number, channel="phone", direction=kind, party=story.provider, text=text,
                    now=at + timedelta(minutes=1),
                )  # fmt: skip
        return case

    def promise_kept(self, case: Case, by: Employee, story: Story, at: datetime, minutes: int) -> None:
        """Promised within an hour, done after so many minutes."""
        due_at = at + timedelta(hours=1)
        task = actions.add_task(by=by, number=case.number, text=story.promise, due_at=due_at, now=at)
        done_at = at + timedelta(minutes=minutes)
        actions.complete_task(by=by, number=case.number, task_id=task.pk, outcome="Зроблено.", now=done_at)

    def acknowledge(self, case: Case, at: datetime, *, minutes: int = 3) -> None:
        for row in Escalation.objects.open().filter(case=case).select_related("addressee"):
            actions.acknowledge_escalation(
                by=row.addressee, escalation_id=row.pk, now=at + timedelta(minutes=minutes)
            )

    def past(self, status: Status, day: datetime, index: int) -> None:
        by = self.people[_OPERATORS[index % 3]]
        at = day + timedelta(minutes=25 + 37 * (index % 9))
        story = next(self.stories)
        case = self.register(by, story, at)
        if index % 4 == 0:
            actions.raise_escalation(
                by=by,
                number=case.number,
                reason="complaint",
                text="Нарікає, що довго чекає на лікаря.",
                now=at,
            )
        self.acknowledge(case, at, minutes=14 if index % 16 == 0 else 3)
        self.promise_kept(case, by, story, at, minutes=70 if index % 11 == 0 else 40)
        for hours, to in enumerate(_WAY[status], start=1):
            actions.move_case(by=by, number=case.number, to=to, now=at + timedelta(hours=hours))

    def ended(self, status: Status, reason: str, day: datetime, index: int) -> None:
        at = day + timedelta(minutes=40 + 31 * index)
        case = self.register(self.people[_OPERATORS[index % 2]], next(self.stories), at)
        self.acknowledge(case, at)
        later = at + timedelta(hours=1)
        actions.move_case(by=self.people["senior"], number=case.number, to=status, reason=reason, now=later)

    def open(self, username: str, at: datetime, index: int) -> None:
        by, story = self.people[username], next(self.stories)
        case = self.register(by, story, at)
        self.acknowledge(case, at)
        due_at = at + timedelta(minutes=190 + 25 * index)
        actions.add_task(by=by, number=case.number, text=story.promise, due_at=due_at, now=at)

    def draft(self, username: str, at: datetime) -> None:
        self.acknowledge(self.register(self.people[username], next(self.stories), at, draft=True), at)

    def told(self, username: str, story: Story, at: datetime) -> None:
        """The escalations of this case wait: all but one reason is acknowledged."""
        case = self.register(self.people[username], story, at)
        for row in list(
            Escalation.objects.open().filter(case=case).select_related("addressee").order_by("id")
        )[1:]:
            actions.acknowledge_escalation(
                by=row.addressee, escalation_id=row.pk, now=at + timedelta(minutes=1)
            )


def _facts(story: Story, client: Client, at: datetime, count: int) -> CaseFacts:
    person = client.person
    return CaseFacts(
        token=uuid5(NAMESPACE_URL, f"demo-case-{count}"),
        person=person.pk,
        policy=client.policy.pk,
        caller_name=person.full_name if story.relation == "self" else story.caller,
        caller_relation=story.relation,
        caller_phone=person.phone,
        country=story.country,
        city=story.city,
        address=story.address,
        occurred_at=at - timedelta(hours=story.hours_ago),
        description=story.description,
        services=story.services,
        displeased=story.displeased,
    )


def _endless(stories: tuple[Story, ...]) -> Iterator[Story]:
    while True:
        yield from stories


def _clients(codes: tuple[str, ...], dice: random.Random) -> Iterator[Client]:
    """Persons with a policy for travel, in chance order; the rehearsed calls' persons have no case yet."""
    rows = (
        PolicyPerson.objects.filter(policy__insurer__code__in=codes)
        .exclude(policy__territory__code="ukraine")
        .exclude(person__in=InsuredPerson.objects.filter(policies__number=KNOWN_POLICY))
        .exclude(person__surname="Вишневецька")
        .select_related("policy", "person")
        .order_by("id")
    )
    chosen = [Client(row.person, row.policy) for row in rows[:400]]
    dice.shuffle(chosen)
    # In force the whole time, so that most verdicts are what they would be in life.
    return iter(sorted(chosen, key=lambda one: one.policy.ended_on is not None))

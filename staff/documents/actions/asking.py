"""Telling people what waits for them: at once, then at most once a day until it is done (A4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from fregat.lib import clock, db, live, notices
from staff.documents import rules
from staff.documents.actions.rows import lock_decision, lock_document
from staff.documents.models import Decision, DocumentVersion, Reminder
from staff.documents.querysets import concerned_by
from staff.employees.models import Employee

DOCUMENT, DECISION = "document", "decision"
"""What a reminder is about; with `_again` the words of the notice that repeats it."""


def ask_to_sign(version: DocumentVersion, now: datetime, *, again: bool = False) -> int:
    """Tell whoever the version concerns and has not signed it; `again`: unless today they were told of it already.

    The document is locked. Returns how many were told.
    """
    people = concerned_by(version).exclude(signatures__version=version)
    url = page_of(version)
    values = {"title": version.title, "number": version.number}
    return _tell(DOCUMENT, version.document_id, people, url, values, now, again=again)


def ask_to_read(decision: Decision, now: datetime, *, again: bool = False) -> int:
    """The same for a decision, which is locked: whoever has not acknowledged it."""
    read = decision.acknowledgements.values("employee")
    people = concerned_by(decision).exclude(pk__in=read).exclude(pk=decision.published_by_id)
    url = page_of(decision)
    return _tell(DECISION, decision.pk, people, url, {"title": decision.title}, now, again=again)


def _tell(
    kind: str, subject: int, people: QuerySet[Employee], url: str, values: dict[str, object], now: datetime,
    *, again: bool,
) -> int:  # fmt: skip
    today = clock.local(now).date()
    if again:
        told = Reminder.objects.filter(kind=kind, subject_id=subject, on=today).values("employee")
        people = people.exclude(pk__in=told)
    waiting = list(people)
    Reminder.objects.bulk_create(
        (Reminder(kind=kind, subject_id=subject, employee=person, on=today) for person in waiting),
        ignore_conflicts=True,
    )
    notices.tell(waiting, f"{kind}_again" if again else f"{kind}_new", url=url, values=values, now=now)
    refresh_desks(person.pk for person in waiting)
    return len(waiting)


def page_of(text: DocumentVersion | Decision) -> str:
    """Where it is read, and what its notices lead to."""
    if isinstance(text, Decision):
        return reverse("documents:decision", args=[text.pk])
    return reverse("documents:version", args=[text.document_id, text.number])


def done(person: Employee, text: DocumentVersion | Decision, now: datetime) -> None:
    """The person has signed or acknowledged it: its notices and the line on the desk are gone."""
    notices.settle(page_of(text), now=now, employee_id=person.pk)
    refresh_desks([person.pk])


def no_more(text: DocumentVersion | Decision, now: datetime) -> None:
    """Nobody needs to sign or acknowledge it any more: it was replaced, revoked or withdrawn."""
    notices.settle(page_of(text), now=now)
    refresh_desks(concerned_by(text).values_list("pk", flat=True))


def refresh_desks(ids: Iterable[int]) -> None:
    """What waits for a signature stands on the desk: it is drawn again."""
    for pk in ids:
        live.publish(f"employee:{pk}", "desk")


@db.action
def remind(now: datetime | None = None) -> int:
    """Job `documents_remind`: remind everybody of what they have not signed or acknowledged; returns how many.

    Not before the hour of the day in the settings, and each person once a day for each text: the day's marks
    are rows with a unique key, written while the text is locked, so that a second worker waits and sees them.
    The lock is taken with NOWAIT: where somebody is just issuing an order the job comes again in a second.
    """
    now = now or clock.now()
    local = clock.local(now)
    if not rules.remind_now(local, settings.FREGAT["REMIND_HOUR"]):
        return 0
    Reminder.objects.filter(on__lt=rules.kept_days(local.date())).delete()
    waiting = DocumentVersion.objects.signable().lacking()
    told = 0
    for version_id, document_id in waiting.order_by("document", "number").values_list("pk", "document"):
        lock_document(document_id, nowait=True)
        version = DocumentVersion.objects.signable().filter(pk=version_id).first()
        told += ask_to_sign(version, now, again=True) if version else 0
    unread = Decision.objects.lacking()
    for pk in unread.order_by("pk").values_list("pk", flat=True):
        decision = lock_decision(pk, nowait=True)
        told += ask_to_read(decision, now, again=True) if decision.withdrawn_at is None else 0
    return told

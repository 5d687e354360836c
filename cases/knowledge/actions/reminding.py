"""Reminding whoever has not read what they are asked to read: by the clock once, by a superior at most hourly (C6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.knowledge import permissions
from cases.knowledge.actions.publishing import page_of
from cases.knowledge.models import ArticleVersion, Reminder
from cases.knowledge.querysets import ArticleVersionQuerySet
from cases.knowledge.rights import ASKED
from cases.knowledge.rules import QUIET, is_late, rests
from cases.knowledge.selectors.lacking import Waiter, lacking_of, waiters_of
from fregat.lib import clock, db, notices
from fregat.lib.errors import Conflict, NotFound
from shifts.attendance.selectors import on_duty
from staff.employees.models import Employee

_Told = list[tuple[ArticleVersion, Waiter]]


@db.action
def remind(*, by: Employee, article_id: int, number: int, now: datetime | None = None) -> int:
    """Remind those in sight of `by` who have not read a version; nobody twice within the hour, whoever asks.

    The row is locked, as in `acknowledge`: of two people who press at once the second finds the first one's marks,
    and who has just read it is not told. Returns how many were told. Raises NotFound, NotAllowed, Conflict (replaced).
    """
    rows = ArticleVersion.objects.visible_to(by).published().filter(article=article_id, number=number)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound()
    permissions.check_role(by, "article.remind")
    version = _locked().get(pk=found)
    if version.until is not None:
        raise Conflict(
            _("This version was replaced or withdrawn meanwhile: nobody is asked to read it."),
            code="replaced",
        )
    now = now or clock.now()
    told = [(version, one) for one in lacking_of(by, version, now).due]
    _mark(told, now, by)
    _tell("article_asked", told, now, by)
    return len(told)


@db.action
def remind_late(now: datetime | None = None) -> int:
    """Job `articles_remind`: remind once whoever is on shift and has not read what was asked of them long ago.

    How long is `FREGAT["READ_HOURS"]`. Nothing is locked while nobody is late. Then the versions are locked and the
    question asked again: a second sweep, or whoever is reading one at this moment, keeps theirs, and the next
    round comes back to it. Returns how many reminders were given.
    """
    now = now or clock.now()
    people = list(on_duty(now).filter(role__in=ASKED))
    if not people:
        return 0
    asking = ArticleVersion.objects.asking().select_related("article__insurer").defer("body", "words")
    found = {row.pk for row, _one in _late(list(asking), people, now)}
    if not found:
        return 0
    told = _late(list(_locked(skip=True).asking().filter(pk__in=found).order_by("pk")), people, now)
    _mark(told, now, None)
    _tell("article_again", told, now, None)
    return len(told)


def _locked(*, skip: bool = False) -> ArticleVersionQuerySet:
    rows = ArticleVersion.objects.select_for_update(no_key=True, of=("self",), skip_locked=skip)
    return rows.select_related("article__insurer").defer("body", "words")


def _late(versions: list[ArticleVersion], people: list[Employee], now: datetime) -> _Told:
    hours: int = settings.FREGAT["READ_HOURS"]
    found = waiters_of(versions, people)
    return [
        (row, one)
        for row in versions
        for one in found[row.pk]
        if not one.by_clock and is_late(one.since, now, hours) and not rests(one.reminded_at, now)
    ]


def _mark(told: _Told, now: datetime, by: Employee | None) -> None:
    Reminder.objects.bulk_create(
        Reminder(version=row, employee=one.employee, by=by, at=now, quiet_until=now + QUIET)
        for row, one in told
    )


def _tell(kind: str, told: _Told, now: datetime, by: Employee | None) -> None:
    named = {"name": by.short_name} if by else {}
    words: Iterable[notices.Word] = (
        notices.Word(one.employee, page_of(row), {"title": row.title, **named}, row.article_id)
        for row, one in told
    )
    notices.tell_each(kind, words, now=now)

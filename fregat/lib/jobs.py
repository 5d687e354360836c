"""Jobs: rows in PostgreSQL with a due time, swept every few seconds, claimed with SKIP LOCKED (B6).

A handler takes `(subject_id, now)`, reads its row again and does nothing when the work is done or not
yet due. It runs in the transaction that claims the job: `kill -9` rolls both back, and the next sweep
finds the job due. A handler that fails is tried again with a growing pause; others are not held up.

Order of locks: a worker holds the job's row while it locks the subject, whereas an action of a person
holds the subject while it schedules the job. So a handler takes its first lock with NOWAIT (`busy` rows
raise) and the job is tried again in a second: the person never waits, and no deadlock can come of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import Exists

from fregat.lib import clock
from fregat.lib.models import Job, Pulse

Handler = Callable[[int, datetime], None]

log = logging.getLogger("fregat.jobs")
_handlers: dict[str, Handler] = {}
_periods: dict[str, timedelta] = {}
_PAUSES = (2, 5, 10, 20, 30)
"""Seconds before a failed job is tried again; the last one repeats (never past the 60 s of B5)."""
_BUSY_PAUSE = 1
"""Seconds before a job is tried again whose row somebody else holds."""
_LIMITS_MS = {
    # A row held by somebody else for longer fails this job only, and frees what it has locked itself.
    "lock_timeout": 5_000,
    # A worker that is stopped or cut off inside its transaction must not keep the job for ever.
    "idle_in_transaction_session_timeout": 20_000,
    "statement_timeout": 20_000,
}
_LOCKED = {"55P03", "40P01", "40001"}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register what does the jobs of a kind."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def recurring(kind: str, seconds: int) -> Callable[[Handler], Handler]:
    """Register work that is done again and again, every `seconds`, with subject 0.

    Its row is made by the first sweep, so nobody has to remember to schedule it.
    """

    def register(function: Handler) -> Handler:
        _periods[kind] = timedelta(seconds=seconds)
        return handler(kind)(function)

    return register


def kinds() -> list[str]:
    """Kinds of work that wait for a moment of their own; without those that recur."""
    return sorted(set(_handlers) - set(_periods))


def schedule(kind: str, subject_id: int, due_at: datetime) -> None:
    """Make the job of this kind for this subject due at `due_at`, or move it there."""
    Job.objects.update_or_create(
        key=f"{kind}:{subject_id}",
        defaults={"due_at": due_at, "done_at": None, "attempts": 0, "last_error": ""},
        create_defaults={
            "kind": kind, "subject_id": subject_id, "due_at": due_at, "created_at": clock.now(),
        },
    )  # fmt: skip


def schedule_many(kind: str, due: Iterable[tuple[int, datetime]]) -> None:
    """The same for several `(subject_id, due_at)` in one statement."""
    now = clock.now()
    Job.objects.bulk_create(
        [
            Job(key=f"{kind}:{subject}", kind=kind, subject_id=subject, due_at=due_at, created_at=now)
            for subject, due_at in due
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["due_at", "done_at", "attempts", "last_error"],
    )


def done_too(kind: str, subject_ids: Iterable[int], now: datetime) -> None:
    """What these due jobs were for is done with another one's; those in other hands find it done."""
    keys = [f"{kind}:{subject}" for subject in subject_ids]
    due = Job.objects.filter(key__in=keys, done_at=None, due_at__lte=now).select_for_update(skip_locked=True)
    Job.objects.filter(pk__in=list(due.values_list("pk", flat=True))).update(done_at=now)


def cancel(kind: str, subject_id: int) -> None:
    """The job is not needed any more."""
    Job.objects.filter(key=f"{kind}:{subject_id}", done_at=None).delete()


def wake() -> None:
    """Ask a worker to sweep as soon as this transaction is saved; without a broker the beat does."""

    def send() -> None:
        from fregat.lib.tasks import sweep as task

        task.apply_async(retry=False, expires=30)

    transaction.on_commit(send, robust=True)


def sweep(*, limit: int = 200) -> int:
    """Do the jobs that are due, one transaction each. Returns how many were done.

    Two statements when nothing is due, and none is locked: it is asked for every second.
    """
    done = 0
    failed: set[int] = set()
    while done < limit and (done or failed or _anything_due()):
        job_id = _do_one(failed)
        if job_id is None:
            break
        done += 1
    now = clock.now()
    if not Pulse.objects.filter(name="sweep").update(at=now):
        Pulse.objects.get_or_create(name="sweep", defaults={"at": now})
    return done


def work(kind: str) -> int:
    """Do the due jobs of one kind here and now, for a command that needs no worker. Returns how many were done."""
    done, failed = 0, set[int]()
    while _do_one(failed, (kind,)) is not None:
        done += 1
    return done


def _anything_due() -> bool:
    """Is there a due job, or a recurring one without its row (a new database, a row deleted by hand)?"""
    now = clock.now()
    due = Job.objects.filter(done_at=None, due_at__lte=now, kind__in=_handlers)
    keys = [f"{kind}:0" for kind in _periods]
    there = (
        Job.objects.filter(key__in=keys, done_at=None)
        .annotate(any_due=Exists(due))
        .values_list("kind", "any_due")
    )
    rows = dict(there)
    missing = set(_periods) - set(rows)
    if not missing:
        return any(rows.values()) if rows else due.exists()
    Job.objects.bulk_create(
        [
            Job(key=f"{kind}:0", kind=kind, subject_id=0, due_at=now, created_at=now)
            for kind in sorted(missing)
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["due_at", "done_at"],
    )
    return True


def _do_one(failed: set[int], of_kinds: Collection[str] = ()) -> int | None:
    """Claim and do one due job; None when nothing is due (or all that is due is in other hands)."""
    while True:
        job: Job | None = None
        try:
            with transaction.atomic():
                _limit_waiting()
                job = _claim(failed, of_kinds or _handlers)
                if job is None:
                    return None
                _handlers[job.kind](job.subject_id, clock.now())
                _settle(job)
            return job.id
        except Exception as error:
            if job is None:
                raise
            failed.add(job.id)
            _postpone(job, error)


def _limit_waiting() -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _name in _LIMITS_MS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [str(part) for pair in _LIMITS_MS.items() for part in pair])


def _claim(failed: set[int], of_kinds: Collection[str]) -> Job | None:
    return (
        Job.objects.select_for_update(skip_locked=True)
        .filter(done_at=None, due_at__lte=clock.now(), kind__in=of_kinds)
        .exclude(id__in=failed)
        .order_by("due_at", "id")
        .first()
    )


def _settle(job: Job) -> None:
    """The job is done; a recurring one is due again; one that its handler moved stays as moved."""
    row = Job.objects.filter(id=job.id, due_at=job.due_at)
    now = clock.now()
    if job.kind in _periods:
        row.update(due_at=now + _periods[job.kind], attempts=0, last_error="")
    else:
        row.update(done_at=now)


def is_busy(error: Exception) -> bool:
    """Did the database refuse because somebody else holds the row right now? Actions say so by `Conflict`."""
    cause = error if isinstance(error, OperationalError) else error.__cause__
    return isinstance(cause, OperationalError) and getattr(cause.__cause__, "pgcode", None) in _LOCKED


def _postpone(job: Job, error: Exception) -> None:
    """Note the failure (its class only: messages may hold personal data) and try again later."""
    busy = is_busy(error)
    pause = _BUSY_PAUSE if busy else _PAUSES[min(job.attempts, len(_PAUSES) - 1)]
    name = type(error).__name__
    if not busy:
        log.error("job %s failed: %s", job.key, name)
    Job.objects.filter(id=job.id, done_at=None, due_at=job.due_at).update(
        attempts=job.attempts + (0 if busy else 1),
        last_error=name[:200],
        due_at=clock.now() + timedelta(seconds=pause),
    )

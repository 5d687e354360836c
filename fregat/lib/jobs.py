"""Jobs: rows in PostgreSQL with a due time, swept every few seconds, claimed with SKIP LOCKED (B6).

A handler takes `(subject_id, now)`, reads its row again and does nothing when the work is done or not
yet due. It runs in the transaction that claims the job: `kill -9` rolls both back, and the next sweep
finds the job due. A handler that fails is tried again with a growing pause; others are not held up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from fregat.lib import clock
from fregat.lib.models import Job, Pulse

Handler = Callable[[int, datetime], None]

log = logging.getLogger("fregat.jobs")
_handlers: dict[str, Handler] = {}
_PAUSES = (2, 5, 10, 20, 30)
"""Seconds before a failed job is tried again; the last one repeats (never past the 60 s of B5)."""
_LOCK_TIMEOUT_MS = 5_000


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register what does the jobs of a kind."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def schedule(kind: str, subject_id: int, due_at: datetime) -> None:
    """Make the job of this kind for this subject due at `due_at`, or move it there."""
    Job.objects.update_or_create(
        key=f"{kind}:{subject_id}",
        defaults={"due_at": due_at, "done_at": None, "attempts": 0, "last_error": ""},
        create_defaults={
            "kind": kind, "subject_id": subject_id, "due_at": due_at, "created_at": clock.now(),
        },
    )  # fmt: skip


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
    """Do the jobs that are due, one transaction each. Returns how many were done."""
    done = 0
    failed: set[int] = set()
    while done < limit:
        job_id = _do_one(failed)
        if job_id is None:
            break
        done += 1
    Pulse.objects.update_or_create(name="sweep", defaults={"at": clock.now()})
    return done


def _do_one(failed: set[int]) -> int | None:
    """Claim and do one due job; None when nothing is due (or all that is due is in other hands)."""
    while True:
        job: Job | None = None
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {_LOCK_TIMEOUT_MS}")
                job = (
                    Job.objects.select_for_update(skip_locked=True)
                    .filter(done_at=None, due_at__lte=clock.now(), kind__in=_handlers)
                    .exclude(id__in=failed)
                    .order_by("due_at", "id")
                    .first()
                )
                if job is None:
                    return None
                _handlers[job.kind](job.subject_id, clock.now())
                # The handler may have moved its own job to a later time: then it is not done.
                Job.objects.filter(id=job.id, due_at=job.due_at).update(done_at=clock.now())
            return job.id
        except Exception as error:
            if job is None:
                raise
            failed.add(job.id)
            _postpone(job, error)


def _postpone(job: Job, error: Exception) -> None:
    """Note the failure (its class only: messages may hold personal data) and try again later."""
    pause = _PAUSES[min(job.attempts, len(_PAUSES) - 1)]
    name = type(error).__name__
    log.error("job %s failed: %s", job.key, name)
    Job.objects.filter(id=job.id, done_at=None, due_at=job.due_at).update(
        attempts=job.attempts + 1,
        last_error=name[:200],
        due_at=clock.now() + timedelta(seconds=pause),
    )

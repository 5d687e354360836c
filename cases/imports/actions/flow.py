"""Work in steps: each is a job with its own transaction, and its mark is written in the same.

`kill -9` at any moment leaves the step due. A few steps of a list are due at a time, never all: a shift that ends while
a million rows are written waits for one step at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.urls import reverse

from cases.imports.models import Batch, Line, Step
from cases.imports.permissions import check_import
from cases.imports.statuses import RUNNING, Stage, Status
from fregat.lib import jobs, notices
from fregat.lib.db import lock
from fregat.lib.errors import NotAllowed
from fregat.lib.models import Job

JOB = "import_step"
LANES = 2
"""Steps of one list that are due at once: as many as a worker of the usual size does side by side."""
TRIES = 5
"""After so many failures of one step the whole list is taken back."""

Counts = Mapping[str, int]


def begin(batch: Batch, stage: Stage, count: int, now: datetime) -> None:
    """Lay the steps of a stage out, and let the first of them be done. The caller holds the batch."""
    Step.objects.filter(batch=batch, stage=stage).delete()
    Step.objects.bulk_create(
        [Step(batch=batch, stage=stage, n=n, released=n < LANES) for n in range(count)], batch_size=2000
    )
    first = Step.objects.filter(batch=batch, stage=stage, released=True).values_list("pk", flat=True)
    jobs.schedule_many(JOB, [(pk, now) for pk in first])
    jobs.wake()


def do_step(*, step_id: int, now: datetime) -> None:
    """Do one step and let the next be done. Nothing happens when it is done already or the list was put aside."""
    step = Step.objects.select_related("batch__insurer").filter(pk=step_id, done_at=None).first()
    if step is None or step.batch.status not in RUNNING:
        return
    stage = Stage(step.stage)
    _leave_saving_to_later()
    if _may_not_go_on(step.batch, stage):
        stop(step.batch, "no_right", "", now)
    elif stage != Stage.UNDO and Job.objects.filter(key=f"{JOB}:{step_id}", attempts__gte=TRIES).exists():
        stop(step.batch, "fault", "", now)  # taking back is tried until it is done
    else:
        _settle(step, _work()[stage](step, now), now)


def _work() -> Mapping[Stage, Callable[[Step, datetime], Counts | None]]:
    from cases.imports.actions import checking, reading, undoing, writing

    return {
        Stage.SPLIT: reading.split,
        Stage.READ: reading.read,
        Stage.CHECK: checking.check,
        Stage.WRITE: writing.write,
        Stage.CLOSE: writing.close,
        Stage.UNDO: undoing.undo,
    }


def _may_not_go_on(batch: Batch, stage: Stage) -> bool:
    """Who had it done has lost the right meanwhile; what is being taken back goes on all the same."""
    if stage == Stage.UNDO:
        return False
    try:
        check_import(batch.applied_by or batch.uploaded_by, batch.insurer)
    except NotAllowed:
        return True
    return False


def _settle(step: Step, counts: Counts | None, now: datetime) -> None:
    """Note the step as done. Steps done side by side come here one after another, so that one of them is the last.

    A list that was put aside while the step worked stays so.
    """
    if counts is None:
        return
    with connection.cursor() as cursor:  # not at the commit: while the list is held the other lane waits
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    batch = lock(Batch.objects.all(), pk=step.batch_id)
    if batch.status not in RUNNING:
        forget_lines(batch)
        return
    Step.objects.filter(pk=step.pk).update(done_at=now)
    if counts:
        Batch.objects.filter(pk=batch.pk).update(**{name: F(name) + more for name, more in counts.items()})
        batch.refresh_from_db()
    rest = Step.objects.filter(batch=batch, stage=step.stage, done_at=None)
    following = rest.filter(released=False).order_by("n").first()
    if following is not None:
        Step.objects.filter(pk=following.pk).update(released=True)
        jobs.schedule(JOB, following.pk, now)
        jobs.wake()
    elif not rest.exists():
        _next_stage(batch, Stage(step.stage), now)


def _next_stage(batch: Batch, stage: Stage, now: datetime) -> None:
    from cases.imports.actions import checking, undoing

    if stage == Stage.SPLIT:
        begin(batch, Stage.READ, batch.pieces.count(), now)
    elif stage == Stage.READ:
        begin(batch, Stage.CHECK, batch.buckets, now)
    elif stage == Stage.CHECK:
        checking.finish(batch, now)
    elif stage == Stage.WRITE:
        begin(batch, Stage.CLOSE, 1, now)
    elif stage == Stage.CLOSE:
        set_status(batch, Status.DONE, finished_at=now)
        tell(batch, "list_written", now)
    else:
        undoing.finish(batch, now)


def set_status(batch: Batch, status: Status, **fields: Any) -> None:
    """Put the list into another state. The caller holds it."""
    batch.status = status
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save(update_fields=["status", *fields])


_ASKED_FOR = frozenset({"discarded", "no_right", "old"})
"""Ends that whoever brought the list in has wished, or has no business to hear of."""


def tell(batch: Batch, kind: str, now: datetime) -> None:
    """Tell who waits for it that this stage of the list's life is reached."""
    values = {"file": batch.file_name, "insurer": str(batch.insurer)}
    values |= {name: getattr(batch, name) for name in ("added", "changed", "ended")}
    people = [batch.undone_by or batch.applied_by or batch.uploaded_by]
    notices.tell(
        people, kind, url=reverse("imports:list", args=[batch.pk]), values=values, about=batch.pk, now=now
    )  # fmt: skip


def stop(batch: Batch, code: str, place: str, now: datetime) -> None:
    """The list is not taken, for this reason; what was written of it is taken back first. Nothing once it has ended."""
    batch = lock(Batch.objects.all(), pk=batch.pk)
    if batch.status not in {*RUNNING, Status.PREVIEW}:
        return
    Step.objects.filter(batch=batch, done_at=None).update(done_at=now)
    if batch.status == Status.APPLYING and batch.undone_at is None:
        set_status(batch, Status.APPLYING, failure=code, failure_place=place[:200])
        begin(batch, Stage.UNDO, batch.buckets, now)
        return
    set_status(batch, Status.FAILED, failure=code, failure_place=place[:200], finished_at=now)
    batch.chunks.all().delete()
    forget_lines(batch)
    if code not in _ASKED_FOR:
        tell(batch, "list_refused", now)


def forget_lines(batch: Batch) -> None:
    """Rows on their way nowhere."""
    Line.objects.filter(batch=batch).delete()


def _leave_saving_to_later() -> None:
    """The step does not wait for the disk: if the machine fails this moment, neither its work nor its mark was saved,
    and it is due still.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def take_time(seconds: int) -> None:
    """This step may compute or wait longer than a job usually may; a worker that is killed lets go at once anyway."""
    names = ("statement_timeout", "idle_in_transaction_session_timeout")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, f"{seconds}s"])

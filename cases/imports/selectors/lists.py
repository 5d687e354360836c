"""Lists, and how far the work on them is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from cases.imports.models import Batch, Step
from cases.imports.querysets import BatchQuerySet
from cases.imports.statuses import READING_STAGES, RUNNING, Stage, Status
from fregat.lib.errors import NotFound

if TYPE_CHECKING:
    from staff.employees.models import Employee

_WEIGHTS = {Stage.SPLIT: 1, Stage.READ: 5, Stage.CHECK: 4, Stage.WRITE: 9, Stage.CLOSE: 1, Stage.UNDO: 1}
"""How long a stage takes beside the others."""


def lists(user: Employee) -> BatchQuerySet:
    """Lists that the employee may see, the latest first."""
    return Batch.objects.visible_to(user).for_reading().order_by("-uploaded_at", "-pk")


def get_list(user: Employee, pk: int, *, now: datetime | None = None) -> Batch:
    """One of them. Raises NotFound."""
    row = Batch.objects.visible_to(user).for_reading().filter(pk=pk).first() if 0 < pk < 2**63 else None
    if row is None:
        raise NotFound()
    return row


def progress(batch: Batch) -> int:
    """How much of the present work is done, in percent. One statement while there is work, none else."""
    if batch.status not in RUNNING:
        return 100 if batch.status in (Status.DONE, Status.UNDONE, Status.PREVIEW) else 0
    rows = Step.objects.filter(batch=batch).values("stage").annotate(
        all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False))
    )  # fmt: skip
    shares = {row["stage"]: row["done"] / row["all"] for row in rows}
    if Stage.UNDO in shares:
        return int(100 * shares[Stage.UNDO])
    stages = READING_STAGES if batch.status == Status.READING else (Stage.WRITE, Stage.CLOSE)
    whole = sum(_WEIGHTS[stage] for stage in stages)
    return int(100 * sum(_WEIGHTS[stage] * shares.get(stage, 0) for stage in stages) / whole)

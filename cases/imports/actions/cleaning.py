"""Rows of old lists are forgotten: they are personal data, and nothing asks for them any more (E3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cases.imports.actions import flow
from cases.imports.models import Batch, Chunk, Fault, Line, Piece, Step
from cases.imports.statuses import RUNNING, Status

KEPT = timedelta(days=30)


def forget_old(*, now: datetime) -> int:
    """The rows, the faults and the steps of lists older than 30 days; the journal stays. Returns how many lists.

    One that still waits for somebody's word is put aside: without its rows it could be written by half at most.
    """
    old = Batch.objects.filter(uploaded_at__lt=now - KEPT, pieces__isnull=False).exclude(status__in=RUNNING)
    keys = list(old.order_by("pk").values_list("pk", flat=True).distinct()[:20])
    with transaction.atomic():
        for batch in Batch.objects.filter(pk__in=keys, status=Status.PREVIEW):
            flow.stop(batch, "old", "", now)
        for model in (Chunk, Piece, Fault, Step, Line):
            model._default_manager.filter(batch__in=keys).delete()
    return len(keys)

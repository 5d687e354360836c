"""What single rows cannot tell: who is there twice, what contradicts itself, what would become of it all."""

from __future__ import annotations

from datetime import datetime

from cases.imports import endings, signs, statements
from cases.imports.actions import flow
from cases.imports.actions.buckets import ask, ends_the_missing, match, match_endings, miss, params, run
from cases.imports.models import Batch, Step
from cases.imports.permissions import check_second
from cases.imports.statuses import Mode, Stage, Status
from fregat.lib.errors import NotAllowed

MANY = 1000
"""Policies in force of an insurer from which on a full list that ends a fifth of them is looked at by a person."""
_SHARE = 5
FEW = 10
"""From which on any list is that ends more than half of them."""
_SECONDS = 300


def check(step: Step, now: datetime) -> flow.Counts:
    """Check a bucket, and count what would become of it."""
    asked = params(step.batch, step.n)
    if step.batch.mode == Mode.END:
        rejected = run(statements.REPEATED, asked) + match_endings(asked)
        (ended,) = ask(endings.COUNTED_ENDING, asked)
        return {"rejected": rejected, "ended": ended}
    within = [statements.REPEATED, signs.WITHIN, statements.CONTRADICTING]
    if "ended_on" in step.batch.mapping.values():
        within.append(endings.BEFORE_TERM)
    rejected = sum(run(one, asked) for one in within)
    if _nobody_looks(step.batch):
        return {"rejected": rejected}
    rejected += match(asked)
    added, changed, same = ask(statements.COUNTED, asked)
    left = ask(endings.COUNTED_LEFT, asked)[0] if ends_the_missing(step.batch) else 0
    return {"rejected": rejected, "added": added, "changed": changed, "same": same, "ended": left}


def _nobody_looks(batch: Batch) -> bool:
    """Additions that are written at once end nobody: there is no preview that would count them."""
    return batch.apply_at_once and batch.mode == Mode.ADD


def finish(batch: Batch, now: datetime) -> None:
    """All of it is checked: wait for a person's word, or go on when that was given. The caller holds the batch."""
    attention = _attention(batch)
    if batch.apply_at_once and not attention:
        flow.set_status(
            batch, Status.APPLYING, attention="", applied_by=batch.applied_by or batch.uploaded_by,
            applied_at=batch.applied_at or now,
        )  # fmt: skip
        begin_writing(batch, now)
    else:
        flow.set_status(batch, Status.PREVIEW, attention=attention, apply_at_once=False)
        flow.tell(batch, "list_checked", now)


def begin_writing(batch: Batch, now: datetime) -> None:
    """Counts begin anew: they say what was written. The caller holds the batch."""
    Batch.objects.filter(pk=batch.pk).update(added=0, changed=0, same=0, ended=0)
    flow.begin(batch, Stage.WRITE, batch.buckets, now)


def _attention(batch: Batch) -> str:
    """Why a person should look first: a code of `labels.ATTENTION_TEXTS`, empty when nothing speaks for it."""
    if ends_the_missing(batch):
        flow.take_time(_SECONDS)
        batch.spared = miss(batch)
        batch.ended += ask(endings.COUNTED_MISSING, params(batch, 0))[0]
        batch.save(update_fields=["ended", "spared"])
    to_write = (
        batch.rows - batch.rejected if _nobody_looks(batch) else batch.added + batch.changed + batch.same
    )
    if not (to_write or batch.ended):
        return "nothing"
    if many := _many(batch):
        return many
    if batch.mode == Mode.FULL and batch.ended and Batch.objects.written_later(batch).exists():
        return "older"
    try:
        check_second(batch.applied_by or batch.uploaded_by, batch)
    except NotAllowed:
        return "second_person"
    return ""


def _many(batch: Batch) -> str:
    """Would so many end that the list may be another, or half a list? More are not counted than it takes to tell."""
    if batch.mode == Mode.ADD or (batch.ended * 2 <= FEW and batch.ended * _SHARE <= MANY):
        return ""
    asked = {**params(batch, 0), "enough": batch.ended * _SHARE}
    (in_force,) = ask(endings.COUNTED_IN_FORCE, asked)
    if batch.mode == Mode.FULL and in_force >= MANY and batch.ended * _SHARE > in_force:
        return "many_end"
    return "most_end" if in_force >= FEW and batch.ended * 2 > in_force else ""

"""What is not done in time rises to the senior manager by itself (A8)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import clock, jobs
from fregat.lib.db import action
from staff.tasks import rules, selectors
from staff.tasks.actions.ground import DUE_JOB, announce, in_words, note, tell
from staff.tasks.models import Assignment
from staff.tasks.statuses import UNDONE


@action
def rise(assignment_id: int, now: datetime | None = None) -> bool:
    """The time of an assignment is over: its senior manager is told, once. Returns whether they were.

    Steps: lock (without waiting: see `fregat.lib.jobs`), ask the rule again, mark, tell. Races it survives:
    reported, withdrawn or given more time in the same second (the mark is not set, the job follows the new
    time), two workers at once (the second finds the mark), a worker killed half-way (the job stays due).
    """
    rows = Assignment.objects.select_for_update(of=("self",), nowait=True)
    row = rows.select_related("instruction__given_by", "assignee").filter(pk=assignment_id).first()
    if row is None:
        return False
    now = now or clock.now()
    if not rules.rises(row.state, row.due_at, row.overdue_at, now):
        if row.state in UNDONE and row.overdue_at is None:
            jobs.schedule(DUE_JOB, row.pk, row.due_at)
        return False
    row.overdue_at = now
    row.save(update_fields=["overdue_at"])
    note(row, "overdue", by=None, now=now)
    above = selectors.above(row, now)
    tell(above, "instruction_overdue", row, now, name=row.assignee.full_name, due=in_words(row.due_at))
    announce(row, *above)
    return True

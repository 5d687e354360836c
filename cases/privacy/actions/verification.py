"""Going through the chain by order of a person, or each day, in portions (see `selectors.verification`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from cases.privacy import permissions
from cases.privacy.models import Verification
from cases.privacy.rules.anchors import Head, heads_in, target_of
from cases.privacy.rules.faults import Faults
from cases.privacy.selectors import verification as checks
from fregat.lib import clock, db, jobs, notices
from staff.employees.models import Employee

JOB = "access_log_verify"
ROWS_A_PORTION = 200_000


@db.action
def ask_verification(*, by: Employee | None, now: datetime | None = None) -> Verification:
    """Have the chain gone through; the one that is under way already serves. Raises NotAllowed."""
    permissions.check_verify(by)
    running: Verification | None = Verification.objects.select_for_update().filter(running=True).first()
    if running is not None:
        return running
    now = now or clock.now()
    asked: Verification = Verification.objects.create(asked_at=now, asked_by=by)
    jobs.schedule(JOB, asked.pk, now)
    jobs.wake()
    return asked


@db.action
def continue_verification(verification_id: int, *, rows_max: int = ROWS_A_PORTION) -> None:
    """The next portion; after the last one the ends and the anchors, and whoever must know is told."""
    row = Verification.objects.select_for_update(nowait=True).filter(pk=verification_id, running=True).first()
    if row is None:
        return
    faults = Faults.of(row.faults)
    portion = checks.check_seals(faults, after=row.through_seal, rows_max=rows_max)
    row.through_seal, row.rows = portion.through_seal, row.rows + portion.rows
    now = clock.now()
    if portion.done:
        checks.check_ends(faults, now=now)
        checks.check_anchors(faults, anchors_of_setting())
        row.running, row.finished_at = False, now
    row.faults = faults.kept()
    row.save()
    if row.running:
        jobs.schedule(JOB, row.pk, now)
    elif row.faults:
        notices.tell(permissions.guardians(), "access_log_faults", url=reverse("privacy:chain"), now=now)


def anchors_of_setting() -> list[Head]:
    """The anchors that the program can read again by itself: of a file. Letters and addresses are elsewhere."""
    try:
        target = target_of(settings.ACCESS_LOG_ANCHOR)
    except ValueError:
        return []
    if target is None or target.way != "file" or not Path(target.where).is_file():
        return []
    return heads_in(Path(target.where).read_text(encoding="utf-8", errors="replace"))

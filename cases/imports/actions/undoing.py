"""A list is taken back: what it added goes, what it changed becomes what it was; what a case refers to stays.

So does what cannot become what it was, because another policy has taken its place.
"""

from __future__ import annotations

from datetime import datetime

from cases.imports import registry, restoring
from cases.imports.actions import flow
from cases.imports.actions.buckets import ask, params, run
from cases.imports.models import Batch, Entry, Step
from cases.imports.statuses import Status
from cases.insurance.registry import annulled_among

_LINKS_GONE = """
    DELETE FROM insurance_policyperson AS n USING imports_entry AS e
    WHERE e.batch_id = %(batch)s AND e.bucket = %(bucket)s AND e.policy_before IS NULL AND e.person_before IS NULL
        AND e.link_before IS NULL
        AND n.policy_id = e.policy_id AND n.person_id = e.person_id AND NOT e.policy_id = ANY(%(kept)s)
"""
_POLICIES_GONE = """
    DELETE FROM insurance_policy AS p USING imports_entry AS e
    WHERE e.batch_id = %(batch)s AND e.bucket = %(bucket)s AND e.policy_new AND p.id = e.policy_id
        AND NOT e.policy_id = ANY(%(kept)s)
        AND NOT EXISTS (SELECT 1 FROM insurance_policyperson AS n WHERE n.policy_id = p.id)
"""
_PERSONS_GONE = """
    DELETE FROM insurance_insuredperson AS q USING imports_entry AS e
    WHERE e.batch_id = %(batch)s AND e.bucket = %(bucket)s AND e.person_new AND q.id = e.person_id
        AND NOT e.policy_id = ANY(%(kept)s)
        AND NOT EXISTS (SELECT 1 FROM insurance_policyperson AS n WHERE n.person_id = q.id)
"""


def undo(step: Step, now: datetime) -> flow.Counts:
    """Take a bucket back."""
    batch = step.batch
    asked = params(batch, step.n) | {"annulled": _annulled_since(step)}
    rows = Entry.objects.filter(
        batch=batch,
        bucket=step.n,
        policy_before__isnull=True,
        person_before__isnull=True,
        link_before__isnull=True,
    )
    new = list(rows.values_list("policy_id", "person_id"))
    policies, persons = registry.used(
        {policy for policy, _person in new}, {person for _policy, person in new if person}
    )
    kept = sorted({policy for policy, person in new if policy in policies or person in persons})
    (staying,) = ask(restoring.COUNTED_STAYING, {**asked, "kept": kept})
    for statement in (restoring.LINKS_RESTORED, restoring.POLICIES_RESTORED, restoring.PERSONS_RESTORED):
        run(statement, asked)
    for statement in (_LINKS_GONE, _POLICIES_GONE, _PERSONS_GONE):
        run(statement, {**asked, "kept": kept})
    return {"kept": len(kept) + staying}


def _annulled_since(step: Step) -> list[int]:
    """Of the policies whose end the list has changed those that were sold here and annulled afterwards."""
    batch = step.batch
    ends = Entry.objects.filter(batch=batch, bucket=step.n, policy_before__has_key="ended_on")
    annulled = annulled_among(set(ends.values_list("policy_id", flat=True)))
    return sorted(policy for policy, at in annulled.items() if batch.applied_at and at >= batch.applied_at)


def finish(batch: Batch, now: datetime) -> None:
    """All is taken back. The caller holds the batch."""
    flow.forget_lines(batch)
    status = Status.FAILED if batch.failure else Status.UNDONE
    flow.set_status(batch, status, finished_at=now)
    flow.tell(batch, "list_refused" if batch.failure else "list_undone", now)

"""Celery only wakes: the work is in the job rows."""

from __future__ import annotations

from celery import shared_task

from fregat.lib import jobs


@shared_task(name="fregat.sweep", ignore_result=True)
def sweep() -> int:
    """Do what is due. Sent every few seconds by beat, and at once when an action made something due."""
    return jobs.sweep()

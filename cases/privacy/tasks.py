"""What the clock does here: each takes an id, or nothing, and calls one action."""

from __future__ import annotations

from datetime import datetime

from celery import shared_task

from cases.privacy import actions
from fregat.lib import jobs


@shared_task(name="privacy.seal", ignore_result=True)
def seal() -> int:
    """Sent by beat each second: rows of the log that are final get their seal."""
    return actions.seal_log()


@jobs.recurring("access_log_anchor", seconds=3600)
def anchor(_subject: int, now: datetime) -> None:
    """The head of the chain is taken outside."""
    actions.anchor_head(now=now)


@jobs.recurring("access_log_daily", seconds=24 * 3600)
def daily(_subject: int, now: datetime) -> None:
    """The chain is gone through each day."""
    actions.ask_verification(by=None, now=now)


@jobs.handler(actions.VERIFY_JOB)
def verify(verification_id: int, now: datetime) -> None:
    """The next portion of a verification."""
    actions.continue_verification(verification_id)


@jobs.handler(actions.REVIEW_JOB)
def glass_review(glass_id: int, now: datetime) -> None:
    """72 hours after glass was broken: has somebody judged it?"""
    actions.remind_of_review(glass_id, now=now)


@jobs.recurring("access_patterns", seconds=60)
def patterns(_subject: int, now: datetime) -> None:
    """Looks that somebody must explain."""
    actions.find_patterns(now=now)

"""Lines become persons and policies, bucket by bucket; what is written is in the journal in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases.imports import endings, rules, statements
from cases.imports.actions import flow, telling
from cases.imports.actions.buckets import (
    ask,
    ends_the_missing,
    lay_out,
    match,
    match_endings,
    miss,
    params,
    run,
)
from cases.imports.models import Batch, Layout, Step
from cases.imports.statuses import Mode
from cases.insurance.models import Policy
from cases.insurance.registry import sold_of

_SECONDS = 600
_OF_NEW = (
    statements.NEW_POLICIES, statements.NEW_PERSONS, statements.LINKS, statements.KNOWN_LINKS,
    statements.JOURNAL_OF_NEW,
)  # fmt: skip
"""In the order in which one refers to the other."""


def write(step: Step, now: datetime) -> flow.Counts:
    """Write a bucket. What has changed since it was checked is seen: it is matched anew."""
    batch, asked = step.batch, params(step.batch, step.n)
    if batch.mode == Mode.END:
        refused = match_endings(asked)
        told = telling.hold(endings.LEAVING_SAID, asked)
        ended = run(endings.LINKS_ENDED, asked) + run(endings.ENDED, asked)
        telling.tell(told, batch, now)
        return {"rejected": refused, "ended": ended}
    rows, known, ending = ask(statements.KNOWN, asked)
    if rows and not (known or ending):
        lay_out(statements.ALL_PLACED, asked)
        _add(asked)
        return {"added": rows}
    refused = match(asked)
    added, changed, same = ask(statements.COUNTED, asked)
    told = _leaving(batch, asked, bool(changed))
    run(statements.CHANGED_POLICIES, asked)
    run(statements.CHANGED_PERSONS, asked)
    # Who is missing leaves first: a person is then written once, and taken back to what was before the list.
    left = run(endings.LEFT, asked) if ends_the_missing(batch) else 0
    run(endings.KEPT_OUT, asked)
    run(endings.LINKS_CHANGED, asked)
    telling.tell(told, batch, now)
    if added:
        lay_out(statements.PLACED, asked)
        _add(asked)
    return {"rejected": refused, "added": added, "changed": changed, "same": same, "ended": left}


def _leaving(batch: Batch, asked: dict[str, Any], changed: bool) -> list[tuple[Policy, telling.Days]]:
    """Whose end has to be told. Who is left out is asked for only where the house has sold a policy of the insurer."""
    sold = sold_of(batch.insurer_id, batch.list_date) if ends_the_missing(batch) else set()
    return telling.hold(endings.LEAVING, {**asked, "sold": sorted(sold)}) if changed or sold else []


def _add(asked: Mapping[str, Any]) -> None:
    for statement in _OF_NEW:
        run(statement, asked)


def close(step: Step, now: datetime) -> flow.Counts:
    """Policies missing in a full list end; the columns are learned; what was only for the work goes."""
    batch = step.batch
    flow.take_time(_SECONDS)
    ended = 0
    if ends_the_missing(batch):
        Batch.objects.filter(pk=batch.pk).update(spared=miss(batch))
        ended = run(endings.MISSING_ENDED, params(batch, 0))
    _learn(batch)
    flow.forget_lines(batch)
    return {"ended": ended}


def _learn(batch: Batch) -> None:
    """The next list of this insurer is understood by itself.

    That a strange column is left out is learned where it was asked about alone: who ends may stand in it. What the end
    of the term means in a list of endings, and which strange column tells the day, is learned of such lists alone,
    where there is no other day.
    """
    asked = rules.asks_strange(batch.mapping, batch.mode)
    row, _made = Layout.objects.select_for_update().get_or_create(insurer=batch.insurer)
    for heading, field in batch.mapping.items():
        key = rules.normal(heading)
        meaning = rules.meaning(heading, row.columns)
        of_a_day = "valid_to" in (field, meaning) or key in row.endings or field == "ended_on" != meaning
        if batch.mode == Mode.END and of_a_day:
            if field == "ended_on" or "ended_on" not in batch.mapping.values():
                row.endings[key] = field
            continue
        if field or asked or key in row.columns or rules.is_known(heading):
            row.columns[key] = field
    row.defaults = batch.defaults
    row.save()

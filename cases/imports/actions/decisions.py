"""What people decide of a list: which column is which, that it is written, put aside, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.imports import permissions, rules
from cases.imports.actions import checking, flow
from cases.imports.labels import FIELD_LABELS, attention_text, lacking_words
from cases.imports.models import Batch, Fault, Line
from cases.imports.statuses import Stage, Status
from cases.insurance.models import Currency, Programme, Territory
from fregat.lib import clock
from fregat.lib.db import action, lock
from fregat.lib.errors import Invalid
from staff.employees.models import Employee


@action
def apply(
    *, by: Employee, batch: Batch, mapping: Mapping[str, str] | None = None, now: datetime | None = None
) -> Batch:
    """Have a checked list written; with another `mapping` it is read and checked by that first.

    Raises NotAllowed, Conflict, Invalid (`mapping`).
    """
    batch = _locked(batch)
    permissions.check_apply(by, batch)
    now = now or clock.now()
    batch.applied_by, batch.applied_at = by, now
    wanted = _mapped(batch, mapping or {})
    if wanted != batch.mapping or batch.asks_columns:
        _read_again(batch, wanted, batch.defaults, now, at_once=True)
        return batch
    if batch.attention == "nothing":
        raise Invalid.field("file", _("Not one row can be taken."))
    flow.set_status(batch, Status.APPLYING, attention="", applied_by=by, applied_at=now)
    checking.begin_writing(batch, now)
    return batch


@action
def name_columns(
    *,
    by: Employee,
    batch: Batch,
    mapping: Mapping[str, str],
    defaults: Mapping[str, Any],
    now: datetime | None = None,
) -> Batch:
    """Say which column is which and what holds for all rows; the list is read and checked anew.

    Raises NotAllowed, Conflict, Invalid (`mapping`, or a field of `rules.DEFAULTS`).
    """
    batch = _locked(batch)
    permissions.check_columns(by, batch)
    _read_again(batch, _mapped(batch, mapping), _defaults(batch, defaults), now or clock.now(), at_once=False)
    return batch


@action
def discard(*, by: Employee, batch: Batch, now: datetime | None = None) -> Batch:
    """Put a list aside that is not written. Raises NotAllowed, Conflict."""
    batch = _locked(batch)
    permissions.check_discard(by, batch)
    flow.stop(batch, "discarded", "", now or clock.now())
    batch.refresh_from_db()
    return batch


@action
def undo(*, by: Employee, batch: Batch, now: datetime | None = None) -> Batch:
    """Take a written list back: the last of its insurer. Raises NotAllowed, Conflict."""
    batch = _locked(batch)
    permissions.check_undo(by, batch)
    now = now or clock.now()
    flow.set_status(batch, Status.APPLYING, undone_by=by, undone_at=now, finished_at=None)
    flow.begin(batch, Stage.UNDO, batch.buckets, now)
    return batch


def _locked(batch: Batch) -> Batch:
    return lock(Batch.objects.for_reading(), pk=batch.pk)


def _mapped(batch: Batch, mapping: Mapping[str, str]) -> dict[str, str]:
    if batch.attention == "last_day" and rules.last_day(batch.mapping, batch.mode) not in mapping:
        raise Invalid.field("mapping", attention_text(batch.attention, batch.mapping))
    known = {
        heading: mapping.get(heading, batch.mapping.get(heading, "")) or "" for heading in batch.headings
    }
    strange = sorted({field for field in known.values() if field and field not in rules.FIELDS})
    foreign = sorted(set(mapping) - set(batch.headings))
    if strange or foreign:
        raise Invalid.field(
            "mapping", _("There is no such column: %(names)s.") % {"names": ", ".join([*foreign, *strange])}
        )
    again = rules.twice(known)
    if again:
        names = ", ".join(str(FIELD_LABELS[field]) for field in again)
        raise Invalid.field("mapping", _("Two columns cannot both be this: %(names)s.") % {"names": names})
    return known


def _defaults(batch: Batch, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What holds for all rows, as keys that are there."""
    given = {name: defaults.get(name) for name in rules.DEFAULTS if defaults.get(name) not in (None, "")}
    there = {
        "programme": Programme.objects.filter(insurer=batch.insurer),
        "territory": Territory.objects.all(),
        "currency": Currency.objects.all(),
    }
    for name, rows in there.items():
        if name in given and not rows.filter(pk=given[name]).exists():
            raise Invalid.field(name, _("There is no such choice."))
    return {name: str(value) if name == "insured_sum" else value for name, value in given.items()}


def _read_again(
    batch: Batch, mapping: dict[str, str], defaults: dict[str, Any], now: datetime, *, at_once: bool
) -> None:
    lacking = rules.missing(mapping, batch.mode, defaults)
    if lacking:
        raise Invalid.field("mapping", lacking_words(lacking))
    Line.objects.filter(batch=batch).delete()
    Fault.objects.filter(batch=batch).delete()
    zero = dict.fromkeys(("rejected", "unreadable", "added", "changed", "same", "ended", "spared"), 0)
    flow.set_status(
        batch, Status.READING, mapping=mapping, defaults=defaults, attention="", apply_at_once=at_once,
        applied_by=batch.applied_by, applied_at=batch.applied_at, **zero,
    )  # fmt: skip
    flow.begin(batch, Stage.READ, batch.pieces.count(), now)

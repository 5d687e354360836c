"""Editing the rules of a programme: a draft, its tables, its publication, examples (JD II.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.insurance import permissions
from cases.insurance.models import Cover, Edition, Example, Exclusion, Programme
from cases.insurance.rules.changes import differences
from cases.insurance.selectors import rulebook
from cases.insurance.selectors.catalogue import TABLES
from fregat.lib import clock
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, NotFound, Stale
from staff.employees.models import Employee

Row = Mapping[str, Any]
"""Columns of a line of a table."""


def _programme(by: Employee, pk: int, now: datetime) -> Programme:
    """The programme, locked: one person at a time begins, publishes or throws away, while lists bring in policies."""
    rulebook.get_programme(by, pk, now=now)
    permissions.check_rules(by)
    return lock(Programme.objects.select_related("insurer"), no_key=True, pk=pk)


def draft_of(programme: Programme, version: int | None = None) -> Edition:
    """The draft of the programme's rules. Raises Conflict (there is none), Stale (it is another than was seen)."""
    draft = programme.editions.filter(published_at=None).prefetch_related(*TABLES).first()
    if draft is None:
        raise Conflict(_("The programme has no draft of its rules: begin one."), code="no_draft")
    if version is not None and version != draft.version:
        raise Stale()
    return draft


@action
def begin_edition(*, by: Employee, programme_id: int, now: datetime | None = None) -> Edition:
    """Begin a draft of the rules: a copy of the latest edition. Raises NotFound, NotAllowed,
    Conflict (there is one).
    """
    now = now or clock.now()
    programme = _programme(by, programme_id, now)
    latest = programme.editions.prefetch_related(*TABLES).order_by("-number").first()
    same = ("age_from", "age_to", "ages_clause", "excluded", "excluded_clause")
    draft = Edition.objects.create(
        programme=programme, number=latest.number + 1 if latest else 1, begun_at=now, begun_by=by,
        **({name: getattr(latest, name) for name in same} if latest else {}),
    )  # fmt: skip
    if latest:
        _fill(
            draft,
            [_columns(row) for row in latest.covers.all()],
            [_columns(row) for row in latest.exclusions.all()],
        )
    return draft


def _columns(row: Cover | Exclusion) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "edition"}
    }


def _fill(draft: Edition, covers: Sequence[Row], exclusions: Sequence[Row]) -> None:
    Cover.objects.bulk_create(Cover(edition=draft, **row) for row in covers)
    Exclusion.objects.bulk_create(
        Exclusion(edition=draft, **{**row, "position": place})
        for place, row in enumerate(exclusions, start=1)
    )


@action
def save_edition(
    *,
    by: Employee,
    programme_id: int,
    version: int,
    limits: Row,
    covers: Sequence[Row],
    exclusions: Sequence[Row],
    now: datetime | None = None,
) -> Edition:
    """Write the tables of the draft as they were typed.

    Raises NotFound, NotAllowed, Conflict (no draft; a constraint), Stale (somebody saved meanwhile).
    """
    now = now or clock.now()
    draft = draft_of(_programme(by, programme_id, now), version)
    for name, value in limits.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    draft.covers.all().delete()
    draft.exclusions.all().delete()
    _fill(draft, covers, exclusions)
    return draft


@action
def drop_edition(
    *, by: Employee, programme_id: int, version: int | None = None, now: datetime | None = None
) -> None:
    """Throw the draft away, as it was seen (`version`; None: whatever it is).

    Raises NotFound, NotAllowed, Conflict (no draft), Stale (somebody saved meanwhile).
    """
    draft_of(_programme(by, programme_id, now or clock.now()), version).delete()


@action
def publish_edition(
    *, by: Employee, programme_id: int, version: int, valid_from: date, now: datetime | None = None
) -> Edition:
    """The draft counts from now on, for events from the day `valid_from` on (the day there).

    Cases opened before keep what was said to them; of editions that have not begun those from that day on never will.
    Raises NotFound, NotAllowed, Conflict (no draft, nothing is covered, nothing is changed), Stale, Invalid (a day
    before the one from which the edition in force counts).
    """
    now = now or clock.now()
    programme = _programme(by, programme_id, now)
    draft = draft_of(programme, version)
    if not draft.covers.all():
        raise Conflict(_("The rules cover no kind of help: add at least one."), code="no_cover")
    today = clock.local(now).date()
    before = programme.editions.published().in_force(today, known_at=now).first()
    if before and before.valid_from and valid_from < before.valid_from:
        raise Invalid.field(
            "valid_from",
            _("Edition %(number)d is in force from %(day)s: choose that day or a later one.")
            % {"number": before.number, "day": before.valid_from.strftime("%d.%m.%Y")},
        )
    if _changes_nothing(programme, draft, today):
        raise Conflict(
            _("The draft changes nothing: change something in it, or throw it away."), code="no_change"
        )
    draft.valid_from, draft.published_at, draft.published_by = valid_from, now, by
    draft.save()
    return draft


def _changes_nothing(programme: Programme, draft: Edition, today: date) -> bool:
    """An edition alike is one all the same where it takes back another that has not begun."""
    latest = programme.editions.published().prefetch_related(*TABLES).order_by("number").last()
    if latest is None or (latest.valid_from and latest.valid_from > today):
        return False
    return not differences(rulebook.lines_of(latest), rulebook.lines_of(draft))


@action
def keep_example(*, by: Employee, programme_id: int, values: Row, now: datetime | None = None) -> Example:
    """Keep an example with the programme. Raises NotFound, NotAllowed, Conflict (the name is taken)."""
    now = now or clock.now()
    programme = _programme(by, programme_id, now)
    return Example.objects.create(programme=programme, kept_at=now, kept_by=by, **values)


@action
def drop_example(*, by: Employee, programme_id: int, example_id: int, now: datetime | None = None) -> None:
    """Throw an example away. Raises NotFound, NotAllowed."""
    programme = _programme(by, programme_id, now or clock.now())
    if not programme.examples.filter(pk=example_id).delete()[0]:
        raise NotFound()

"""A list comes in: the file is kept as it is, the rest is work in steps."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.imports import permissions
from cases.imports.actions import flow
from cases.imports.models import Batch, Chunk, Layout
from cases.imports.rules import FIELDS
from cases.imports.rules.files import ZIP
from cases.imports.statuses import Mode, Stage, Status
from cases.insurance.models import Insurer
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from fregat.lib.text import normalise
from staff.employees.models import Employee

FILE_MAX = 300_000_000
"""The largest file that is taken, in bytes."""
_CHUNK = 1 << 20
DATE_WITHIN = timedelta(days=183)
"""No list is of a day further from today: by a wrong year who is missing would end a year too early, or never."""


@action
def receive(
    *,
    by: Employee,
    insurer: Insurer,
    mode: str,
    upload: Any,
    list_date: date | None = None,
    at_once: bool = False,
    columns: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Batch:
    """Keep the file and let it be read; `at_once`: written as soon as all of it is checked and understood.

    `upload`: has `name`, `size` and `chunks(size)`; `columns`: heading → field, of those that are said beforehand.
    Raises NotAllowed, Invalid (fields `mode`, `file`, `list_date`, `mapping`), Conflict when a list of this insurer is
    being read or written.
    """
    permissions.check_import(by, insurer)
    now = now or clock.now()
    if mode not in set(Mode):
        raise Invalid.field("mode", _("Say what the list is: full, add or end."))
    if upload.size > FILE_MAX:
        raise Invalid.field(
            "file", _("The file is too large: at most %(max)d MB.") % {"max": FILE_MAX // 1_000_000}
        )
    today = clock.local(now).date()
    if list_date is not None and abs(list_date - today) > DATE_WITHIN:
        raise Invalid.field("list_date", _("The date of the list is far from today. Is the year right?"))
    if strange := sorted({field for field in (columns or {}).values() if field and field not in FIELDS}):
        names = ", ".join(strange)
        raise Invalid.field("mapping", _("There is no such column: %(names)s.") % {"names": names})
    learned = Layout.objects.filter(insurer=insurer).first()
    batch = Batch.objects.create(
        insurer=insurer, mode=mode, status=Status.READING, file_name=_name(upload.name), digest="",
        list_date=list_date or today, uploaded_by=by, uploaded_at=now, apply_at_once=at_once,
        defaults=learned.defaults if learned else {}, mapping=dict(columns or {}),
    )  # fmt: skip
    batch.digest = _keep(batch, upload.chunks(_CHUNK))
    batch.save(update_fields=["digest"])
    flow.begin(batch, Stage.SPLIT, 1, now)
    return batch


def _keep(batch: Batch, parts: Iterable[bytes]) -> str:
    """Part by part: a large file never lies in memory as a whole."""
    digest, level = hashlib.sha256(), 1
    for n, part in enumerate(parts):
        digest.update(part)
        if n == 0 and part.startswith(ZIP):
            level = 0  # it is packed already
        Chunk.objects.create(batch=batch, n=n, data=zlib.compress(part, level))
    return digest.hexdigest()


def _name(given: str | None) -> str:
    text = normalise(given or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in text if char.isprintable())[-200:] or "list"

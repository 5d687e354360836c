"""Files that people send: checked by their content, kept in the database, given out by a view that asks first.

They lie in PostgreSQL (docs/adr/0009): saved and lost together with the row that speaks of them, in the
same backup, on every machine, and never under an address of their own. Meant for a few megabytes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fregat.lib import pictures
from fregat.lib.errors import Invalid
from fregat.lib.models import StoredFile
from fregat.lib.text import normalise

if TYPE_CHECKING:
    from staff.employees.models import Employee

MAX_BYTES = 5_000_000
"""The largest file, in bytes."""
NAME_MAX = 100
"""The longest name that is kept, in characters; a longer one is cut before its ending."""


KINDS = {"pdf": "application/pdf", "webp": "image/webp"}
"""Kinds that are kept, and how they are served. Every picture becomes a WebP (`fregat.lib.pictures`)."""
ACCEPT = ".pdf,.png,.jpg,.jpeg,.webp"
"""For the `accept` of a file field."""

_PICTURE = re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|RIFF....WEBP", re.DOTALL)
_TAIL = 2048
"""Bytes at the end of a whole PDF among which its last mark stands."""


@dataclass(frozen=True)
class Accepted:
    """A file that was read and recognised, not yet kept."""

    name: str
    kind: str
    content: bytes


def accept(upload: Any) -> Accepted:
    """Read an upload whose name and declared type are not believed. Raises ValidationError with a sentence.

    A PDF is kept as it is, a picture is drawn anew: nothing that hides in it or beside it is kept.
    """
    if upload.size > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise ValidationError(
            _("The file is too large: at most %(max)d MB.") % {"max": most}, code="too_large"
        )
    content: bytes = upload.read()
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]:
        kind = "pdf"
    elif _PICTURE.match(content):
        kind, content = "webp", _drawn_anew(content)
    else:
        raise ValidationError(
            _("This file cannot be kept. Choose a whole PDF, or a picture: JPEG, PNG or WebP."), code="kind"
        )
    return Accepted(_plain_name(str(upload.name), kind), kind, content)


def _drawn_anew(content: bytes) -> bytes:
    try:
        return pictures.whole(content).content
    except Invalid as refused:
        raise ValidationError([str(text) for text in refused.errors["file"]], code="picture") from None


def keep(accepted: Accepted, *, by: Employee | None, now: datetime) -> StoredFile:
    """Write the file, inside the caller's transaction. `by`: who sent it."""
    return StoredFile.objects.create(
        name=accepted.name, kind=accepted.kind, size=len(accepted.content), kept_at=now, kept_by=by,
        digest=hashlib.sha256(accepted.content).hexdigest(), content=accepted.content,
    )  # fmt: skip


def answer(stored: StoredFile) -> HttpResponse:
    """The file for somebody who has been asked whether they may have it."""
    return download(bytes(stored.content), KINDS[stored.kind], stored.name)


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """Something to be saved under this name: never shown by the browser, and no copy is kept on the way."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _plain_name(given: str, ending: str) -> str:
    """The last part of the name without what disturbs a screen or a disk, with the ending of its kind."""
    last = re.split(r"[/\\]", normalise(given))[-1]
    stem = re.sub(r"[^\w\-. ()№]+", "_", PurePath(last).stem).strip(" ._")
    return f"{stem[: NAME_MAX - len(ending) - 1] or 'file'}.{ending}"


class CheckedFileField(forms.FileField):
    """A file that is kept only when it is what it says; its value is `Accepted`, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("PDF, JPEG, PNG or WebP, at most 5 MB."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ACCEPT

    def clean(self, data: Any, initial: Any = None) -> Any:
        """`Accepted`, or None when nothing was sent."""
        upload = super().clean(data, initial)
        return accept(upload) if upload else None

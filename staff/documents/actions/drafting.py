"""Preparing a version: a draft that the head and the director may change until it is ordered."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid, Sentence, Stale
from staff.documents import permissions
from staff.documents.actions.rows import address, addressees_of, check_text, lock_document, version_in
from staff.documents.labels import KIND_LABELS
from staff.documents.models import Document, DocumentVersion
from staff.documents.rules import Text
from staff.documents.statuses import State
from staff.employees.models import Employee

_SHOWN = 2_000
"""Characters of a text shown when two people have changed one draft; both whole texts are kept."""


@db.action
def create_document(
    *, by: Employee | None, kind: str, text: Text, now: datetime | None = None
) -> DocumentVersion:
    """A new document with the draft of its first version. Raises NotAllowed, Invalid (by field)."""
    permissions.check_role(by, "document.write")
    if kind not in KIND_LABELS:
        raise Invalid.field("kind", _("There is no such kind of document."))
    check_text(text)
    now = now or clock.now()
    document = Document.objects.create(kind=kind, created_by=by, created_at=now)
    return _begin(document, by, text, now)


@db.action
def save_draft(
    *, by: Employee | None, document_id: int, text: Text, revision: int = 0, now: datetime | None = None
) -> DocumentVersion:
    """Write the draft of a document's next version, begun by the first save.

    `revision`: that of the draft which the person saw, 0 when there was none. Raises NotAllowed, NotFound,
    Invalid (by field), Stale (somebody has changed or begun it meanwhile).
    """
    permissions.check_role(by, "document.write")
    check_text(text)
    document = lock_document(document_id)
    now = now or clock.now()
    draft = version_in(document, State.DRAFT)
    if draft is None and revision:
        raise Stale(_("The draft that you changed was ordered or discarded meanwhile."), mine=_shown(text))
    if draft is None:
        return _begin(document, by, text, now)
    if draft.revision != revision:
        raise Stale(mine=_shown(text), theirs=_shown(text_of(draft)))
    _write(draft, text)
    draft.edited_by, draft.edited_at, draft.revision = by, now, draft.revision + 1
    draft.save()
    return draft


@db.action
def discard_draft(*, by: Employee | None, document_id: int, revision: int) -> bool:
    """Delete a draft, and with it a document that never had anything else. Returns whether the document is left.

    Raises NotAllowed, NotFound, Conflict (no draft), Stale (somebody has changed it meanwhile).
    """
    permissions.check_role(by, "document.write")
    document = lock_document(document_id)
    draft = version_in(document, State.DRAFT)
    if draft is None:
        raise Conflict(_("There is no draft to delete."), code="no_draft")
    if draft.revision != revision:
        raise Stale(theirs=_shown(text_of(draft)))
    draft.delete()
    if document.versions.exists():
        return True
    document.delete()
    return False


def text_of(version: DocumentVersion) -> Text:
    """The text of a version as the rules know it."""
    return Text(version.title, version.body, version.changes, addressees_of(version))


def _begin(document: Document, by: Employee | None, text: Text, now: datetime) -> DocumentVersion:
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    draft = DocumentVersion(
        document=document, number=last + 1, state=State.DRAFT, created_by=by, created_at=now, edited_by=by,
        edited_at=now,
    )  # fmt: skip
    _write(draft, text)
    draft.save()
    return draft


def _write(draft: DocumentVersion, text: Text) -> None:
    draft.title, draft.body, draft.changes = text.title, text.body, text.changes
    address(draft, text.to)


def _shown(text: Text) -> dict[str, str]:
    labels: dict[str, Sentence] = {"title": _("title"), "changes": _("what has changed"), "body": _("text")}
    return {str(label): getattr(text, name)[:_SHOWN] for name, label in labels.items()}

"""May this person? Each `check_…` raises with a sentence, `why_not_…` wraps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.imports.models import Batch
from cases.imports.statuses import RUNNING, Status
from cases.insurance.models import Insurer
from fregat.lib import rights
from fregat.lib.errors import Conflict, DomainError, NotAllowed, Sentence
from fregat.lib.rights import Scope
from staff.employees.models import Employee

SECOND_PERSON = _(
    "You brought this list in yourself: somebody else has it written, the client manager of the project for example."
)


def check_import(by: Employee, insurer: Insurer) -> None:
    """Lists of this insurer are brought in by them. Raises NotAllowed."""
    scopes = rights.scopes(by.role, "list.import")
    if not by.is_active or not scopes:
        raise NotAllowed()
    if Scope.CENTRE not in scopes and not Insurer.objects.visible_to(by).filter(pk=insurer.pk).exists():
        raise NotAllowed()


def check_apply(by: Employee, batch: Batch) -> None:
    """The head has nothing written that they brought in themselves. Raises NotAllowed, Conflict."""
    check_import(by, batch.insurer)
    if batch.status != Status.PREVIEW:
        raise Conflict(_("Only a list that is read and checked can be written."), code="state")
    check_second(by, batch)
    if Batch.objects.written_after(batch).filter(applied_at__gt=batch.uploaded_at).exists():
        raise Conflict(
            _("A newer list of this insurer has been written meanwhile. Bring this one in again if it still holds."),
            code="overtaken",
        )  # fmt: skip


def check_second(by: Employee, batch: Batch) -> None:
    """Is somebody else asked? Raises NotAllowed."""
    if Scope.CENTRE in rights.scopes(by.role, "list.import") and batch.uploaded_by_id == by.pk:
        raise NotAllowed(SECOND_PERSON, code="second_person")


def check_undo(by: Employee, batch: Batch) -> None:
    """The last written list of an insurer is taken back, no other. Raises NotAllowed, Conflict."""
    check_import(by, batch.insurer)
    if batch.status != Status.DONE:
        raise Conflict(_("Only a list that is written can be taken back."), code="state")
    if Batch.objects.written_after(batch).filter(applied_at__gt=batch.applied_at).exists():
        raise Conflict(
            _("Later lists of this insurer stand on this one: take those back first."), code="stood_on"
        )


def check_discard(by: Employee, batch: Batch) -> None:
    """A list that is not being written is put aside. Raises NotAllowed, Conflict."""
    check_import(by, batch.insurer)
    if batch.status not in (Status.PREVIEW, Status.READING):
        raise Conflict(_("Only a list that is not written yet can be put aside."), code="state")


def check_columns(by: Employee, batch: Batch) -> None:
    """Columns are named while nothing is written. Raises NotAllowed, Conflict."""
    check_import(by, batch.insurer)
    if batch.status != Status.PREVIEW:
        raise Conflict(_("The columns are named before the list is written."), code="state")


def why_not_apply(by: Employee, batch: Batch) -> Sentence:
    """The sentence of the refusal, or an empty string."""
    try:
        check_apply(by, batch)
    except DomainError as refused:
        return refused.sentence
    return ""


def why_not_undo(by: Employee, batch: Batch) -> Sentence:
    """The sentence of the refusal, or an empty string."""
    try:
        check_undo(by, batch)
    except DomainError as refused:
        return refused.sentence
    return ""


def is_running(batch: Batch) -> bool:
    """Is work on it going on?"""
    return batch.status in RUNNING


def ground(user: Employee) -> str:
    """The ground for the access log."""
    return "centre" if Scope.CENTRE in rights.scopes(user.role, "list.view") else "project"


def lists_open_to(reader: Employee, keys: Collection[int], now: datetime) -> Iterable[int]:
    """Of these lists those that the reader may see. One statement."""
    return Batch.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True)

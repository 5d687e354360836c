"""Locking and checking what the actions of the room share.

Order of locks: the document, then its versions. Everything that moves a version holds the document.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from fregat.lib.errors import Conflict, Invalid, NotFound, Sentence
from fregat.lib.rights import Role
from fregat.lib.text import fault_in
from staff.documents.models import Addressed, Decision, Document, DocumentVersion
from staff.documents.rules import BODY_MAX, CHANGES_MAX, TITLE_MAX, Addressees, Text, turns_round
from staff.documents.statuses import State, may_become
from staff.employees.labels import DEPARTMENT_LABELS
from staff.employees.models import Employee


def lock_document(document_id: int, *, nowait: bool = False) -> Document:
    """The document, locked until the end of the transaction. Raises NotFound."""
    document = Document.objects.select_for_update(nowait=nowait).filter(pk=document_id).first()
    if document is None:
        raise NotFound()
    return document


def lock_decision(pk: int, *, nowait: bool = False) -> Decision:
    """The decision, locked until the end of the transaction. Raises NotFound."""
    decision = Decision.objects.select_for_update(nowait=nowait).filter(pk=pk).first()
    if decision is None:
        raise NotFound()
    return decision


def version_in(document: Document, state: State) -> DocumentVersion | None:
    """The version of a locked document that stands so, if there is one."""
    return document.versions.filter(state=state).order_by("-number").first()


def move(version: DocumentVersion, to: State) -> None:
    """The new state, not saved yet. Raises Conflict when the table knows no such way."""
    if not may_become(version.state, to):
        raise Conflict(_("The version is not in a state that allows this."), code="wrong_state")
    version.state = to


def check_text(text: Text) -> None:
    """Raises Invalid by field: nothing empty, nothing too long, nothing that cannot be printed or misleads."""
    limits = {"title": (TITLE_MAX, False), "body": (BODY_MAX, True), "changes": (CHANGES_MAX, True)}
    errors: dict[str, Sentence] = {}
    for name, (longest, multiline) in limits.items():
        value: str = getattr(text, name)
        fault = fault_in(value, max_length=longest, multiline=multiline)
        if turns_round(value):
            fault = fault or _(
                "The text contains hidden marks that turn it round. Type it anew, or paste it as plain text."
            )
        if not value.strip() and name != "changes":
            fault = _("This must not be empty.")
        if fault:
            errors[name] = fault
    errors |= _faults_of(text.to)
    if errors:
        raise Invalid(errors)


def check_addressees(to: Addressees, sentence: Sentence) -> None:
    """Raises Invalid when it is addressed to nobody, or to what does not exist."""
    errors = _faults_of(to)
    if to.nobody:
        errors["roles"] = sentence
    if errors:
        raise Invalid(errors)


def _faults_of(to: Addressees) -> dict[str, Sentence]:
    errors: dict[str, Sentence] = {}
    if not set(to.roles) <= set(Role):
        errors["roles"] = _("There is no such role.")
    if not set(to.departments) <= set(DEPARTMENT_LABELS):
        errors["departments"] = _("There is no such department.")
    if to.people and Employee.objects.employed().filter(pk__in=to.people).count() != len(to.people):
        errors["people"] = _("One of these people is not employed.")
    return errors


def address(row: Addressed, to: Addressees) -> None:
    """Write the addressees into a row, not saved yet."""
    row.roles, row.departments, row.people = list(to.roles), list(to.departments), list(to.people)


def addressees_of(row: Addressed) -> Addressees:
    """The addressees as the rules know them."""
    return Addressees.of(row.roles, row.departments, row.people)

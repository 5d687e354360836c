"""The documents of a person, and one version with all that stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import DateTimeField, OuterRef, Subquery
from django.utils.safestring import SafeString

from fregat.lib import differences, markdown, rights
from fregat.lib.errors import NotFound
from staff.documents import permissions
from staff.documents.models import Document, DocumentVersion, Signature
from staff.documents.querysets import VersionQuerySet
from staff.documents.selectors.people import named_in
from staff.documents.statuses import FINAL_TEXT, State
from staff.employees.models import Employee

_STANDS_FIRST = (State.IN_FORCE, State.ORDERED, State.DRAFT, State.SUPERSEDED, State.REVOKED)


@dataclass(frozen=True)
class Line:
    """One document on the shelf: the version that holds (else the nearest to it), and what is on its way."""

    shown: DocumentVersion
    ordered: DocumentVersion | None
    draft: DocumentVersion | None

    @property
    def document(self) -> Document:
        """Its document."""
        return self.shown.document


@dataclass(frozen=True)
class Shelf:
    """The documents of the page, and whether their signatures are counted for this person."""

    lines: list[Line]
    counted: bool


def shelf(user: Employee, *, kind: str = "", state: str = "") -> Shelf:
    """What the person may read, one line a document, by kind and title. One query, two with signatures counted.

    `state`: `missing` (somebody has not signed), `draft`, `ordered`; empty for all.
    """
    counted = rights.lets(user, "document.signatures")
    rows = _with_signature_of(user, DocumentVersion.objects.visible_to(user).defer("body", "changes"))
    if kind:
        rows = rows.filter(document__kind=kind)
    versions = list(rows.select_related("document").order_by("document", "-number"))
    if counted:
        _count(versions)
    lines = [_line(list(group)) for _pk, group in groupby(versions, key=lambda row: row.document_id)]
    lines = [line for line in lines if _is(line, state)]
    lines.sort(key=lambda line: (line.document.kind, line.shown.title.casefold(), line.document.pk))
    return Shelf(lines, counted)


def _count(versions: list[DocumentVersion]) -> None:
    """Put `concerned` and `missing` to the versions that are signed now."""
    counted: Any = DocumentVersion.objects.signable().counted()
    rows = counted.values_list("pk", "concerned", "missing")
    numbers = {pk: (concerned, missing) for pk, concerned, missing in rows}
    for row in versions:
        row.concerned, row.missing = numbers.get(row.pk, (0, 0))  # type: ignore[attr-defined]


def _with_signature_of(user: Employee, rows: VersionQuerySet) -> VersionQuerySet:
    """With `signed_at`: when the person signed each."""
    mine = Signature.objects.filter(version=OuterRef("pk"), employee=user).values("at")[:1]
    return rows.annotate(signed_at=Subquery(mine, output_field=DateTimeField()))


def _line(versions: list[DocumentVersion]) -> Line:
    """`versions` of one document, the latest first."""
    by_state = {state: [row for row in versions if row.state == state] for state in State}
    shown = next(row for state in _STANDS_FIRST for row in by_state[state])
    return Line(shown, *(next(iter(by_state[state]), None) for state in (State.ORDERED, State.DRAFT)))


def _is(line: Line, state: str) -> bool:
    if state == "missing":
        return any(getattr(row, "missing", 0) for row in (line.shown, line.ordered) if row)
    return {"draft": line.draft, "ordered": line.ordered}.get(state, line) is not None


def get_document(user: Employee, pk: int, **_more: object) -> Document:
    """The gate of every address of a document: itself, if the person may read a version of it.

    Raises NotFound. One query.
    """
    rows = DocumentVersion.objects.visible_to(user).filter(document=pk).select_related("document")
    version = rows.defer("body").first()
    if version is None:
        raise NotFound()
    return version.document


def get_version(user: Employee, pk: int, number: int) -> DocumentVersion:
    """One version with its document and order. Raises NotFound. One query."""
    rows = DocumentVersion.objects.visible_to(user).select_related("document", "order")
    version = rows.filter(document=pk, number=number).first()
    if version is None:
        raise NotFound()
    return version


@dataclass(frozen=True)
class VersionPage:
    """One version with its text as HTML, its neighbours and the person's own signature."""

    version: DocumentVersion
    html: SafeString
    versions: list[DocumentVersion]
    people: list[Employee]
    mine: Signature | None
    may_sign: bool

    @property
    def draft(self) -> DocumentVersion | None:
        """The draft of the document's next version, as far as the person sees it."""
        return next((row for row in self.versions if row.state == State.DRAFT), None)

    @property
    def before(self) -> DocumentVersion | None:
        """The version that this one is compared with when nothing else is asked."""
        return _before(self.version, self.versions)


def version_page(user: Employee, pk: int, number: int | None = None) -> VersionPage:
    """A version of a document: the one in force (else the nearest to it) without a number.

    Raises NotFound. At most five queries.
    """
    versions = _versions(user, pk)
    found = _line(versions).shown if number is None else _numbered(versions, number)
    mine = Signature.objects.filter(version=found, employee=user).first()
    return VersionPage(
        version=found,
        html=markdown.render(found.body),
        versions=versions,
        people=named_in(found),
        mine=mine,
        may_sign=mine is None and found.is_signable and permissions.can(permissions.check_sign, user, found),
    )


def _versions(user: Employee, pk: int) -> list[DocumentVersion]:
    rows = DocumentVersion.objects.visible_to(user).filter(document=pk)
    rows = _with_signature_of(user, rows).select_related("document", "order", "edited_by")
    versions = list(rows.order_by("-number"))
    if not versions:
        raise NotFound()
    return versions


def _numbered(versions: Iterable[DocumentVersion], number: int) -> DocumentVersion:
    found = next((row for row in versions if row.number == number), None)
    if found is None:
        raise NotFound()
    return found


def _before(version: DocumentVersion, versions: list[DocumentVersion]) -> DocumentVersion | None:
    """The version that the person signed last before this one, else the one that held before it."""
    earlier = [row for row in versions if row.number < version.number and row.state in FINAL_TEXT]
    signed = [row for row in earlier if row.signed_at]  # type: ignore[attr-defined]
    held = [row for row in earlier if row.in_force_at and row.state != State.REVOKED]
    return next(iter([*signed, *held, *earlier]), None)


@dataclass(frozen=True)
class Changes:
    """Two versions and what differs between them; the first version has nothing to be compared with."""

    old: DocumentVersion | None
    new: DocumentVersion
    found: differences.Differences
    choices: list[DocumentVersion]


def changes_of(user: Employee, pk: int, number: int, other: int | None = None) -> Changes:
    """What a version changes against another one (by default that which the person signed, or which held before).

    Raises NotFound. One query.
    """
    versions = _versions(user, pk)
    new = _numbered(versions, number)
    old = _before(new, versions) if other is None else _numbered(versions, other)
    choices = [row for row in versions if row.number < new.number]
    found = differences.compare(_whole(old or new), _whole(new))
    return Changes(old, new, found, choices)


def _whole(version: DocumentVersion) -> str:
    return f"{version.title}\n{version.body}"

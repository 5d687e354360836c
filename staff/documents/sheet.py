"""The signature sheet: the values of `templates/pdf/documents/signatures.typ`, in the words of the reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fregat.lib import clock
from staff.documents.labels import KIND_LABELS, METHOD_LABELS, STATE_LABELS
from staff.documents.models import DocumentVersion
from staff.documents.selectors import Row, Tally
from staff.employees.models import Employee

TEMPLATE = "documents/signatures.typ"
_MOMENT = "%d.%m.%Y %H:%M"


def data_of(version: DocumentVersion, tally: Tally, now: datetime) -> dict[str, Any]:
    """Everything that stands on the sheet; `now` is when it is drawn up."""
    signed = [row for row in tally.rows if row.signature]
    missing = [row for row in tally.rows if row.missing]
    return {
        "house": _("Fregat"),
        "title": _("Signature sheet"),
        "page": _("Page {0} of {1}"),
        "facts": _facts(version),
        "signed_title": _("Have read and signed: %(count)s") % {"count": len(signed)},
        "signed_head": ["№", _("Surname, name, patronymic"), _("Position"), _("Signed"), _("How")],
        "signed": [[str(n), *_signed(row)] for n, row in enumerate(signed, 1)],
        "missing_title": _("Have not signed: %(count)s") % {"count": len(missing)},
        "missing_head": ["№", _("Surname, name, patronymic"), _("Position")],
        "missing": [[str(n), *_person(row.employee)] for n, row in enumerate(missing, 1)],
        "nobody": pgettext("people", "nobody"),
        "drawn": _("Drawn up by Fregat on %(moment)s (Kyiv time).") % {"moment": _when(now)},
        "note": _("Each signature was given in person, with the password or a code of the second factor."),
    }


def _facts(version: DocumentVersion) -> list[list[str]]:
    order = version.order
    facts = [
        [_("Document"), version.title],
        [_("Kind"), str(KIND_LABELS[version.document.kind])],
        [_("Version"), f"{version.number} ({STATE_LABELS[version.state]})"],
        [_("In force from"), _when(version.in_force_at) if version.in_force_at else "—"],
    ]
    if order is not None and order.signed_on:
        facts.append([_("Order"), f"№ {order.number}, {order.signed_on:%d.%m.%Y}"])
    return [*facts, [_("Fingerprint (SHA-256)"), version.content_hash or "—"]]


def _person(employee: Employee) -> list[str]:
    names = (employee.last_name, employee.first_name, employee.patronymic)
    return [" ".join(filter(None, names)), str(employee.get_role_display())]


def _signed(row: Row) -> list[str]:
    assert row.signature is not None  # noqa: S101 - filtered before
    return [*_person(row.employee), _when(row.signature.at), str(METHOD_LABELS[row.signature.method])]


def _when(instant: datetime) -> str:
    return clock.local(instant).strftime(_MOMENT)

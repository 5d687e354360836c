"""The kind of order that brings a version of a document into force: its words, and what it does (JD X.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fregat.lib.errors import Sentence
from staff.documents.actions import ordering
from staff.documents.models import DocumentVersion
from staff.documents.querysets import concerned_by
from staff.documents.statuses import State
from staff.employees.models import Employee, Order
from staff.employees.registry import Clause, OrderKind


def consequences(version: DocumentVersion) -> list[Sentence]:
    """What the order about this version will do, one sentence each."""
    named = {"title": version.title, "number": version.number}
    said: list[Sentence] = [_("Version %(number)s of “%(title)s” comes into force.") % named]
    before = version.document.versions.filter(state=State.IN_FORCE).first()
    if before is not None and before.pk != version.pk:
        said.append(_("Version %(number)s is no longer in force.") % {"number": before.number})
    count = concerned_by(version).count()
    said.append(
        ngettext(
            "%(count)s employee is told at once and must sign it.",
            "%(count)s employees are told at once and must sign it.",
            count,
        )
        % {"count": count}
    )
    return said


def _preview(order: Order, now: datetime) -> list[Sentence]:
    return consequences(ordering.version_of(order))


def _preview_revoke(order: Order, now: datetime) -> list[Sentence]:
    version = ordering.version_of(order)
    said: list[Sentence] = [_("Version %(number)s is no longer in force.") % {"number": version.number}]
    if version.supersedes is not None:
        again = _("Version %(number)s is in force again; whoever has not signed it is asked to.")
        said.append(again % {"number": version.supersedes.number})
    return [*said, _("The signatures under it are kept.")]


def _text(order: Order) -> Sequence[Clause]:
    version = ordering.version_of(order)
    people = Employee.objects.filter(pk__in=version.people).order_by("name_key", "first_name", "id")
    whom = [*version.concerns_in_words, *(person.full_name for person in people)]
    facts: list[tuple[Sentence, str]] = [
        (_("Document"), version.title),
        (_("Version"), str(version.number)),
        (_("Concerns"), ", ".join(whom)),
        (_("Fingerprint (SHA-256)"), version.content_hash),
    ]
    return [
        Clause(_("Bring into force:"), facts),
        Clause(_("Those whom the document concerns read it and sign it personally.")),
    ]


DOCUMENT = OrderKind(
    code=ordering.KIND,
    label=_("Bringing a document into force"),
    check=ordering.check,
    preview=_preview,
    take_effect=ordering.take_effect,
    revoke=ordering.revoke,
    heading=_("On bringing a document into force"),
    text=_text,
    preview_revoke=_preview_revoke,
    never_mind=ordering.revoke,
    has_form=False,
)

"""The five forms that stand ready on the page of a case, each with its key and its kept draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.casework.drafts import draft_of
from cases.casework.forms.work import CaseForm, ContactForm, EscalationForm, NoteForm, ServiceForm, TaskForm
from cases.casework.models import Case
from cases.casework.views import choices
from fregat.lib.errors import Sentence

Build = Callable[[QueryDict | None, datetime, dict[str, Any] | None], CaseForm]


@dataclass(frozen=True)
class Kind:
    """One composer: its key (by place on the keyboard), its route, its row of the matrix, its form."""

    name: str
    key: str
    icon: str
    label: Sentence
    route: str
    action: str
    build: Build


def _note(data: QueryDict | None, now: datetime, initial: dict[str, Any] | None) -> CaseForm:
    return NoteForm(data, now=now, initial=initial)


def _contact(data: QueryDict | None, now: datetime, initial: dict[str, Any] | None) -> CaseForm:
    return ContactForm(data, now=now, initial=initial)


def _task(data: QueryDict | None, now: datetime, initial: dict[str, Any] | None) -> CaseForm:
    return TaskForm(data, now=now, initial=initial, people=choices.people(now))


def _service(data: QueryDict | None, now: datetime, initial: dict[str, Any] | None) -> CaseForm:
    return ServiceForm(data, now=now, initial=initial, kinds=choices.kinds(), currencies=choices.currencies())


def _escalation(data: QueryDict | None, now: datetime, initial: dict[str, Any] | None) -> CaseForm:
    return EscalationForm(data, now=now, initial=initial)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("note", "N", "sticky-note", _("Note"), "casework:case_notes", "case.add", _note),
        Kind("contact", "C", "phone", _("Contact"), "casework:case_contacts", "case.add", _contact),
        Kind("task", "T", "list-todo", _("Task"), "casework:case_tasks", "case.add", _task),
        Kind("service", "S", "stethoscope", _("Help"), "casework:case_services", "case.work", _service),
        Kind(
            "escalation",
            "E",
            "siren",
            _("Tell the senior manager"),
            "casework:case_escalations",
            "escalation.raise",
            _escalation,
        ),
    )
}


def drafts_of(number: str) -> list[str]:
    """The names of the drafts in which is kept what was typed and not sent."""
    return [draft_of(name, number) for name in KINDS]


def of(case: Case, now: datetime, *, works: bool) -> list[dict[str, Any]]:
    """The composers of the page, those with something typed open (`drafts` beside the case); one statement."""
    rows = {row["form"]: row["data"] for row in case.drafts}
    kept = {
        form: {name: values[-1] for name, values in data.items() if values} for form, data in rows.items()
    }
    return [
        drawn(kind, case.number, kind.build(None, now, kept.get(draft_of(kind.name, case.number))))
        | {"restored": _typed(kept.get(draft_of(kind.name, case.number)))}
        for kind in KINDS.values()
        if works or kind.name != "service"
    ]


def drawn(kind: Kind, number: str, form: CaseForm) -> dict[str, Any]:
    """The values of `_composer_form.html`."""
    return {
        "name": kind.name, "key": kind.key, "icon": kind.icon, "label": kind.label, "form": form,
        "action": reverse(kind.route, args=[number]), "draft": draft_of(kind.name, number),
    }  # fmt: skip


def _typed(kept: dict[str, str] | None) -> bool:
    """Something that only a person types is in the draft."""
    return bool(kept and (kept.get("text") or kept.get("party") or kept.get("note") or kept.get("kind")))

"""Job descriptions of the demonstration and a decision of the head: ordered, signed and acknowledged by all."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from fregat.lib import clock
from fregat.lib.rights import Role
from staff.documents import actions
from staff.documents.models import Document, DocumentVersion
from staff.documents.querysets import concerned_by
from staff.documents.rules import Addressees, DecisionKind, Text
from staff.employees.models import Employee, Order

TEXTS = Path(__file__).parent / "texts"
BEFORE = timedelta(days=150)
"""So long ago the descriptions came into force."""
SECOND = timedelta(days=40)
"""So long ago the operator's was changed."""
DECIDED = timedelta(days=12)

DESCRIPTIONS = (
    ("operator", Role.OPERATOR, "Посадова інструкція оператора контакт-центру"),
    ("senior", Role.SENIOR, "Посадова інструкція старшого менеджера контакт-центру"),
    ("doctor", Role.DOCTOR, "Посадова інструкція лікаря-консультанта"),
)
FIRST = (
    (
        (
            "Її час у межах зміни оператор пропонує, а старший менеджер погоджує, зважаючи на"
            " кількість дзвінків і на те, хто ще відсутній."
        ),
        "Її час оператор обирає сам у межах зміни.",
    ),
    (
        (
            "4. Той, хто приймає справу, повторює своїми словами, що робитиме далі. До прийняття оператор відповідає на"
            " його запитання.\n"
        ),
        "",
    ),
    ("не повільніше ніж 100 знаків", "не повільніше ніж 80 знаків"),
)
"""What the operator's description said before it was changed: the text now, and the text then."""
CHANGES = (
    "Обідню перерву погоджує старший менеджер. Додано пункт про повторення своїми словами під час передачі справи."
    " Норма друку — 100 знаків за хвилину."
)
DECISION = "Про обіцянки застрахованим"


def write(people: dict[str, Employee], now: datetime) -> None:
    """Write all of it once, in the order of time; whoever it concerns has signed and acknowledged."""
    if Document.objects.exists():
        return
    # Where orders were issued already theirs stay the latest: numbers and dates go forward together.
    fresh = not Order.objects.filter(signed_on__gt=clock.local(now - BEFORE).date()).exists()
    first, second = (now - BEFORE, now - SECOND) if fresh else (now, now)
    changed = {}
    for name, role, title in DESCRIPTIONS:
        body = (TEXTS / f"{name}.md").read_text(encoding="utf-8").strip()
        text = _text(title, _as_it_was(body) if role == Role.OPERATOR else body, role)
        draft = actions.create_document(by=people["head"], kind="job_description", text=text, now=first)
        _bring_into_force(people["director"], draft, first)
        if text.body != body:
            changed[draft.document_id] = _text(title, body, role, CHANGES)
    for document_id, text in changed.items():
        draft = actions.save_draft(by=people["head"], document_id=document_id, text=text, now=second)
        _bring_into_force(people["director"], draft, second)
    _decide(people["head"], now - DECIDED)


def _text(title: str, body: str, role: Role, changes: str = "") -> Text:
    return Text(title, body, changes, Addressees.of([role]))


def _as_it_was(body: str) -> str:
    for now, then in FIRST:
        body = body.replace(now, then)
    return body


def _bring_into_force(director: Employee, draft: DocumentVersion, at: datetime) -> None:
    """The order, and in the days after it the signatures of all whom it concerns."""
    actions.order_version(
        by=director,
        document_id=draft.document_id,
        revision=draft.revision,
        signed_on=clock.local(at).date(),
        now=at,
    )
    for hours, person in enumerate(concerned_by(draft).order_by("pk"), start=2):
        actions.sign_in_demonstration(employee=person, version_id=draft.pk, now=at + timedelta(hours=hours))


def _decide(head: Employee, at: datetime) -> None:
    body = (TEXTS / "decision.md").read_text(encoding="utf-8").strip()
    to = Addressees.of([Role.OPERATOR, Role.SENIOR, Role.DOCTOR])
    decision = actions.publish_decision(
        by=head, kind=DecisionKind.DECISION, text=Text(DECISION, body, to=to), now=at
    )
    for minutes, person in enumerate(concerned_by(decision).order_by("pk"), start=5):
        actions.acknowledge(by=person, decision_id=decision.pk, now=at + timedelta(minutes=7 * minutes))

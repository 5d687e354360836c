"""Words for people: statuses, relations, reasons. The two quoted labels of JD II.11-12 stand letter for letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cases.casework.statuses import Status
from cases.insurance.labels import VERDICT_LABELS
from cases.privacy.labels import GIVEN_PART_LABELS, RECIPIENT_LABELS
from fregat.lib import clock
from fregat.lib.errors import Sentence

if TYPE_CHECKING:
    from cases.casework.models import TimelineEntry

STATUS_LABELS = {
    Status.DRAFT: _("Draft of a case"),
    Status.REPORTED: _("Reported. Organising help"),
    Status.ASSISTED: _("Help given. Awaiting documents"),
    Status.DOCUMENTS: _("Documents received. Checking invoices"),
    Status.SUBMITTED: _("Submitted to the insurer"),
    Status.CLOSED: _("Closed"),
    Status.DECLINED: _("Declined"),
    Status.CANCELLED: _("Cancelled"),
}

RELATION_LABELS = {
    "self": _("insured person"),
    "relative": _("relative"),
    "companion": _("companion"),
    "doctor": _("doctor"),
    "hotel": _("hotel"),
    "insurer": _("insurance company"),
    "other": _("other"),
}

SERVICE_STATE_LABELS = {
    "needed": _("needed"),
    "arranged": _("arranged"),
    "given": _("given"),
    "cancelled": _("not needed any more"),
}

CHANNEL_LABELS = {
    "phone": _("telephone"),
    "email": _("e-mail"),
    "fax": _("fax"),
    "messenger": _("messenger"),
    "sip": _("SIP"),
}

DIRECTION_LABELS = {"in": _("incoming"), "out": _("outgoing")}

ESCALATION_LABELS = {
    "country": _("country under watch"),
    "hospital": _("hospital stay"),
    "transport": _("transport"),
    "expensive": _("expensive examination"),
    "complaint": _("complaint or displeasure"),
    "unusual": _("unusual situation"),
    "woken": _("woken: it cannot wait"),
}

RESPONSIBILITY_LABELS = {
    "registered": _("registered the case"),
    "taken_over": _("took the case over"),
    "assigned": _("assigned by the senior manager"),
    "shift_end": _("end of the shift"),
    "refused": _("the receiver refused"),
    "not_accepted": _("not accepted in time"),
    "dismissed": _("the responsible person left the staff"),
    "transferred": _("the responsible person was transferred"),
    "orphan": _("nobody on duty answered for the case"),
}

NEED_SENTENCES: dict[str, Sentence] = {
    "caller": _("Say who is calling: a name or a phone number."),
    "who": _("Choose the insured person, or enter the name as it was told."),
    "description": _("Say what happened."),
    "service": _("Add the help that was given."),
    "policy": _("Find the policy: a provisional case is not submitted to the insurer."),
    "tasks": _("Complete the tasks of the case first."),
}

FAULT_SENTENCES: dict[str, Sentence] = {
    "ahead": _("The time of the event is more than a day ahead."),
    "long_ago": _("The time of the event is too long ago."),
    "before_birth": _("The event cannot be before the person's birth."),
    "born_ahead": _("The date of birth is in the future."),
    "born_long_ago": _("The date of birth is too long ago."),
    "past": _("The time is past already."),
    "far": _("The time is more than a year ahead."),
}

FIELD_LABELS: dict[str, Sentence] = {
    "person": _("insured person"),
    "policy": _("policy"),
    "insurer": _("insurer"),
    "person_name": _("name of the insured person"),
    "person_birth_date": _("date of birth"),
    "policy_number": _("policy number as told"),
    "caller_name": _("caller"),
    "caller_relation": _("relation"),
    "caller_phone": _("phone"),
    "country": _("country"),
    "city": _("town"),
    "address": _("where exactly"),
    "occurred_at": _("when it happened"),
    "description": _("what happened"),
    "displeased": _("the insured person is displeased"),
    "unusual": _("what is unusual"),
    "status": _("status"),
    "responsible": _("responsible"),
    "provisional": _("provisional"),
    "answers": _("answers to questions of the rules"),
    "verdict": _("verdict"),
    "zone": _("time zone"),
}


def shown(value: Any) -> str:
    """A field's value for putting two versions side by side."""
    if value is None or value == "":
        return "—"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(one)}" for name, one in value.items()) or "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return clock.local(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(getattr(value, "name", "") or getattr(value, "full_name", "") or value)


# --- The time line --------------------------------------------------------------------------
DOCTOR_SILENT = "doctor_silent"
POLICY_ENDED = "policy_ended"
POLICY_ENDED_NOTICE = (
    _(
        "Policy %(number)s covers nothing from %(since)s; case %(case)s keeps the terms that it was opened with."
    ),
    "file-x",
)
"""Told to whoever answers for a case that relies on the policy, while they may see the case."""
POLICY_LEFT = "policy_left"
POLICY_LEFT_NOTICE = (
    _(
        "Policy %(number)s insures the person of case %(case)s no longer from %(since)s; the case keeps the terms that"
        " it was opened with."
    ),
    "file-x",
)
"""The same when the policy goes on for others."""

NOTICES = {
    DOCTOR_SILENT: (
        _("%(name)s was woken and has not answered: case %(number)s is yours to decide on."),
        "siren",
    ),
}
"""Kinds of notices of the room: sentence and icon."""

TIMELINE_LABELS: dict[str, Sentence] = {
    "draft": _("Draft begun"),
    "registered": _("Case registered"),
    "changed": _("Corrected: %(fields)s"),
    "answered": _("Questions of the rules answered. Cover: %(verdict)s"),
    "status": _("Status: %(from)s → %(to)s"),
    "responsible": _("Responsible: %(from)s → %(to)s (%(reason)s)"),
    "contact": _("%(channel)s, %(direction)s: %(party)s"),
    "note": _("Note"),
    "unfinished": _("Was being typed and not sent"),
    "disclosed": _("Passed on (%(kind)s %(to)s): %(parts)s"),
    "consent_asked": _("The insurer’s consent asked for (%(kind)s %(to)s): %(parts)s"),
    "task": _("Task until %(due_at)s"),
    "task_done": _("Task done: %(task)s"),
    "service": _("Help needed: %(name)s"),
    "service_state": _("%(name)s: %(state)s"),
    "escalation_raised": _("Told to the senior manager (%(to)s): %(reason)s"),
    "escalation_doctor": _("Doctor woken (%(to)s): %(reason)s"),
    "escalation_passed": _("%(doctor)s did not answer in time, told to %(to)s: %(reason)s"),
    "escalation_acknowledged": _("Acknowledged: %(reason)s"),
    "escalation_cancelled": _("Found unfounded: %(reason)s"),
    POLICY_ENDED: _(
        "Policy %(number)s covers nothing from %(since)s. The case keeps the terms that it was opened with."
    ),
    POLICY_LEFT: _(
        "Policy %(number)s insures this person no longer from %(since)s. The case keeps the terms that it was opened"
        " with."
    ),
    "escalation_risen": _("Not acknowledged in time, told to the head (%(to)s): %(reason)s"),
}
"""How each kind of line is worded; rooms above add theirs in `AppConfig.ready()`."""

VEILED_LABELS: dict[str, Sentence] = {
    POLICY_ENDED: TIMELINE_LABELS[POLICY_ENDED],
    POLICY_LEFT: TIMELINE_LABELS[POLICY_LEFT],
    "changed": TIMELINE_LABELS["changed"],
    "status": TIMELINE_LABELS["status"],
    "responsible": TIMELINE_LABELS["responsible"],
    "task": TIMELINE_LABELS["task"],
    "contact": _("%(channel)s, %(direction)s"),
    "task_done": _("Task done"),
    "service": _("Help needed"),
    "service_state": _("Help: %(state)s"),
}
"""The same lines for who does not read the medical part; of another kind the label, if it holds no values."""

VEILED_OTHER = _("Entry of the case")

MEDICAL_HELP = _("Medical help")
"""In place of the kind of help."""


def _in_language(values: dict[str, Any]) -> str:
    english = (get_language() or "uk").startswith("en")
    return str(values.get("name_en" if english else "name_uk") or values.get("kind", ""))


def _instant(value: str) -> str:
    try:
        return clock.local(datetime.fromisoformat(value)).strftime("%d.%m.%Y %H:%M")
    except ValueError:
        return value


_STATUS_VALUES = {str(code): label for code, label in STATUS_LABELS.items()}

_PASSED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "kind": lambda v: RECIPIENT_LABELS.get(v.get("kind", ""), ""),
    "parts": lambda v: ", ".join(str(GIVEN_PART_LABELS.get(one, one)) for one in v.get("parts", [])),
}
TIMELINE_WORDS: dict[str, dict[str, Callable[[dict[str, Any]], Any]]] = {
    "changed": {
        "fields": lambda v: ", ".join(str(FIELD_LABELS.get(name, name)) for name in v.get("fields", []))
    },
    "answered": {"verdict": lambda v: VERDICT_LABELS.get(v.get("verdict", ""), "")},
    "status": {
        "from": lambda v: _STATUS_VALUES.get(v.get("from", ""), ""),
        "to": lambda v: _STATUS_VALUES.get(v.get("to", ""), ""),
    },
    "responsible": {"reason": lambda v: RESPONSIBILITY_LABELS.get(v.get("reason", ""), "")},
    "contact": {
        "channel": lambda v: capfirst(str(CHANNEL_LABELS.get(v.get("channel", ""), ""))),
        "direction": lambda v: DIRECTION_LABELS.get(v.get("direction", ""), ""),
    },
    "disclosed": _PASSED,
    "consent_asked": _PASSED,
    "task": {"due_at": lambda v: _instant(v.get("due_at", ""))},
    "service": {"name": _in_language},
    "service_state": {
        "name": lambda v: capfirst(_in_language(v)),
        "state": lambda v: SERVICE_STATE_LABELS.get(v.get("state", ""), ""),
    },
    **{
        kind: {"reason": lambda v: ESCALATION_LABELS.get(v.get("reason", ""), "")}
        for kind in TIMELINE_LABELS
        if kind.startswith("escalation_")
    },
}
"""Values of a line that are worded when it is read, by its kind; rooms above add those of their lines."""


def timeline_text(entry: TimelineEntry, *, medical: bool = True) -> str:
    """One line of the time line in the reader's language; its own text (`entry.text`) is shown beside it.

    `medical` False: worded for who does not read the medical part.
    """
    label = TIMELINE_LABELS.get(entry.kind)
    if label is None:
        return entry.kind
    if not medical:
        label = VEILED_LABELS.get(entry.kind) or (label if "%(" not in str(label) else VEILED_OTHER)
    values = {
        **entry.values,
        **{name: word(entry.values) for name, word in TIMELINE_WORDS.get(entry.kind, {}).items()},
    }
    try:
        return str(label) % values
    except (KeyError, TypeError, ValueError):
        return str(label)

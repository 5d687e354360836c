"""What the API gives out: shapes for OpenAPI, and functions that fill them (plain dicts: lists are read often)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from cases.casework.labels import (
    ESCALATION_LABELS,
    FIELD_LABELS,
    MEDICAL_HELP,
    RESPONSIBILITY_LABELS,
    SERVICE_STATE_LABELS,
    STATUS_LABELS,
    shown,
    timeline_text,
)
from cases.casework.medical import Reading
from cases.casework.models import (
    Case,
    CaseService,
    Contact,
    Escalation,
    Note,
    Responsibility,
    Task,
    TimelineEntry,
)
from cases.casework.serializers.cover import CoverSaidSerializer, cover_json
from cases.casework.statuses import Status
from fregat.lib import clock


def _at(instant: datetime | None) -> str | None:
    return clock.local(instant).isoformat() if instant else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _null_string(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(allow_null=True, **kwargs)


def _null_time(**kwargs: Any) -> serializers.DateTimeField:
    return serializers.DateTimeField(allow_null=True, **kwargs)


_VEILED = "Null in lists, and when the medical part is closed to the reader."


class EscalationSerializer(serializers.Serializer):
    """What was told to the senior manager."""

    id = serializers.IntegerField()
    case = serializers.CharField(help_text="Number of the case.")
    reason = _null_string(help_text=_VEILED)
    reason_label = _null_string()
    text = _null_string(help_text=_VEILED)
    raised_at = serializers.DateTimeField()
    raised_by = _null_string(help_text="Null: the program.")
    due_at = serializers.DateTimeField()
    addressee = serializers.CharField()
    risen_at = _null_time()
    acknowledged_at = _null_time()
    acknowledged_by = _null_string()
    cancelled = serializers.BooleanField()
    cancel_reason = _null_string(help_text=_VEILED)


def escalation_json(row: Escalation, number: str) -> dict[str, Any]:
    """One escalation."""
    return {
        "id": row.pk,
        "case": number,
        "reason": row.reason,
        "reason_label": str(ESCALATION_LABELS[row.reason]) if row.reason else None,
        "text": row.text,
        "raised_at": _at(row.raised_at),
        "raised_by": row.raised_by.username if row.raised_by else None,
        "due_at": _at(row.due_at),
        "addressee": row.addressee.username,
        "risen_at": _at(row.risen_at),
        "acknowledged_at": _at(row.acknowledged_at),
        "acknowledged_by": row.acknowledged_by.username if row.acknowledged_by else None,
        "cancelled": row.cancelled,
        "cancel_reason": row.cancel_reason,
    }


class ServiceSerializer(serializers.Serializer):
    """A kind of help inside a case."""

    id = serializers.IntegerField()
    kind = _null_string(help_text=_VEILED)
    kind_label = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    expected_cost = _null_string(help_text="A decimal number.")
    currency = _null_string()
    note = _null_string(help_text=_VEILED)


def service_json(row: CaseService) -> dict[str, Any]:
    """One kind of help."""
    return {
        "id": row.pk,
        "kind": row.kind_id,
        "kind_label": row.kind.name if row.kind else str(MEDICAL_HELP),
        "state": row.state,
        "state_label": str(SERVICE_STATE_LABELS[row.state]),
        "expected_cost": None if row.expected_cost is None else str(row.expected_cost),
        "currency": row.currency_id,
        "note": row.note,
    }


class ResponsibleSerializer(serializers.Serializer):
    """Who answers for the case, since when."""

    username = serializers.CharField()
    name = serializers.CharField()
    since = serializers.DateTimeField()


class CasePersonSerializer(serializers.Serializer):
    """The insured person."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class CasePolicySerializer(serializers.Serializer):
    """The policy."""

    id = serializers.IntegerField()
    number = serializers.CharField()


class CallerSerializer(serializers.Serializer):
    """Who was on the line."""

    name = serializers.CharField()
    relation = serializers.CharField()
    phone = serializers.CharField()


class PlaceSerializer(serializers.Serializer):
    """Where it happened."""

    country = _null_string()
    city = serializers.CharField()
    address = serializers.CharField()
    zone = serializers.CharField()


class CaseSerializer(serializers.Serializer):
    """A case."""

    number = serializers.CharField()
    status = serializers.CharField()
    status_label = serializers.CharField()
    provisional = serializers.BooleanField()
    responsible = ResponsibleSerializer()
    person = CasePersonSerializer(allow_null=True)
    person_name = serializers.CharField()
    person_birth_date = serializers.DateField(allow_null=True)
    policy = CasePolicySerializer(allow_null=True)
    policy_number = serializers.CharField()
    insurer = serializers.IntegerField(allow_null=True)
    verdict = _null_string(help_text="covered, not_covered, ask; null without a policy.")
    cover = CoverSaidSerializer(allow_null=True, help_text=_VEILED)
    caller = CallerSerializer()
    place = PlaceSerializer()
    occurred_at = _null_time()
    medical = serializers.BooleanField(
        help_text="False: the medical part is not in this answer, its fields are null: it is closed to the reader, or "
        "this is a list, and lists carry no medical texts (`GET /cases/{number}/` does)."
    )
    description = _null_string(help_text=_VEILED)
    displeased = serializers.BooleanField()
    unusual = _null_string(help_text=_VEILED)
    escalations = EscalationSerializer(many=True)
    services = ServiceSerializer(many=True)
    created_at = serializers.DateTimeField()
    registered_at = _null_time()
    status_at = serializers.DateTimeField()


def case_json(case: Case, reading: Reading) -> dict[str, Any]:
    """One case as somebody reads it; its rows were read by `selectors.with_rows`."""
    since = case.open_responsibilities[0].since
    told = case.shown_escalations if reading.escalations else []
    read = reading.of("case", case)
    return {
        "number": case.number,
        "status": case.status,
        "status_label": str(STATUS_LABELS[Status(case.status)]),
        "provisional": case.provisional,
        "responsible": {
            "username": case.responsible.username,
            "name": case.responsible.full_name,
            "since": _at(since),
        },
        "person": {"id": case.person.pk, "name": case.person.full_name} if case.person else None,
        "person_name": case.person_name,
        "person_birth_date": _day(case.person_birth_date),
        "policy": {"id": case.policy.pk, "number": case.policy.number} if case.policy else None,
        "policy_number": case.policy_number,
        "insurer": case.insurer_id,
        "verdict": case.verdict or None,
        "cover": cover_json(read.cover),
        "caller": {"name": case.caller_name, "relation": case.caller_relation, "phone": case.caller_phone},
        "place": {
            "country": case.country_id,
            "city": case.city,
            "address": case.address,
            "zone": case.zone,
        },
        "occurred_at": _at(case.occurred_at),
        "medical": reading.whole,
        "description": read.description,
        "displeased": case.displeased,
        "unusual": read.unusual,
        "escalations": [escalation_json(row, case.number) for row in reading.all("escalation", told)],
        "services": [service_json(row) for row in reading.all("service", case.shown_services)],
        "created_at": _at(case.opened_at),
        "registered_at": _at(case.registered_at),
        "status_at": _at(case.status_at),
    }


class DuplicateSerializer(serializers.Serializer):
    """Another case that may be the same event."""

    number = serializers.CharField()
    status = serializers.CharField()
    created_at = serializers.DateTimeField()


class RegisteredSerializer(CaseSerializer):
    """A case that was registered just now."""

    possible_duplicates = DuplicateSerializer(many=True)


class ContactSerializer(serializers.Serializer):
    """A contact."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    channel = serializers.CharField()
    direction = serializers.CharField()
    party = serializers.CharField()
    address = serializers.CharField()
    text = serializers.CharField()


def contact_json(row: Contact) -> dict[str, Any]:
    """One contact."""
    return {
        "id": row.pk,
        "at": _at(row.at),
        "by": row.by.username,
        **{name: getattr(row, name) for name in ("channel", "direction", "party", "address", "text")},
    }


class NoteSerializer(serializers.Serializer):
    """A note."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    text = serializers.CharField()


def note_json(row: Note) -> dict[str, Any]:
    """One note."""
    return {"id": row.pk, "at": _at(row.at), "by": row.by.username, "text": row.text}


class TaskSerializer(serializers.Serializer):
    """A task."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    text = serializers.CharField()
    assignee = _null_string()
    due_at = serializers.DateTimeField()
    done_at = _null_time()
    done_by = _null_string()
    outcome = serializers.CharField()


def task_json(row: Task) -> dict[str, Any]:
    """One task."""
    return {
        "id": row.pk,
        "at": _at(row.at),
        "by": row.by.username,
        "text": row.text,
        "assignee": row.assignee.username if row.assignee else None,
        "due_at": _at(row.due_at),
        "done_at": _at(row.done_at),
        "done_by": row.done_by.username if row.done_by else None,
        "outcome": row.outcome,
    }


class TimelineSerializer(serializers.Serializer):
    """One line of what happened. `title` is worded in the reader's language, `text` is what a person typed."""

    at = serializers.DateTimeField()
    by = _null_string(help_text="Null: the program.")
    kind = serializers.CharField()
    title = serializers.CharField()
    text = _null_string(help_text=_VEILED)


def timeline_json(entry: TimelineEntry, reading: Reading) -> dict[str, Any]:
    """One line of the time line."""
    return {
        "at": _at(entry.at),
        "by": entry.by.username if entry.by else None,
        "kind": entry.kind,
        "title": timeline_text(entry, medical=reading.medical),
        "text": reading.value("timeline", "text", entry.text),
    }


class LinkSerializer(serializers.Serializer):
    """One link of the chain of responsibility."""

    username = serializers.CharField()
    to = _null_time()
    reason = serializers.CharField()
    reason_label = serializers.CharField()
    text = _null_string(help_text=_VEILED)
    by = _null_string(help_text="Null: the program.")

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return {**super().get_fields(), "from": serializers.DateTimeField()}


def link_json(row: Responsibility) -> dict[str, Any]:
    """One link."""
    return {
        "username": row.employee.username,
        "from": _at(row.since),
        "to": _at(row.until),
        "reason": row.reason,
        "reason_label": str(RESPONSIBILITY_LABELS[row.reason]),
        "text": row.text,
        "by": row.by.username if row.by else None,
    }


class ChangeSerializer(serializers.Serializer):
    """One field, before and after."""

    field = serializers.CharField()
    label = serializers.CharField()
    old = _null_string(help_text=_VEILED)
    new = _null_string(help_text=_VEILED)


class RevisionSerializer(serializers.Serializer):
    """One change of the case's row."""

    at = serializers.DateTimeField()
    by = _null_string()
    changes = ChangeSerializer(many=True)


def revision_json(revision: Any, reading: Reading) -> dict[str, Any]:
    """One change."""
    return {
        "at": _at(revision.at),
        "by": revision.by.username if revision.by else None,
        "changes": [
            {
                "field": change.name,
                "label": str(FIELD_LABELS.get(change.name, change.name)),
                "old": reading.value("case", change.name, shown(change.old)),
                "new": reading.value("case", change.name, shown(change.new)),
            }
            for change in revision.changes
        ],
    }

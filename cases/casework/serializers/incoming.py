"""What the API takes in. No message quotes what was sent: it may hold anything, in any encoding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.casework.rules import CaseFacts, ServiceFacts
from cases.insurance.serializers import AnswersField
from fregat.lib.api import CleanCharField, CleanTextField, InstantField

_ID_MAX = 2**63 - 1


def _row_id(**kwargs: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=_ID_MAX, required=False, allow_null=True, **kwargs)


def _line(max_length: int, **kwargs: Any) -> CleanCharField:
    return CleanCharField(max_length=max_length, required=False, allow_blank=True, allow_null=True, **kwargs)


def _text(**kwargs: Any) -> CleanTextField:
    return CleanTextField(required=False, allow_blank=True, allow_null=True, **kwargs)


class CallerInSerializer(serializers.Serializer):
    """Who is on the line."""

    name = _line(200)
    relation = _line(12, help_text="self relative companion doctor hotel insurer other")
    phone = _line(40)


class PlaceInSerializer(serializers.Serializer):
    """Where it happened."""

    country = _line(2, help_text="ISO 3166-1 alpha-2")
    city = _line(120)
    address = _line(300)

    def validate_country(self, value: str | None) -> str:
        """Codes in any case."""
        return (value or "").upper()


class ServiceInSerializer(serializers.Serializer):
    """One kind of help that is needed."""

    kind = CleanCharField(max_length=30)
    expected_cost = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    currency = _line(3, help_text="ISO 4217")
    note = _line(300)

    def facts(self) -> ServiceFacts:
        """For the actions."""
        return service_facts(self.validated_data)


def service_facts(given: Mapping[str, Any]) -> ServiceFacts:
    """One service as the actions take it."""
    return ServiceFacts(
        kind=given["kind"],
        expected_cost=given.get("expected_cost"),
        currency=(given.get("currency") or "").upper(),
        note=given.get("note") or "",
    )


class _FactsSerializer(serializers.Serializer):
    """The facts of a case."""

    person = _row_id()
    policy = _row_id()
    insurer = _row_id()
    person_name = _line(200)
    person_birth_date = serializers.DateField(required=False, allow_null=True)
    policy_number = _line(60)
    caller = CallerInSerializer(required=False)
    place = PlaceInSerializer(required=False)
    occurred_at = InstantField(required=False, allow_null=True)
    description = _text()
    displeased = serializers.BooleanField(required=False)
    unusual = _text()
    answers = AnswersField(required=False, help_text="To the questions of the rules, by code")

    def given(self) -> dict[str, Any]:
        """Fields of `CaseFacts` that were sent, with their values."""
        sent: Mapping[str, Any] = self.validated_data
        facts = {name: sent[name] for name in sent if name not in {"caller", "place", "services"}}
        facts |= {f"caller_{name}": value for name, value in sent.get("caller", {}).items()}
        facts |= dict(sent.get("place", {}))
        rows = {"person", "policy", "insurer", "person_birth_date", "occurred_at", "token", "displeased"}
        return {name: "" if value is None and name not in rows else value for name, value in facts.items()}


class CaseInSerializer(_FactsSerializer):
    """A case to be registered. `token`: the same one sent again gives the same case."""

    services = ServiceInSerializer(many=True, required=False)
    token = serializers.UUIDField(required=False, allow_null=True)
    draft = serializers.BooleanField(required=False, default=False)

    def facts(self) -> CaseFacts:
        """For the action."""
        given = self.given()
        given.pop("draft", None)
        services = tuple(service_facts(row) for row in self.validated_data.get("services", ()))
        return CaseFacts(**given, services=services)


class CaseChangeSerializer(_FactsSerializer):
    """Corrections of a case's facts: what is not sent stays."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what cannot be changed here, instead of ignoring it."""
        if isinstance(data, Mapping):
            foreign = [name for name in data if name not in self.fields]
            if foreign:
                raise serializers.ValidationError(
                    {_printable(name): [_("This cannot be changed here.")] for name in foreign[:20]}
                )
        return super().to_internal_value(data)


def _printable(name: Any) -> str:
    text = str(name)[:60]
    return text if text.isprintable() else "?"


class TransitionSerializer(serializers.Serializer):
    """Where to, and why."""

    to = CleanCharField(max_length=20)
    reason = _text()


class AssignSerializer(serializers.Serializer):
    """To whom (username), and why."""

    to = CleanCharField(max_length=60)
    reason = _text()


class ContactInSerializer(serializers.Serializer):
    """A call, letter, fax or message."""

    channel = CleanCharField(max_length=12)
    direction = CleanCharField(max_length=3)
    party = CleanCharField(max_length=200)
    address = _line(200)
    text = _text()


class NoteInSerializer(serializers.Serializer):
    """Something written down."""

    text = CleanTextField()


class TaskInSerializer(serializers.Serializer):
    """Something to be done; without `assignee` (username) by whoever answers for the case."""

    text = CleanTextField()
    due_at = InstantField()
    assignee = _line(60)


class OutcomeSerializer(serializers.Serializer):
    """What came of a task."""

    outcome = _text()


class ServiceStateSerializer(serializers.Serializer):
    """Where a kind of help stands."""

    state = CleanCharField(max_length=10)
    reason = _text()


class EscalationInSerializer(serializers.Serializer):
    """What the senior manager must know."""

    reason = CleanCharField(max_length=12)
    text = CleanTextField()

    def validate_reason(self, value: str) -> str:
        """Somebody is woken on a page of its own, which tells them and does not wake twice."""
        if value == "woken":
            raise serializers.ValidationError(_("Wake people on the page of the night mode."))
        return value


class UnfoundedSerializer(serializers.Serializer):
    """Why."""

    reason = _text()


class CaseFilterSerializer(serializers.Serializer):
    """Filters of the list of cases."""

    status = _line(12)
    responsible = _line(60)
    insurer = serializers.IntegerField(min_value=1, max_value=_ID_MAX, required=False)
    country = _line(2)
    due_before = InstantField(required=False, help_text="With a task that is due before.")
    number = _line(12)


class EscalationFilterSerializer(serializers.Serializer):
    """Filters of the list of escalations."""

    open = serializers.BooleanField(required=False, allow_null=True, default=None)

"""Shifts as the REST API says them (interfaces: REST API)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from fregat.lib.api import CleanCharField, CleanTextField
from shifts.attendance.labels import END_STATE_LABELS
from shifts.attendance.models import EndChange
from shifts.attendance.rules import REASON_MAX
from shifts.roster.labels import KIND_LABELS
from shifts.roster.models import Shift

_NOT_A_STATE = _("There is no such state of a change of the end.")


class InstantField(serializers.DateTimeField):
    """A time with its offset: without one, nobody knows which instant is meant on a clock-change night."""

    default_error_messages = {"naive": _("Give the time with its offset, as 2026-11-23T08:00:00+02:00.")}

    def to_internal_value(self, value: Any) -> datetime:
        """The aware instant."""
        if isinstance(value, str):
            try:
                parsed = parse_datetime(value.strip())
            except ValueError:
                parsed = None
            if parsed is not None and parsed.tzinfo is None:
                self.fail("naive")
        found: datetime = super().to_internal_value(value)
        return found


class ShiftSerializer(serializers.ModelSerializer):
    """A shift as it is shown."""

    employee = serializers.CharField(source="employee.username")
    begun_at = serializers.SerializerMethodField()

    class Meta:
        model = Shift
        fields = ("id", "employee", "starts_at", "ends_at", "kind", "leads", "begun_at")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_begun_at(self, shift: Shift) -> str | None:
        """When the employee really began; null when nobody has come yet."""
        attendance = getattr(shift, "attendance", None)
        if attendance is None:
            return None
        shown: str = serializers.DateTimeField().to_representation(attendance.begun_at)
        return shown


class ShiftChangeSerializer(serializers.Serializer):
    """What may be changed in a shift; `reason` overrides the soft rules, never the overlap."""

    starts_at = InstantField(required=False)
    ends_at = InstantField(required=False)
    kind = serializers.ChoiceField(list(KIND_LABELS.items()), required=False)
    leads = serializers.BooleanField(required=False)
    reason = CleanTextField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class ShiftPlanSerializer(ShiftChangeSerializer):
    """A new shift."""

    employee = CleanCharField(max_length=60)
    starts_at = InstantField()
    ends_at = InstantField()
    kind = serializers.ChoiceField(list(KIND_LABELS.items()))
    leads = serializers.BooleanField(default=False)


class EndChangeSerializer(serializers.ModelSerializer):
    """A wish to end `shift` at `ends_at` instead of `planned_end`; `answer` is why it was refused."""

    employee = serializers.CharField(source="shift.employee.username")
    asked_by = serializers.CharField(source="asked_by.username")
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)

    class Meta:
        model = EndChange
        fields = (
            "id", "shift", "employee", "planned_end", "ends_at", "reason", "asked_by", "asked_at", "state",
            "decided_by", "decided_at", "answer",
        )  # fmt: skip


class EndAskSerializer(serializers.Serializer):
    """Another end of a shift, and why."""

    ends_at = InstantField()
    reason = CleanTextField(max_length=REASON_MAX)


class EndAgreeSerializer(serializers.Serializer):
    """Agreement; a rule of working time that is not kept needs the reason why it has to be so."""

    reason = CleanTextField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class EndRefuseSerializer(serializers.Serializer):
    """Why not."""

    reason = CleanTextField(max_length=REASON_MAX)


class EndFilterSerializer(serializers.Serializer):
    """Filters of the list of changes of the end."""

    waits_for_me = serializers.BooleanField(
        required=False, default=False, help_text="Those alone about which I am asked."
    )
    asked_by = CleanCharField(max_length=150, required=False, allow_blank=True, help_text="A username.")
    employee = CleanCharField(max_length=150, required=False, allow_blank=True, help_text="A username.")
    state = serializers.ChoiceField(
        list(END_STATE_LABELS.items()), required=False, allow_blank=True,
        error_messages={"invalid_choice": _NOT_A_STATE},
    )  # fmt: skip

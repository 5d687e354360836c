"""Breaks as the REST API says them (interfaces: REST API)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from fregat.lib.api import CleanCharField, CleanTextField
from shifts.attendance.serializers import InstantField
from shifts.breaks.labels import FAULTS, KIND_LABELS, READY_LABELS, STATE_LABELS
from shifts.breaks.models import Break
from shifts.breaks.rules import REASON_MAX, Ready
from shifts.roster.models import Shift

ON_DUTY_LABELS = {code: label for code, label in READY_LABELS.items() if code != Ready.OFF}
_NOT_A_STATE = _("There is no such state of a break.")


class BreakSerializer(serializers.ModelSerializer):
    """A break as it is shown. `starts_at`, `ends_at` are planned, `begun_at`, `ended_at` really were."""

    employee = serializers.CharField(source="shift.employee.username")
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)

    class Meta:
        model = Break
        fields = (
            "id", "employee", "shift", "kind", "state", "asked_for", "asked_at", "starts_at", "ends_at",
            "decided_by", "decided_at", "reason", "begun_at", "ended_at", "ended_by_program",
        )  # fmt: skip


class PresenceSerializer(serializers.ModelSerializer):
    """Somebody on duty, and whether they take new calls."""

    employee = serializers.CharField(source="employee.username")
    shift = serializers.IntegerField(source="pk")
    presence = serializers.SerializerMethodField()

    class Meta:
        model = Shift
        fields = ("employee", "shift", "presence", "starts_at", "ends_at")

    @extend_schema_field(serializers.ChoiceField(list(ON_DUTY_LABELS.items())))
    def get_presence(self, shift: Shift) -> str:
        """`takes` new calls, `away` on a break, `finishing`: in the last 20 minutes no new call is offered."""
        presence: str = self.context["presence"](shift)
        return presence


class BreakAskSerializer(serializers.Serializer):
    """A wish: which break, from when."""

    kind = serializers.ChoiceField(
        list(KIND_LABELS.items()), error_messages={"invalid_choice": FAULTS["kind"]}
    )
    starts_at = InstantField()


class BreakAgreeSerializer(serializers.Serializer):
    """Agreement."""

    starts_at = InstantField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Another time; a break agreed already is moved to it.",
    )


class BreakRefuseSerializer(serializers.Serializer):
    """Why not."""

    reason = CleanTextField(max_length=REASON_MAX)


class BreakFilterSerializer(serializers.Serializer):
    """Filters of the list of breaks."""

    employee = CleanCharField(max_length=150, required=False, allow_blank=True, help_text="A username.")
    state = serializers.ChoiceField(
        list(STATE_LABELS.items()), required=False, allow_blank=True,
        error_messages={"invalid_choice": _NOT_A_STATE},
    )  # fmt: skip
    on = serializers.DateField(
        required=False, help_text="A day in Kyiv. Without it: breaks of shifts that have not ended."
    )

    def validate_on(self, day: date) -> date:
        """Not at the ends of the calendar."""
        if not 2000 <= day.year <= 2200:
            raise serializers.ValidationError(_("Give a day as 2026-11-23."))
        return day

"""Absences as the REST API says them (interfaces: REST API). Of a certificate only that it is there."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from fregat.lib.api import CleanCharField, CleanTextField
from shifts.absence.labels import DECISION_LABELS, FAULTS, STATE_LABELS
from shifts.absence.models import Absence, AbsenceKind, Cover, MissingCertificate
from shifts.absence.rules import REASON_MAX

_NOT_A_STATE = _("There is no such state of an absence.")
_NOT_A_DAY = _("Give a day as 2026-11-23.")


class AbsenceKindSerializer(serializers.ModelSerializer):
    """A kind of absence; without `to_agree` it is on record at once, without days no certificate is needed."""

    class Meta:
        model = AbsenceKind
        fields = ("code", "name_uk", "name_en", "to_agree", "certificate_days")


class MissingCertificateSerializer(serializers.ModelSerializer):
    """A certificate that was not brought in time: explained by the employee, decided by the director."""

    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)

    class Meta:
        model = MissingCertificate
        fields = (
            "found_at", "explanation", "explained_at", "decision", "decided_by", "decided_at", "grounds",
        )  # fmt: skip


class AbsenceSerializer(serializers.ModelSerializer):
    """An absence from `since` until `until`, days in Kyiv, both included; `answer` is why it was refused."""

    employee = serializers.CharField(source="employee.username")
    kind = serializers.CharField(source="kind_id")
    asked_by = serializers.CharField(source="asked_by.username")
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    certificate_brought_at = serializers.DateTimeField(source="brought_at", allow_null=True)
    missing = MissingCertificateSerializer(allow_null=True, default=None)

    class Meta:
        model = Absence
        fields = (
            "id", "employee", "kind", "since", "until", "state", "words", "asked_by", "asked_at", "decided_by",
            "decided_at", "answer", "certificate_due_at", "certificate_brought_at", "missing",
        )  # fmt: skip


class AbsenceAskSerializer(serializers.Serializer):
    """Which absence, from which day until which, both included."""

    kind = CleanCharField(max_length=30, help_text="A code of `/absence-kinds/`.")
    since = serializers.DateField()
    until = serializers.DateField()
    words = CleanTextField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class AbsenceRecordSerializer(AbsenceAskSerializer):
    """The same for somebody who has said so by telephone."""

    employee = CleanCharField(max_length=150, help_text="A username.")


class AbsenceRefuseSerializer(serializers.Serializer):
    """Why not."""

    reason = CleanTextField(max_length=REASON_MAX)


class AbsenceExplainSerializer(serializers.Serializer):
    """Why there is no certificate."""

    explanation = CleanTextField(max_length=REASON_MAX)


class AbsenceJudgeSerializer(serializers.Serializer):
    """What the director decides, and on what grounds."""

    decision = serializers.ChoiceField(
        list(DECISION_LABELS.items()), error_messages={"invalid_choice": FAULTS["decision"]}
    )
    grounds = CleanTextField(max_length=REASON_MAX)


class AbsenceFilterSerializer(serializers.Serializer):
    """Filters of the list of absences."""

    employee = CleanCharField(max_length=150, required=False, allow_blank=True, help_text="A username.")
    kind = CleanCharField(max_length=30, required=False, allow_blank=True)
    state = serializers.ChoiceField(
        list(STATE_LABELS.items()), required=False, allow_blank=True,
        error_messages={"invalid_choice": _NOT_A_STATE},
    )  # fmt: skip
    on = serializers.DateField(
        required=False,
        help_text="A day in Kyiv. Without it: what has not ended, and what lacks a certificate undecided.",
    )
    waits_for_me = serializers.BooleanField(
        required=False, default=False, help_text="Those alone that wait for my agreement."
    )

    def validate_on(self, day: date) -> date:
        """Not at the ends of the calendar."""
        if not 2000 <= day.year <= 2200:
            raise serializers.ValidationError(_NOT_A_DAY)
        return day


class ColleagueSerializer(serializers.Serializer):
    """Who is free then and qualified, with the shorter of the rests before and after."""

    employee = serializers.CharField(source="employee.username")
    rest_hours = serializers.IntegerField(source="hours", allow_null=True)


class ToCoverSerializer(serializers.Serializer):
    """A shift in the days of the absence, and who could work it, the most rested first."""

    shift = serializers.IntegerField(source="shift.pk")
    starts_at = serializers.DateTimeField(source="shift.starts_at")
    ends_at = serializers.DateTimeField(source="shift.ends_at")
    kind = serializers.CharField(source="shift.kind")
    leads = serializers.BooleanField(source="shift.leads")
    offers = ColleagueSerializer(many=True)


class CoverSerializer(serializers.ModelSerializer):
    """Who works instead: the shift that was given up and the one made for it."""

    employee = serializers.CharField(source="taken_over.employee.username")
    by = serializers.CharField(source="by.username")

    class Meta:
        model = Cover
        fields = ("given_up", "taken_over", "employee", "by", "at")


class CoversSerializer(serializers.Serializer):
    """The shifts of an absence: those that nobody works yet, and those that somebody does."""

    to_cover = ToCoverSerializer(many=True)
    covers = CoverSerializer(many=True)


class CoverAskSerializer(serializers.Serializer):
    """Which shift, and who works it instead."""

    shift = serializers.IntegerField(min_value=1, max_value=2**62)
    employee = CleanCharField(max_length=150, help_text="A username.")

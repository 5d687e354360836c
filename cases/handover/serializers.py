"""The check and the handovers as the REST API says them (interfaces: REST API)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.casework.medical import Reading
from cases.handover.labels import DECISION_LABELS, HOP_LABELS, SERIOUS_LABELS
from cases.handover.models import Handover
from fregat.lib.api import CleanCharField, CleanTextField
from shifts.attendance.serializers import InstantField, ShiftSerializer
from shifts.breaks.serializers import ON_DUTY_LABELS


class CheckCaseSerializer(serializers.Serializer):
    """One case of the check."""

    number = serializers.CharField(source="case.number")
    decision = serializers.ChoiceField(
        list(DECISION_LABELS.items()), source="decision.decision", allow_null=True, default=None
    )


class CheckSerializer(serializers.Serializer):
    """The end-of-shift check, there before it starts."""

    due_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    cases = CheckCaseSerializer(source="items", many=True)


class CurrentShiftSerializer(serializers.Serializer):
    """The running shift with its check."""

    def to_representation(self, view: Any) -> dict[str, Any]:
        """The shift's own fields, and `check`."""
        shift = {**ShiftSerializer(view.shift).data, "presence": view.presence.value}
        return {**shift, "check": CheckSerializer(view).data}


class CurrentShiftSchema(ShiftSerializer):
    """For OpenAPI: what CurrentShiftSerializer answers with."""

    presence = serializers.ChoiceField(list(ON_DUTY_LABELS.items()))
    check = CheckSerializer()

    class Meta(ShiftSerializer.Meta):
        fields = (*ShiftSerializer.Meta.fields, "presence", "check")
        ref_name = "CurrentShift"


class DecisionSerializer(serializers.Serializer):
    """What becomes of the case; the action says what is missing."""

    decision = serializers.ChoiceField(list(DECISION_LABELS.items()))
    summary = CleanTextField(required=False, allow_blank=True, default="")
    next_step = CleanTextField(required=False, allow_blank=True, default="")
    next_at = InstantField(required=False, allow_null=True, default=None)
    serious = serializers.ChoiceField(
        list(SERIOUS_LABELS.items()), required=False, allow_null=True, default=None,
        help_text="Left out: as the case gives it, with its reason.",
    )  # fmt: skip
    serious_why = CleanCharField(
        max_length=300, required=False, allow_null=True, allow_blank=True, default=None,
        help_text="One line; needed unless it is `usual`.",
    )  # fmt: skip
    what_if = CleanTextField(
        required=False, allow_null=True, allow_blank=True, default=None,
        help_text="What to do if …; left out: as the case gives it.",
    )  # fmt: skip
    to = CleanCharField(max_length=60, required=False, allow_null=True, allow_blank=True, default=None)


class AcceptSerializer(serializers.Serializer):
    """The read-back."""

    read_back = CleanTextField(max_length=1000)


class RefuseSerializer(serializers.Serializer):
    """Why not."""

    reason = CleanTextField(max_length=1000)


class HandoverFilterSerializer(serializers.Serializer):
    """Filters of the list of handovers."""

    to = CleanCharField(max_length=150, required=False, allow_blank=True, help_text="`me` or a username.")
    case = CleanCharField(max_length=12, required=False, allow_blank=True, help_text="The number of a case.")
    pending = serializers.BooleanField(
        required=False, default=False, help_text="`true`: those that wait for acceptance."
    )


_VEILED = "Null in lists: they carry no medical texts."


class CardSerializer(serializers.Serializer):
    """How serious, what has been done, what remains, by when, what to do if …."""

    serious = serializers.ChoiceField(
        [("", ""), *SERIOUS_LABELS.items()], help_text="Empty on cards of before it was said."
    )
    serious_why = serializers.CharField(allow_null=True, help_text=_VEILED)
    summary = serializers.CharField(allow_null=True, help_text=_VEILED)
    next_step = serializers.CharField(allow_null=True, help_text=_VEILED)
    next_at = serializers.DateTimeField(allow_null=True)
    what_if = serializers.CharField(allow_null=True, help_text=_VEILED)


class HopSerializer(serializers.Serializer):
    """One step."""

    to = serializers.CharField(source="to.username")
    at = serializers.DateTimeField()
    reason = serializers.ChoiceField(list(HOP_LABELS.items()))
    text = serializers.CharField(allow_null=True, help_text=_VEILED)


class HandoverSerializer(serializers.ModelSerializer):
    """A handover with its card and its hops; `to` is the last of them."""

    case = serializers.CharField(source="case.number")
    to = serializers.CharField(source="receiver.username")
    accepted_by = serializers.CharField(source="accepted_by.username", allow_null=True, default=None)
    read_back = serializers.CharField(allow_null=True, help_text=_VEILED)
    card = CardSerializer(source="*")
    hops = HopSerializer(many=True)

    class Meta:
        model = Handover
        fields = (
            "id", "case", "to", "shift", "moved_at", "due_at", "accepted_at", "accepted_by", "read_back",
            "superseded_at", "card", "hops",
        )  # fmt: skip

    def to_representation(self, handover: Handover) -> dict[str, Any]:
        """With `from`, which is a word of Python's; `reading` of the context veils what it has to."""
        shown: dict[str, Any] = super().to_representation(handover)
        reading: Reading = self.context.get("reading", Reading(medical=True))
        for name in reading.veiled("handover"):
            (shown["card"] if name in shown["card"] else shown)[name] = None
        for hop in shown["hops"]:
            hop.update(dict.fromkeys(reading.veiled("hop")))
        return {"id": shown.pop("id"), "case": shown.pop("case"), "from": handover.giver.username, **shown}


UNKNOWN_PERSON = _("Nobody with this sign-in name works here.")

"""The end-of-shift check and the handover of open cases (JD II.11-12, B4-B6)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.casework.models import Case
from cases.handover.labels import DECISION_LABELS, HOP_LABELS, LAPSE_END_LABELS, SERIOUS_LABELS, SIDE_LABELS
from cases.handover.querysets import HandoverQuerySet, LapseQuerySet, SheetQuerySet
from shifts.roster.models import Shift
from staff.documents.labels import METHOD_LABELS

# Plain texts: migrations keep them without knowing this room's code.
_SIDES, _METHODS, _LEVELS = (
    [(str(code), label) for code, label in labels.items()]
    for labels in (SIDE_LABELS, METHOD_LABELS, SERIOUS_LABELS)
)


def _seriousness(prefix: str) -> list[models.CheckConstraint]:
    """A level that is known, and its reason when it is not the usual one."""
    levels = [code for code, _label in _LEVELS]
    return [
        models.CheckConstraint(condition=Q(serious__in=["", *levels]), name=f"{prefix}_seriousness_known"),
        models.CheckConstraint(
            condition=Q(serious__in=["", "usual"]) | ~Q(serious_why=""), name=f"{prefix}_seriousness_said"
        ),
    ]


class EndOfShiftCheck(models.Model):
    """The review begun 20 minutes before the end of a shift; its cases are those open now (B4)."""

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="check_row")
    ends_at = models.DateTimeField()
    """When the shift ended by the plan for which `due_at` was computed; a cancelled shift ends at once."""
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    """When the plan was last followed: a check cannot begin before it was known of."""
    started_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    """Begun more than a minute after it could have (the scheduler was down)."""
    ended_at = models.DateTimeField(null=True)
    """When the program passed on what was still open."""

    class Meta:
        indexes = [models.Index(fields=["ends_at"], name="check_not_ended", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.shift_id}"


class CheckDecision(models.Model):
    """One decision of the operator about one case of the check."""

    check_row = models.ForeignKey(EndOfShiftCheck, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=list(DECISION_LABELS.items()))
    summary = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    serious = models.CharField(max_length=10, choices=_LEVELS, blank=True)
    """How serious; empty: a card of before it was said."""
    serious_why = models.CharField(max_length=300, blank=True)
    what_if = models.TextField(blank=True)
    """What to do if …"""
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    """Whom the operator proposes; null: as the roster says."""
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_row", "case"], name="one_decision_per_case"),
            models.CheckConstraint(
                condition=~Q(decision="hand_over")
                | (~Q(summary="") & ~Q(next_step="") & Q(next_at__isnull=False)),
                name="hand_over_card_complete",
            ),
            *_seriousness("decision"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.decision}"


class Handover(models.Model):
    """The passing of one case by the program, at the end of one shift as a rule, with its card and acceptance (B5)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="handovers", null=True)
    """The giver's; null: the case was found with somebody who had no shift to give it from."""
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers")
    """Whose it is now: `to` of the last hop."""
    moved_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """Until when the receiver accepts, else it moves on."""
    summary = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    serious = models.CharField(max_length=10, choices=_LEVELS, blank=True)
    """How serious; empty: a card of before it was said."""
    serious_why = models.CharField(max_length=300, blank=True)
    what_if = models.TextField(blank=True)
    """What to do if …"""
    card_at = models.DateTimeField(null=True)
    """When a person wrote the card; null: the program made it from the case."""
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    read_back = models.TextField(blank=True)
    """The receiver's own words of what is to be done, as on the radio."""
    superseded_at = models.DateTimeField(null=True)
    """The case was taken over or ended before anybody accepted: nothing is left to accept."""

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        constraints = [
            models.UniqueConstraint(fields=["case", "shift"], name="one_handover_per_case_and_shift"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(accepted_at=None, superseded_at=None),
                name="one_pending_handover_per_case",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | (Q(accepted_at__isnull=False, accepted_by__isnull=False) & ~Q(read_back="")),
                name="handover_accepted_paired",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(superseded_at=None), name="handover_one_outcome"
            ),
            *_seriousness("handover"),
        ]
        indexes = [
            models.Index(
                fields=["receiver", "due_at"],
                name="handover_pending",
                condition=Q(accepted_at=None, superseded_at=None),
            ),
            models.Index(fields=["giver", "-id"], name="handover_by_giver"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.shift_id}"

    @property
    def is_pending(self) -> bool:
        """Nobody has accepted it, and there is still something to accept."""
        return self.accepted_at is None and self.superseded_at is None


class HandoverHop(models.Model):
    """One step of a handover: to whom, when, why."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="hops")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=list(HOP_LABELS.items()))
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.handover_id} → {self.to_id}"


class Lapse(models.Model):
    """A time in which nobody on duty answered for an open case: the rule was broken (B5).

    Written when it has lasted for longer than B5 allows; `began_at` is when it really began.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lapses")
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    """Who answered for the case by the chain, and was not on duty."""
    began_at = models.DateTimeField()
    found_at = models.DateTimeField()
    """When the program wrote it down: at a look of the watch, or when the case was moved."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=list(LAPSE_END_LABELS.items()), blank=True)

    objects = LapseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case without anybody on duty")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_lapse_per_case"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("began_at")), name="lapse_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="lapse_end_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.began_at:%Y-%m-%d %H:%M}"


class SignedSheet(models.Model):
    """A page of a shift's hand-over sheet as its giver or a receiver signed it: kept with its file, never altered.

    `text` is what was signed, `content_hash` its SHA-256 (ADR 0017). A receiver's page names the fingerprint of the
    giver's. No insured person is named on it: cases are known by their numbers.
    """

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="signed_sheets")
    """The giver's."""
    side = models.CharField(max_length=10, choices=_SIDES)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signed_sheets"
    )
    at = models.DateTimeField()
    method = models.CharField(max_length=15, choices=_METHODS)
    cases = ArrayField(models.UUIDField())
    """Whose medical part stands on it, for the access log."""
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    file = models.BinaryField()
    """The paper, PDF."""

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over sheet")
        constraints = [
            models.UniqueConstraint(fields=["shift", "signer", "content_hash"], name="sheet_signed_once"),
            models.CheckConstraint(condition=Q(side__in=["given", "received"]), name="sheet_side_known"),
            models.CheckConstraint(
                condition=~Q(side="given") | Q(signer=F("giver")), name="sheet_given_by_its_giver"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} · {self.signer_id}"

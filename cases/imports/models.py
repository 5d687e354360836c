"""A list, its pieces and steps, lines on their way, faults, and the journal by which a list is taken back."""

from __future__ import annotations

import csv
import io
import uuid
import zlib
from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.imports.labels import ASKING, MODE_LABELS, STATUS_LABELS
from cases.imports.querysets import BatchQuerySet
from cases.imports.statuses import RUNNING
from cases.insurance.models import Insurer

_PEOPLE = settings.AUTH_USER_MODEL
# Plain texts: migrations do not import the room.
_RUNNING = sorted(status.value for status in RUNNING)


class Batch(models.Model):
    """One list that an insurer has sent."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    insurer = models.ForeignKey(
        Insurer, on_delete=models.PROTECT, related_name="+", verbose_name=_("insurer")
    )
    mode = models.CharField(_("what the list is"), max_length=4, choices=list(MODE_LABELS.items()))
    status = models.CharField(_("state"), max_length=10, choices=list(STATUS_LABELS.items()))
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file as it came."""
    list_date = models.DateField(_("date of the list"))
    """In a full list: who is missing is insured no longer from this day on."""
    uploaded_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    """When it was asked for."""
    finished_at = models.DateTimeField(null=True)
    apply_at_once = models.BooleanField(default=False)
    """Written as soon as it is checked, without waiting at the preview."""
    headings = models.JSONField(default=list)
    """The headings of the first sheet, in their order."""
    left_out = models.JSONField(default=list)
    """Names of the workbook's sheets that are not read, because their columns are others."""
    mapping = models.JSONField(default=dict)
    """Heading → field of `rules.FIELDS`, "" for a column that is left out."""
    defaults = models.JSONField(default=dict)
    """Field → what holds for every row when there is no column of it; keys of programme, territory, currency."""
    attention = models.CharField(max_length=30, blank=True)
    """Why it waits at the preview though it was to be written at once: a code of `labels`."""
    failure = models.CharField(max_length=30, blank=True)
    """Why it has failed: a code of `labels`."""
    failure_place = models.CharField(max_length=200, blank=True)
    buckets = models.PositiveSmallIntegerField(default=1)
    """Into how many parts its lines and its journal fall: a list is taken back when its rows are forgotten, too."""
    rows = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    """Refused rows of which not even the policy number is known."""
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    spared = models.PositiveIntegerField(default=0)
    """Policies in force that a full list does not name and that go on, because the house has sold them itself."""
    kept = models.PositiveIntegerField(default=0)
    """Of an undone list: what stays, because a case refers to it or another policy has taken its place."""

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("insurer’s list")
        verbose_name_plural = _("insurers’ lists")
        constraints = [
            models.UniqueConstraint(
                fields=["insurer"], condition=Q(status__in=_RUNNING), name="one_list_of_an_insurer_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(applied_by=None, applied_at=None)
                | Q(applied_by__isnull=False, applied_at__isnull=False),
                name="list_applied_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="list_undone_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(applied_at__isnull=False), name="done_list_was_applied"
            ),
        ]
        indexes = [models.Index(fields=["insurer", "-uploaded_at"], name="lists_of_an_insurer")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def asks_columns(self) -> bool:
        """Does it wait for a person to say which column is which? Nothing of it is read then."""
        return self.attention in ASKING


class Chunk(models.Model):
    """A part of the file as it came, packed; gone when the file is split into pieces of rows."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="chunks")
    n = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "n"], name="chunk_of_a_list_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.n}"


class Piece(models.Model):
    """Some rows of the file, packed, as CSV in UTF-8; kept for the file of faults until the list is old."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pieces")
    n = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    """The file inside an archive that they stand in; empty in a single file."""
    row = models.PositiveIntegerField()
    """Of its first row, counted through all files of the list."""
    row_there = models.PositiveIntegerField()
    """The number of the same row as people see it in its file."""
    delimiter = models.CharField(max_length=1, default=",")
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "n"], name="piece_of_a_list_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.n}"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Its rows with their numbers in the list, without the empty ones."""
        text = zlib.decompress(bytes(self.data)).decode()
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter), self.row
        ):
            if any(cells):
                yield number, cells


class Step(models.Model):
    """A piece of the work: done in one transaction, with its mark in the same."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=5)
    n = models.PositiveIntegerField()
    released = models.BooleanField(default=False)
    """Its job is there. A few at a time: whatever else is due in the house goes between them."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "stage", "n"], name="step_of_a_list_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.stage}:{self.n}"


class Line(models.Model):
    """A row that was understood, on its way to persons and policies; in the order of `rules.COLUMNS`."""

    pk = models.CompositePrimaryKey("batch_id", "bucket", "row")
    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    bucket = models.SmallIntegerField()
    """Which part of the work it belongs to: all lines of one policy number to the same."""
    row = models.IntegerField()
    number = models.TextField()
    number_key = models.TextField(db_collation="C")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    programme_id = models.BigIntegerField(null=True)
    territory_id = models.BigIntegerField(null=True)
    currency_id = models.TextField(null=True)  # noqa: DJ001 — as in a policy: none, never an empty one
    insured_sum = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    surname = models.TextField()
    given_name = models.TextField()
    patronymic = models.TextField()
    surname_latin = models.TextField()
    given_name_latin = models.TextField()
    birth_date = models.DateField(null=True)
    gender = models.TextField()
    phone = models.TextField()
    email = models.TextField()
    language = models.TextField()
    city = models.TextField(db_default="")
    surname_key = models.TextField(db_collation="C")
    given_key = models.TextField(db_collation="C")

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row}"


class Fault(models.Model):
    """What is wrong with a cell of the list."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="faults", db_index=False)
    row = models.PositiveIntegerField()
    """Counted through all files of the list: `Piece.row`."""
    column = models.CharField(max_length=20)
    """The field."""
    code = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    NOWHERE = 2**31 - 1
    """The row of what stands in none."""
    kept = models.BooleanField()
    """The row was taken all the same."""
    number_key = models.CharField(max_length=120, db_collation="C")
    """Of which policy, as far as that can be read: whoever is listed wrongly is not missing."""

    class Meta:
        indexes = [
            models.Index(fields=["batch", "row", "id"], name="faults_of_a_list"),
            models.Index(fields=["batch", "number_key"], name="faults_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row}"


class Entry(models.Model):
    """The journal: what a list has written. Keys without references: what is undone is gone."""

    # Written by the list's own steps alone: to ask for the list at each of a million rows would tell nothing.
    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    bucket = models.SmallIntegerField()
    policy_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    policy_new = models.BooleanField()
    person_new = models.BooleanField()
    policy_before = models.JSONField(null=True)
    """Those of the policy's terms that this list changed, as they were; in `written` as it wrote them (older entries
    have all terms, and no `written`). Of a person and of who is insured alike."""
    person_before = models.JSONField(null=True)
    link_before = models.JSONField(null=True)
    """Until when the policy insured the person before this list changed it."""

    class Meta:
        indexes = [
            models.Index(fields=["batch", "bucket"], name="journal_of_a_list"),
            models.Index(
                fields=["policy_id"], condition=Q(policy_before__isnull=False), name="changes_of_a_policy"
            ),
            models.Index(
                fields=["person_id"], condition=Q(person_before__isnull=False), name="changes_of_a_person"
            ),
            models.Index(
                fields=["person_id"], condition=Q(link_before__isnull=False), name="changes_of_an_insurance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.policy_id}"


class Layout(models.Model):
    """How an insurer's columns were understood the last time."""

    insurer = models.OneToOneField(Insurer, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=dict)
    """Normal form of the heading → field, "" for what is left out."""
    endings = models.JSONField(default=dict)
    """The same of those columns that hold the end of the term, or a day by a name of the insurer's own, where it was
    said what they hold in a list of endings that tells no other day."""
    defaults = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.insurer_id}"

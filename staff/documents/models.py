"""Documents with their versions, decisions, and who has signed or acknowledged them (JD III.1, X.1-2)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Sentence
from fregat.lib.rights import Department, Role
from staff.documents.labels import DECISION_LABELS, KIND_LABELS, METHOD_LABELS, STATE_LABELS, STATE_TONES
from staff.documents.querysets import DecisionQuerySet, VersionQuerySet
from staff.documents.rules import BODY_MAX, TITLE_MAX
from staff.documents.statuses import SIGNED_IN_THESE, State
from staff.employees.labels import DEPARTMENT_LABELS, ROLE_LABELS

# Plain texts: migrations keep them without knowing this room's code.
_KINDS, _STATES, _METHODS, _DECISIONS = (
    [(str(code), label) for code, label in labels.items()]
    for labels in (KIND_LABELS, STATE_LABELS, METHOD_LABELS, DECISION_LABELS)
)
_DRAFT, _ORDERED, _IN_FORCE, _SUPERSEDED = (
    state.value for state in (State.DRAFT, State.ORDERED, State.IN_FORCE, State.SUPERSEDED)
)


def _codes(choices: list[tuple[str, Sentence]]) -> list[str]:
    return [code for code, _label in choices]


class Addressed(models.Model):
    """Whom a text concerns: whoever has one of the roles, is of one of the departments, or is named.

    `people` holds ids of employees, who are never deleted: together with the text it is one row, which
    one trigger keeps as it was ordered or published.
    """

    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    departments = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def concerns_in_words(self) -> list[str]:
        """The roles and departments, for people; the named are fetched by `selectors`."""
        roles = [str(ROLE_LABELS[Role(role)]) for role in self.roles if role in set(Role)]
        return roles + [
            str(DEPARTMENT_LABELS[Department(name)]) for name in self.departments if name in set(Department)
        ]


class Document(models.Model):
    """A job description or another document of the centre; its texts are its versions."""

    kind = models.CharField(_("kind"), max_length=20, choices=_KINDS)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_codes(_KINDS)), name="document_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DocumentVersion(Addressed):
    """One version of a document's text: a draft, then ordered by the director, in force, replaced (JD X.2).

    Once ordered, the text, its title and whom it concerns are final (migration 0002).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("text"), max_length=BODY_MAX)
    changes = models.TextField(_("what has changed"), blank=True)
    state = models.CharField(max_length=12, choices=_STATES, default=_DRAFT)
    content_hash = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    edited_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    order = models.ForeignKey(
        "employees.Order", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=_DRAFT), name="one_draft_of_a_document"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=_ORDERED), name="one_ordered_version"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=_IN_FORCE), name="one_version_in_force"
            ),
            models.CheckConstraint(condition=Q(state__in=_codes(_STATES)), name="version_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[_IN_FORCE, _SUPERSEDED]) | Q(in_force_at__isnull=False),
                name="version_in_force_since",
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("id")), name="version_supersedes_another"),
        ]
        indexes = [models.Index(fields=["state"], name="version_by_state")]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"

    @property
    def tone(self) -> str:
        """The tone of its state's badge."""
        return STATE_TONES[State(self.state)]

    @property
    def is_signable(self) -> bool:
        """Signed from the order on, while it holds or is about to."""
        return self.state in SIGNED_IN_THESE


class Signature(models.Model):
    """Who has signed which text, when and how: once, for ever (A4)."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="signatures")
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    at = models.DateTimeField()
    method = models.CharField(max_length=15, choices=_METHODS)
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "employee"], name="signed_once"),
            models.CheckConstraint(condition=Q(method__in=_codes(_METHODS)), name="signature_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.employee_id}"


class Decision(Addressed):
    """A decision of the head, or a senior manager's notice to their team, published at once (JD III.1, A5)."""

    kind = models.CharField(max_length=10, choices=_DECISIONS)
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("text"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_why = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_codes(_DECISIONS)), name="decision_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="decision_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Acknowledgement(models.Model):
    """Who has read a decision, and when: once."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="acknowledgements")
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "employee"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.decision_id} · {self.employee_id}"


class Reminder(models.Model):
    """A person was reminded of a text on a day: at most once a day for each (A4)."""

    kind = models.CharField(max_length=10)
    """`document` or `decision`."""
    subject_id = models.BigIntegerField()
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "employee", "on"], name="reminded_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} · {self.employee_id} · {self.on}"

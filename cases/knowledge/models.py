"""Articles with their versions, and who has read which of them (C6, JD II.3)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cases.insurance.models import Insurer
from cases.knowledge.labels import KIND_LABELS, LANGUAGE_LABELS, STATE_LABELS, STATE_TONES
from cases.knowledge.querysets import ArticleQuerySet, ArticleVersionQuerySet
from cases.knowledge.rules import BODY_MAX, CLAUSE_MAX, TITLE_MAX, Where, state_on
from fregat.lib.errors import Sentence

# Plain texts: migrations keep them without knowing this room's code.
_KINDS, _LANGUAGES = (
    [(str(code), label) for code, label in labels.items()] for labels in (KIND_LABELS, LANGUAGE_LABELS)
)


class Days(Func):
    """SQL `daterange(since, until)`: `until` is the first day outside."""

    function = "daterange"
    output_field = DateRangeField()


class Moments(Func):
    """SQL `tstzrange(at, until)`: `until` is the first moment outside."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Article(models.Model):
    """One subject of the knowledge base, of an insurer or (`insurer` null) for all; its texts are its versions."""

    insurer = models.ForeignKey(
        Insurer, verbose_name=_("insurer"), on_delete=models.PROTECT, related_name="articles", null=True, blank=True
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=_KINDS)
    language = models.CharField(_("language"), max_length=2, choices=_LANGUAGES, default="uk")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_why = models.TextField(blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _label in _KINDS]), name="article_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _label in _LANGUAGES]), name="article_language_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="article_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def for_whom(self) -> str:
        """The insurer's name, or that it is for all of them."""
        return self.insurer.name if self.insurer else str(_("all insurers"))


class ArticleVersion(models.Model):
    """One version of an article: a draft until it is published, then final (migration 0002).

    It holds from the day `since` until the day before `until`; `until` null: until another one follows.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("text"), max_length=BODY_MAX)
    changes = models.TextField(_("what has changed"), blank=True)
    programmes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    clauses = ArrayField(models.CharField(max_length=CLAUSE_MAX), default=list, blank=True)
    services = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    edited_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    since = models.DateField(_("holds from"), null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    words = SearchVectorField(null=True, editable=False)
    """Title (A), clauses (B) and text (C), each word with the keys of `fregat.lib.wordforms`."""

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        indexes = [GinIndex(fields=["words"], name="article_by_words")]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(published_at=None), name="one_draft_of_an_article"
            ),
            ExclusionConstraint(
                name="one_article_version_holds",
                expressions=[
                    ("article", RangeOperators.EQUAL), (Days(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None, since=None, until=None)
                | Q(published_at__isnull=False, published_by__isnull=False, since__isnull=False),
                name="article_published_whole",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="article_days_in_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"

    @property
    def where(self) -> Where:
        """Where it matters, as the rules know it."""
        return Where.of(self.programmes, self.clauses, self.services, self.countries)

    @property
    def is_draft(self) -> bool:
        """Not published yet?"""
        return self.published_at is None

    def state_on(self, today: date) -> tuple[Sentence, str]:
        """The words and the tone of its state on a day."""
        state = state_on(not self.is_draft, self.since, self.until, today)
        return STATE_LABELS[state], STATE_TONES[state]


class Receipt(models.Model):
    """Who has read which version, and when: once."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="receipts")
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("acknowledgement of an article")
        verbose_name_plural = _("acknowledgements of articles")
        constraints = [models.UniqueConstraint(fields=["version", "employee"], name="article_read_once")]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.employee_id}"


class Reminder(models.Model):
    """A person was reminded of a version not read yet: by the clock (`by` null) once, by a superior at most hourly."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="reminders")
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()
    quiet_until = models.DateTimeField()
    """Until then nobody reminds the person of it again."""

    class Meta:
        verbose_name = _("reminder of an article")
        verbose_name_plural = _("reminders of articles")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "employee"], condition=Q(by=None), name="article_clock_reminds_once"
            ),
            ExclusionConstraint(
                name="article_reminded_hourly",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    ("employee", RangeOperators.EQUAL),
                    (Moments(F("at"), F("quiet_until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(quiet_until__gt=F("at")), name="article_reminder_is_quiet"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.employee_id} · {self.at}"

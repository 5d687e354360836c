"""Versions of tariffs, series of numbers, contracts entered by them (JD II.3, C6)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import uuid4

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from cases.contracts import rules
from cases.contracts.labels import ROUNDING_LABELS
from cases.contracts.querysets import ContractQuerySet, TariffQuerySet
from cases.insurance.models import Currency, InsuredPerson, Insurer, Policy, Programme
from fregat.lib import clock

_PEOPLE = settings.AUTH_USER_MODEL


class Days(Func):
    """Days from the first to before the last; no last one: without end."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Numbers(Func):
    """Numbers from the first to the last, both included."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


def _every_change() -> list[pghistory.RowEvent]:
    return [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]


@pghistory.track(*_every_change())
class Tariff(models.Model):
    """A version of a programme's tariff: the insurer's table as it was given, and the rules of selling by it.

    Never corrected: a correction is the next version, so that a contract's premium can be computed again.
    """

    programme = models.ForeignKey(
        Programme, verbose_name=_("insurance programme"), on_delete=models.PROTECT, related_name="tariffs"
    )
    number = models.PositiveIntegerField(_("version"))
    since = models.DateField(_("in force from"))
    until = models.DateField(null=True, blank=True)
    """The day from which another version holds; the same as `since` when it was replaced before that day was over."""
    currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+"
    )
    step = models.DecimalField(_("rounded to"), max_digits=8, decimal_places=2)
    rounding = models.CharField(_("rounding"), max_length=10, choices=list(ROUNDING_LABELS.items()))
    minimum = models.DecimalField(_("least premium of a contract"), max_digits=12, decimal_places=2)
    lead_days = models.PositiveSmallIntegerField(_("fewest days before it begins"))
    ahead_days = models.PositiveSmallIntegerField(_("most days before it begins"))
    persons_max = models.PositiveSmallIntegerField(_("most persons in a contract"))
    table = models.TextField(_("table"))
    """As it was pasted; the lines are read from it by `rules.read_table`."""
    lines = models.JSONField(default=list)
    """The same, read: `[number, kind, what, from, to, value]`, values as texts."""
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        constraints = [
            ExclusionConstraint(
                name="tariff_one_at_a_time",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    (Days(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["programme", "number"], name="tariff_version_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="tariff_ends_after"
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="tariff_rounds"),
            models.CheckConstraint(condition=Q(minimum__gte=0), name="tariff_minimum"),
            models.CheckConstraint(condition=Q(lead_days__lte=F("ahead_days")), name="tariff_days"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.number}"

    def state_on(self, day: date) -> str:
        """`now`, `ahead`, `over`, or `void` when it was replaced before it began.

        Replaced on its first day it was in force until then, and contracts may have been entered by it.
        """
        if self.until == self.since:
            replaced = self.replaced_at
            return "void" if replaced and clock.local(replaced).date() < self.since else "over"
        if day < self.since:
            return "ahead"
        return "now" if self.until is None or day < self.until else "over"

    @cached_property
    def replaced_at(self) -> datetime | None:
        """When the version that took its first day was published. One statement, none of a row of `versions`."""
        later = Tariff.objects.filter(
            programme=self.programme_id, number__gt=self.number, since__lte=self.since
        )
        return later.order_by("number").values_list("published_at", flat=True).first()

    def facts(self) -> rules.Tariff:
        """For the rules."""
        return rules.Tariff(
            lines=tuple(line_of(row) for row in self.lines),
            currency=self.currency_id, step=self.step, rounding=self.rounding, minimum=self.minimum,
            lead_days=self.lead_days, ahead_days=self.ahead_days, persons_max=self.persons_max,
        )  # fmt: skip


def line_of(row: list[Any]) -> rules.Line:
    """A line as it is kept."""
    number, table, what, since, until, value = row
    return rules.Line(
        number, rules.Table(table), what, since, until, None if value is None else Decimal(value)
    )


def row_of(line: rules.Line) -> list[Any]:
    """A line to be kept: exact, so a text and no float."""
    value = None if line.value is None else str(line.value)
    return [line.number, line.table.value, line.what, line.since, line.until, value]


@pghistory.track(*_every_change())
class NumberSeries(models.Model):
    """Numbers that the insurer has given for contracts entered here; each is given once, one after another."""

    insurer = models.ForeignKey(
        Insurer, verbose_name=_("insurance company"), on_delete=models.PROTECT, related_name="series"
    )
    prefix = models.CharField(_("letters before the number"), max_length=20, blank=True)
    width = models.PositiveSmallIntegerField(_("digits"))
    first = models.BigIntegerField(_("first number"))
    last = models.BigIntegerField(_("last number"))
    next = models.BigIntegerField()
    """The one that is given next; after the last one the series is used up."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["insurer", "pk"]
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            ExclusionConstraint(
                name="series_do_not_overlap",
                expressions=[
                    ("insurer", RangeOperators.EQUAL),
                    ("prefix", RangeOperators.EQUAL),
                    (Numbers(F("first"), F("last"), Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(next__gte=F("first")) & Q(next__lte=F("last") + 1), name="series_counts_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}–{self.last}"

    def facts(self) -> rules.Series:
        """For the rules."""
        return rules.Series(self.prefix, self.width, self.first, self.last, self.next)


@pghistory.track(*_every_change())
class Contract(models.Model):
    """What was entered here: the policy that it made, by which version of the tariff, for which premium, by whom."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    token = models.UUIDField(default=uuid4, editable=False)
    """Of the form that was sent: sent twice, it is entered once."""
    policy = models.OneToOneField(Policy, on_delete=models.PROTECT, related_name="contract")
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="contracts")
    risks = ArrayField(models.CharField(max_length=100), verbose_name=_("extra risks"), default=list)
    holder = models.ForeignKey(
        InsuredPerson, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """When the policy-holder is one of the insured persons."""
    holder_name = models.CharField(_("policy-holder"), max_length=200)
    holder_code = models.CharField(_("tax number or code of the company"), max_length=20, blank=True)
    holder_phone = models.CharField(_("phone"), max_length=40, blank=True)
    holder_address = models.CharField(_("address"), max_length=300, blank=True)
    premium = models.DecimalField(_("insurance premium"), max_digits=14, decimal_places=2)
    shares = models.JSONField(default=list)
    """How it was computed, person by person: ages, steps and amounts as texts, no names."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    annulled_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("insurance contract")
        verbose_name_plural = _("insurance contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(annulled_at=None, annulled_by=None, annulled_reason="")
                | (Q(annulled_at__isnull=False, annulled_by__isnull=False) & ~Q(annulled_reason="")),
                name="contract_annulled_whole",
            ),
            models.CheckConstraint(condition=Q(premium__gt=0), name="contract_premium"),
            models.CheckConstraint(condition=~Q(holder_name=""), name="contract_has_holder"),
            models.UniqueConstraint(fields=["entered_by", "token"], name="contract_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def computed(self) -> list[rules.Share]:
        """How the premium was computed, for the rules' own words."""
        return [share_of(row) for row in self.shares]

    def state_on(self, day: date) -> str:
        """`annulled`, `ahead`, `valid` or `over` on a day in Kyiv."""
        if self.annulled_at is not None:
            return "annulled"
        state = self.policy.state_on(day)
        return "over" if state == "ended" else state


def share_of(row: dict[str, Any]) -> rules.Share:
    """A person's premium as it is kept."""
    steps = tuple(
        rules.Step(code, Decimal(amount), Decimal(factor), line, what, count)
        for code, amount, factor, line, what, count in row["steps"]
    )
    return rules.Share(row["age"], steps, Decimal(row["premium"]))


def kept_share(share: rules.Share) -> dict[str, Any]:
    """A person's premium to be kept: exact, so texts and no floats."""
    steps = [
        [step.code, str(step.amount), str(step.factor), step.line, step.what, step.count]
        for step in share.steps
    ]
    return {"age": share.age, "steps": steps, "premium": str(share.premium)}

"""Insurers, who works on their projects, programmes and what they cover (JD II.1, II.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from cases.insurance.models.reference import Currency, Named, ServiceKind, Territory
from cases.insurance.querysets import InsurerQuerySet
from fregat.lib.ordering import uk_key_field


class Insurer(Named):
    """An insurance company; inside the contact centre also called a project."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    threshold_amount = models.DecimalField(
        _("an examination is expensive above"), max_digits=12, decimal_places=2, default=500
    )
    threshold_currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+", default="EUR"
    )
    day_follower = models.BooleanField(
        _("cases may pass to the operator of the following day shift"), default=True
    )
    name_key = uk_key_field("name_uk")

    objects = InsurerQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]
        verbose_name = _("insurer")
        verbose_name_plural = _("insurers")
        permissions = [("work_on_project", "Works on the project of this insurer")]


class InsurerUserObjectPermission(UserObjectPermissionBase):
    """Grants of employees to projects (django-guardian, direct foreign key)."""

    content_object = models.ForeignKey(Insurer, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class Programme(Named):
    """A set of covers sold by an insurer."""

    insurer = models.ForeignKey(
        Insurer, verbose_name=_("insurer"), on_delete=models.PROTECT, related_name="programmes"
    )
    code = models.SlugField(_("code"), max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insurer", "code"], name="programme_code_once")]
        verbose_name = _("insurance programme")
        verbose_name_plural = _("insurance programmes")


class Cover(models.Model):
    """One kind of help that a programme pays for: limit, excess, territory (null: that of the policy)."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("insurance programme"), on_delete=models.CASCADE, related_name="covers"
    )
    service = models.ForeignKey(
        ServiceKind, verbose_name=_("kind of help"), on_delete=models.PROTECT, related_name="+"
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territory"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    limit = models.DecimalField(_("limit"), max_digits=12, decimal_places=2, null=True, blank=True)
    """Null: up to the insured sum of the policy."""
    excess = models.DecimalField(_("excess"), max_digits=12, decimal_places=2, default=0)
    currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+"
    )
    clause = models.CharField(_("clause of the rules"), max_length=40, blank=True)
    """The clause of the insurer's rules that says so: the source of a verdict's reason."""
    needs_consent = models.BooleanField(_("the insurer’s consent is needed"), default=False)
    """The insurer decides each time: the verdict is `ask`."""
    waiting_days = models.PositiveSmallIntegerField(_("waiting period, days"), default=0)
    """First days of the policy on which this help is not covered yet."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "service"], name="cover_once_in_a_programme"),
            models.CheckConstraint(condition=Q(excess__gte=0), name="excess_not_negative"),
        ]
        verbose_name = _("cover")
        verbose_name_plural = _("covers")

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.service_id}"

"""Insurers, who works on their projects, programmes and what they cover (JD II.1, II.3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from cases.insurance.models.reference import Currency, Named
from cases.insurance.querysets import InsurerQuerySet, ProgrammeQuerySet
from cases.insurance.triggers import kept_while_referred_to
from fregat.lib.ordering import uk_key_field
from fregat.lib.reference import changed


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
        triggers = [changed()]
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

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insurer", "code"], name="programme_code_once")]
        triggers = [kept_while_referred_to("insurance_programme")]
        verbose_name = _("insurance programme")
        verbose_name_plural = _("insurance programmes")

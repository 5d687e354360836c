"""Named queries on insurers, policies and insured persons, each starting from what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from cases.insurance.models import InsuredPerson, Insurer, Policy


class InsurerQuerySet(models.QuerySet["Insurer"]):
    """Insurers (projects)."""


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Policies."""


class InsuredPersonQuerySet(models.QuerySet["InsuredPerson"]):
    """Insured persons."""

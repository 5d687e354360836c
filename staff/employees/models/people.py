"""Employees, to whom they report, who acts for whom, on which projects they work."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin

from fregat.lib.ordering import uk_key_field
from fregat.lib.periods import Period
from fregat.lib.rights import Role
from staff.employees.labels import DEPARTMENT_LABELS, ROLE_LABELS
from staff.employees.querysets import EmployeeManager, SubstitutionQuerySet


def _every_change() -> list[pghistory.RowEvent]:
    """The record of a person keeps the history of every change (A2, A3), also of what is taken away."""
    return [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]


@pghistory.track(
    *_every_change(),
    exclude=[
        "password", "last_login", "language", "theme", "version", "is_demo", "name_key", "first_name_key",
    ],
)  # fmt: skip
class Employee(GuardianUserMixin, AbstractBaseUser):
    """Somebody of the staff; signs in with `username` (JD I.1-6, A1).

    `phone`, `extension`, `email`, `languages` belong to the work; `private_phone` is the person's own.
    """

    username = models.SlugField(_("sign-in name"), max_length=60, unique=True)
    last_name = models.CharField(_("surname"), max_length=80)
    first_name = models.CharField(_("name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=[(role, ROLE_LABELS[role]) for role in Role])
    department = models.CharField(
        _("department"), max_length=20, blank=True, choices=list(DEPARTMENT_LABELS.items())
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("work phone"), max_length=20, blank=True)
    extension = models.CharField(_("extension"), max_length=8, blank=True)
    private_phone = models.CharField(_("private phone"), max_length=20, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2), verbose_name=_("languages"), default=list, blank=True
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    language = models.CharField(_("language of the interface"), max_length=2, blank=True)
    theme = models.CharField(_("theme"), max_length=5, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Counts changes of the work fields and of the projects: whoever saves must have seen the last one."""
    name_key = uk_key_field("last_name")
    first_name_key = uk_key_field("first_name")

    objects = EmployeeManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["last_name", "first_name", "role"]

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        constraints = [
            models.CheckConstraint(
                condition=Q(dismissed_at=None) | Q(is_active=False), name="dismissed_cannot_sign_in"
            ),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="employee_role_known"),
        ]
        indexes = [models.Index(fields=["name_key", "first_name_key", "id"], name="employee_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname and name, as on lists."""
        return f"{self.last_name} {self.first_name}".strip()

    def get_full_name(self) -> str:
        """Django's name for `full_name`."""
        return self.full_name

    def get_short_name(self) -> str:
        """Django's name for `short_name`."""
        return self.short_name

    @property
    def short_name(self) -> str:
        """Surname and initial, for narrow places: never torn in two."""
        return f"{self.last_name}\u00a0{self.first_name[:1]}." if self.first_name else self.last_name

    @property
    def is_staff(self) -> bool:
        """May open the administration of reference data (`/admin/`)."""
        return self.is_active and self.role == Role.ADMIN

    @property
    def is_superuser(self) -> bool:
        """There is no web superuser (design: security)."""
        return False


@pghistory.track(*_every_change())
class Subordination(models.Model):
    """Who reported to which senior manager, from when to when: never two at a time (JD I.5, A2)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="subordinations")
    senior = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="team_history")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_senior_at_a_time",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    (Period(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="subordination_not_empty"
            ),
            models.CheckConstraint(condition=~Q(employee=F("senior")), name="nobody_reports_to_self"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} → {self.senior_id}"


@pghistory.track(*_every_change())
class Substitution(models.Model):
    """Who acts for a senior manager from when to when: dated, one at a time, in no circle (JD I.2, A2).

    A trigger (migration) refuses whatever would close a circle of substitutes at any moment.
    """

    senior = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="substituted")
    substitute = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="substituting")
    since = models.DateTimeField()
    until = models.DateTimeField()
    created_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", null=True)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_substitute_at_a_time",
                expressions=[
                    ("senior", RangeOperators.EQUAL),
                    (Period(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="substitution_not_empty"),
            models.CheckConstraint(condition=~Q(senior=F("substitute")), name="nobody_substitutes_self"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.senior_id}"


@pghistory.track(*_every_change())
class ProjectAssignment(models.Model):
    """An employee works on a project, named by the insurer's code: the insurers stand above the staff.

    `cases.insurance` keeps its django-guardian grants in step through the registry.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="assignments")
    project = models.SlugField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "project"], name="assigned_once_to_a_project")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} · {self.project}"


# Their histories (pghistory puts the classes into this module).
EmployeeEvent = Employee.pgh_event_model  # type: ignore[attr-defined]
SubordinationEvent = Subordination.pgh_event_model  # type: ignore[attr-defined]
SubstitutionEvent = Substitution.pgh_event_model  # type: ignore[attr-defined]
ProjectAssignmentEvent = ProjectAssignment.pgh_event_model  # type: ignore[attr-defined]

"""Kinds of absence for the administrator: no persons."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from fregat.lib.administration import ReferenceAdmin, site
from shifts.absence.models import AbsenceKind


@admin.register(AbsenceKind, site=site)
class AbsenceKindAdmin(ReferenceAdmin):
    """What people may be away for, whether somebody agrees to it, and in how many days the certificate is due."""

    list_display = ("code", "name_uk", "name_en", "position", "to_agree", "certificate_days")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A code is given once."""
        return ("code",) if obj else ()

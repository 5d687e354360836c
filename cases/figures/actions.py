"""The head sets what is expected (F5)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from cases.figures import rules
from cases.figures.models import Target
from cases.figures.permissions import check_target
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from staff.employees.models import Employee


@action
def set_target(*, by: Employee, figure: str, value: int, since: date, now: datetime | None = None) -> Target:
    """From the day `since` on, `value` per cent are expected of the figure. What was expected before stays so.

    Raises NotAllowed, Invalid (`figure`, `value`, `since`), Conflict (one from that day is set already).
    """
    check_target(by)
    now = now or clock.now()
    errors = {}
    if figure not in rules.BY_CODE or not rules.BY_CODE[figure].is_share:
        errors["figure"] = _("This figure has no target.")
    if not 0 <= value <= 100:
        errors["value"] = _("A target is a share from 0 to 100 per cent.")
    if since < clock.local(now).date():
        errors["since"] = _("A day that has passed was judged by its target: choose today or a later day.")
    if errors:
        raise Invalid(errors)
    row: Target = Target.objects.create(figure=figure, value=value, since=since, set_by=by, set_at=now)
    return row

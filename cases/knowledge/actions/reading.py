"""«I have read what has changed» (C6)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.knowledge import permissions
from cases.knowledge.actions.publishing import page_of
from cases.knowledge.models import ArticleVersion, Receipt
from fregat.lib import clock, db, live, notices
from fregat.lib.errors import Conflict, NotFound
from staff.employees.models import Employee


@db.action
def acknowledge(*, by: Employee, article_id: int, number: int, now: datetime | None = None) -> Receipt:
    """The person has read this version. Doing it twice changes nothing.

    The row is locked against a version that is published at the same moment: what is replaced asks nobody.
    Raises NotFound, NotAllowed (it does not ask them), Conflict (replaced or withdrawn: read the one that holds).
    """
    rows = ArticleVersion.objects.visible_to(by).published().filter(article=article_id, number=number)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound()
    locked = ArticleVersion.objects.select_for_update(no_key=True, of=("self",))
    version = locked.select_related("article__insurer").get(pk=found)
    permissions.check_acknowledge(by, version.article)
    if version.until is not None:
        raise Conflict(
            _("This version was replaced or withdrawn meanwhile: read the one that holds."), code="replaced"
        )
    now = now or clock.now()
    row, new = Receipt.objects.get_or_create(version=version, employee=by, defaults={"at": now})
    if new:
        notices.settle(page_of(version), now=now, employee_id=by.pk)
        live.publish(f"employee:{by.pk}", "desk")
    return row

"""May this person? Each `check_…` raises with a sentence, `can_…` wraps it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.assistance.models import GuaranteeLetter
from cases.casework import permissions as casework
from cases.casework.querysets import closed_to
from fregat.lib import rights
from fregat.lib.errors import NotAllowed

if TYPE_CHECKING:
    from cases.casework.models import Case
    from staff.employees.models import Employee


def check_give(user: Employee, case: Case, now: datetime) -> None:
    """May give a letter on a case that they see, or ask for one: whoever answers for it; leaders in their scope."""
    casework.check_work(user, case, now)


def check_withdraw(user: Employee, letter: GuaranteeLetter, now: datetime) -> None:
    """May take the promise back: as above."""
    casework.check_work(user, letter.case, now)


def check_agree(user: Employee, letter: GuaranteeLetter, now: datetime) -> None:
    """May agree to a letter beyond the sum, or refuse it: a senior manager or the head; never what one asked for."""
    if not rights.may(user.role, "letter.agree"):
        raise NotAllowed(code="no_right")
    if closed_to(user, now):
        raise NotAllowed(code="no_right")
    if letter.asked_by_id == user.pk:
        raise NotAllowed(
            _("You asked for this letter yourself: another senior manager or the head decides."), code="own"
        )


def can_give(user: Employee, case: Case, now: datetime) -> bool:
    """See `check_give`."""
    return casework.allowed(check_give, user, case, now)


def can_withdraw(user: Employee, letter: GuaranteeLetter, now: datetime) -> bool:
    """See `check_withdraw`."""
    return casework.allowed(check_withdraw, user, letter, now)


def can_agree(user: Employee, letter: GuaranteeLetter, now: datetime) -> bool:
    """See `check_agree`."""
    return casework.allowed(check_agree, user, letter, now)

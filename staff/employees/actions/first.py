"""The first director and the first administrator: nobody is there yet who could sign an order or open an account."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fregat.lib import db
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.rights import Role
from staff.employees.actions.people import check_password, create_employee
from staff.employees.models import Employee
from staff.employees.rules import FIRST, is_reserved

_LOCK = 0x46495253
"""Key of the advisory lock: there is no row yet that two could wait for."""
log = logging.getLogger("fregat.employees")


@db.action
def appoint_first(
    *,
    role: Role | str,
    username: str,
    last_name: str,
    first_name: str,
    password: str,
    patronymic: str = "",
    now: datetime | None = None,
) -> Employee:
    """A director or an administrator, with an account, while nobody employed holds that role (JD I.4).

    Everybody else comes in by the director's order. Raises Conflict (there is one), Invalid.
    """
    if role not in FIRST:
        raise Invalid.field("role", _("Only the director and the administrator come in without an order."))
    if is_reserved(username):
        raise Invalid.field("username", _("This sign-in name is an address of Fregat: choose another."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if Employee.objects.employed().filter(role=role).exists():
        raise Conflict(
            _("Somebody holds this position already: all others are appointed by the director's order."),
            code="not_first",
        )
    check_password(Employee(username=username, last_name=last_name, first_name=first_name), password)
    employee = create_employee(
        username=username, last_name=last_name, first_name=first_name, patronymic=patronymic, role=role,
        password=password, now=now,
    )  # fmt: skip
    log.info("first appointment: %s is %s", username, role)
    return employee

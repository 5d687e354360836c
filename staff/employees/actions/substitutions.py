"""Who acts for a senior manager from when to when: set, ended early, told to those concerned (JD I.2, A2).

Order of locks: the two people, then the circle's advisory lock, which the database's own guard takes too.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, jobs, live, notices
from fregat.lib.errors import Conflict, Invalid, NotFound, Sentence
from staff.employees import rules
from staff.employees.actions.rows import lock
from staff.employees.models import Employee, Substitution
from staff.employees.permissions import check_manage

CIRCLE_LOCK = 7_110_212
"""Key of the advisory lock under which substitutions are compared: they are different people's rows."""
TURN_JOB = "substitution_turn"
"""The job of the moments at which a substitution begins and ends."""

_FAULTS: dict[str, Sentence] = {
    "not_a_senior": _("Only a senior manager is substituted."),
    "self": _("Nobody substitutes for themselves."),
    "cannot_substitute": _("A senior manager is substituted by another senior manager or by the head."),
    "empty": _("The substitution ends before it begins."),
    "past": _("The substitution would end in the past."),
    "began": _("A substitution is not set backwards in time: it begins now or later."),
}


@db.action
def substitute(
    *,
    by: Employee | None,
    senior: Employee,
    substitute: Employee,
    since: datetime,
    until: datetime,
    now: datetime | None = None,
) -> Substitution:
    """Let `substitute` act for a senior manager from `since` until `until` (aware instants; JD I.2).

    Those concerned are told at once, and both again when it begins and ends. Raises NotAllowed, Invalid,
    Conflict (somebody substitutes for them in that time already, or it would close a circle).
    """
    check_manage(by, "employee.substitute")
    senior, substitute = lock(senior, substitute)
    now = now or clock.now()
    fault = rules.substitution_fault(
        senior_role=senior.role, substitute_role=substitute.role, same=senior.pk == substitute.pk,
        since=since, until=until, now=now, backwards=by is None,
    )  # fmt: skip
    if fault:
        raise Invalid.field(fault[0], _FAULTS[fault[1]])
    if not senior.is_active or not substitute.is_active:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")
    _check_circle(senior, substitute, since, until)
    row = Substitution.objects.create(
        senior=senior, substitute=substitute, since=since, until=until, created_by=by
    )
    tell(row, "substitution_set", by=by, now=now)
    _schedule_turn(row, now)
    return row


@db.action
def end_substitution(*, by: Employee, substitution_id: int, now: datetime | None = None) -> Substitution:
    """End a running substitution now, or drop one that has not begun; routing follows at once.

    Raises NotAllowed, NotFound, Conflict (it has ended by itself).
    """
    check_manage(by, "employee.substitute")
    rows = Substitution.objects.select_related("senior", "substitute").select_for_update(of=("self",))
    row: Substitution | None = rows.filter(pk=substitution_id).first()
    if row is None:
        raise NotFound()
    now = now or clock.now()
    if row.until <= now:
        raise Conflict(_("This substitution has ended already."), code="has_ended")
    _end(row, by, now)
    return row


def end_substitutions(
    employee: Employee, now: datetime, *, by: Employee | None = None, but_fit: bool = False
) -> None:
    """Those that run end now, those to come are dropped; with `but_fit` those go on that the role allows."""
    ended = Q()
    if not but_fit or employee.role not in rules.LEADS_A_TEAM:
        ended |= Q(senior=employee)
    if not but_fit or employee.role not in rules.MAY_SUBSTITUTE:
        ended |= Q(substitute=employee)
    if not ended:
        return
    rows = Substitution.objects.filter(ended, until__gt=now).select_related("senior", "substitute")
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        _end(row, by, now)


def turn(substitution_id: int, now: datetime) -> None:
    """A substitution begins or ends at this moment: both are told, and the pages of routing fetch again.

    The job's; done at another moment it does nothing, except that it comes back for the end.
    """
    row = Substitution.objects.select_related("senior", "substitute").filter(pk=substitution_id).first()
    if row is None:
        return
    kind = "substitution_begins" if row.since <= now < row.until else "substitution_ends"
    if now >= row.since:
        both = [row.senior, row.substitute]
        notices.tell(both, kind, url=reverse("employees:substitutions"), values=_values(row), now=now)
        _publish(row)
    _schedule_turn(row, now)


# --- Parts -------------------------------------------------------------------------------------------


def _check_circle(senior: Employee, substitute: Employee, since: datetime, until: datetime) -> None:
    """Raises Conflict when at some moment everybody in a chain would act for the next one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CIRCLE_LOCK])
    rows = Substitution.objects.filter(since__lt=until, until__gt=since)
    ties = [rules.Acting(*row) for row in rows.values_list("senior", "substitute", "since", "until")]
    circle = rules.circle(ties, rules.Acting(senior.pk, substitute.pk, since, until))
    if circle:
        names = Employee.objects.in_bulk(circle)
        chain = " → ".join(names[pk].full_name for pk in reversed(circle))
        raise Conflict(
            _("This would close a circle, in which everybody acts for the next one: %(chain)s.")
            % {"chain": chain},
            code="substitution_circle",
        )


def _end(row: Substitution, by: Employee | None, now: datetime) -> None:
    jobs.cancel(TURN_JOB, row.pk)
    if row.since >= now:
        tell(row, "substitution_dropped", by=by, now=now)
        row.delete()
        return
    row.until = now
    row.save(update_fields=["until"])
    tell(row, "substitution_ended", by=by, now=now)


def _schedule_turn(row: Substitution, now: datetime) -> None:
    following = [moment for moment in (row.since, row.until) if moment > now]
    if following:
        jobs.schedule(TURN_JOB, row.pk, following[0])


def tell(row: Substitution, kind: str, *, by: Employee | None, now: datetime) -> None:
    """Tell those concerned: the senior manager, the substitute, the team, the heads; not who did it."""
    team = Employee.objects.filter(subordinations__senior=row.senior, subordinations__until=None)
    people = {person.pk: person for person in (*team, *Employee.objects.heads(), row.senior, row.substitute)}
    if by is not None:
        people.pop(by.pk, None)
    leads, own = reverse("employees:substitutions"), reverse("employees:me")
    seniors = [person for person in people.values() if person.role in rules.MAY_SUBSTITUTE]
    others = [person for person in people.values() if person.role not in rules.MAY_SUBSTITUTE]
    for told, url in ((seniors, leads), (others, own)):
        notices.tell(told, kind, url=url, values=_values(row), now=now)
    _publish(row)


def _values(row: Substitution) -> dict[str, str]:
    return {
        "senior": row.senior.full_name,
        "substitute": row.substitute.full_name,
        "since": f"{clock.local(row.since):%d.%m.%Y %H:%M}",
        "until": f"{clock.local(row.until):%d.%m.%Y %H:%M}",
    }


def _publish(row: Substitution) -> None:
    live.publish("board", "board")
    live.publish("staff", "staff", row.senior.username)
    for person in (row.senior, row.substitute):
        live.publish(f"employee:{person.pk}", "desk")
        live.publish(f"employee:{person.pk}", "substitution")

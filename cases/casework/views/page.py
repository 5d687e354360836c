"""Everything that the page of a case shows, read once within a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.casework import permissions, registry, selectors
from cases.casework.labels import ESCALATION_LABELS, timeline_text
from cases.casework.medical import Reading
from cases.casework.models import Case, Escalation, TimelineEntry
from cases.casework.rules import StateFacts, must_be_on_duty
from cases.casework.statuses import Status
from cases.casework.views import cover, wording
from cases.insurance.labels import VERDICT_LABELS, money
from cases.insurance.rules import Money
from cases.privacy.actions import record_look
from fregat.lib import clock, rights
from shifts.attendance import selectors as attendance
from staff.employees.models import Employee

PROGRAM = gettext_lazy("the program")


def of(request: HttpRequest, case: Case, now: datetime) -> dict[str, Any]:
    """The values of the page and of its update (`case` with its `ground`); the look is recorded first."""
    user = request.user
    reading = permissions.reading(user)
    rows = _rows(case, reading)
    panels = registry.panels(case, user, now)
    part = reading.part("card", ("case", [case]), *rows.items())
    record_look(
        by=user, kind="case", objects=[case.uuid], ground=case.ground, request=request, now=now,
        part="medical" if any(panel.medical for panel in panels) else part,
    )  # fmt: skip
    chain = reading.all("responsibility", rows["responsibility"])
    tasks = sorted(reading.all("task", rows["task"]), key=lambda row: (row.done_at is not None, row.due_at))
    may = _may(user, case, now)
    return {
        "case": reading.of("case", case),
        "veiled": not reading.medical,
        "now": now,
        "may": may,
        "verdict_label": VERDICT_LABELS.get(case.verdict, ""),
        "cover": cover.of(reading.of("case", case).cover),
        "since": chain[-1].since if chain else None,
        "at_the_end": at_the_end(case, now),
        "there": _there(case.zone, now),
        "place": case.place,
        "born": case.person.birth_date if case.person else case.person_birth_date,
        "steps": _steps(user, case, selectors.facts_of(case, rows["service"], rows["task"]), now),
        "tasks": tasks,
        "open_tasks": [row for row in tasks if row.done_at is None],
        "services": reading.all("service", rows["service"]),
        "contacts": reading.all("contact", rows["contact"]),
        "timeline": _timeline(rows["timeline"], reading),
        "chain": chain[::-1],
        "escalations": [_told(user, case, row, reading, now) for row in rows["escalation"]],
        "tells": reading.escalations,
        "panels": panels,
    }


def _rows(case: Case, reading: Reading) -> dict[str, list[Any]]:
    """Everything that stands on the case, by the kinds of `medical.FIELDS`."""
    return {
        "responsibility": selectors.chain_of(case),
        "task": selectors.tasks_of(case.pk),
        "service": _services(case),
        "contact": selectors.contacts_of(case.pk),
        "timeline": selectors.timeline_of(case.pk, escalations=reading.escalations),
        "escalation": _escalations(case) if reading.escalations else [],
    }


def for_reading(case: Case, now: datetime) -> dict[str, Any]:
    """The values of the case as a file to read: everything that is written, no button, no look recorded."""
    chain = selectors.chain_of(case)
    return {
        "case": case,
        "now": now,
        "may": {},
        "verdict_label": VERDICT_LABELS.get(case.verdict, ""),
        "since": chain[-1].since if chain else None,
        "there": _there(case.zone, now),
        "place": case.city or (case.country.name if case.country else ""),
        "born": case.person.birth_date if case.person else case.person_birth_date,
        "services": _services(case),
        "contacts": selectors.contacts_of(case.pk),
        "timeline": _timeline(selectors.timeline_of(case.pk, escalations=True), Reading(medical=True)),
        "chain": chain[::-1],
    }


def _may(user: Employee, case: Case, now: datetime) -> dict[str, bool]:
    """Which buttons are there. The checks ask the same scopes again, so the off-shift question is asked once."""
    working = permissions.can_add(user, case, now)
    return {
        "case_add": working,
        "case_change": working and rights.may(user.role, "case.change"),
        "case_take": working and rights.may(user.role, "case.take"),
        "case_work": working and permissions.can_work(user, case, now),
        "assign": working and rights.may(user.role, "case.assign"),
        "escalate": working and rights.may(user.role, "escalation.raise"),
        "who_looked": rights.lets(user, "log.others"),
    }


def at_the_end(case: Case, now: datetime) -> str:
    """What happens to the responsibility at the end of the shift, in a sentence."""
    if not must_be_on_duty(case.status):
        return str(_("stays with this person after the shift"))
    shift = attendance.current_shift(case.responsible, now)
    if shift is None:
        return str(_("has no shift now: answers as the last resort"))
    time = clock.local(shift.ends_at).strftime("%H:%M")
    return str(_("until %(time)s; then passes on by the roster") % {"time": time})


def _there(zone: str, now: datetime) -> str:
    try:
        return now.astimezone(ZoneInfo(zone)).strftime("%H:%M") if zone else ""
    except (ZoneInfoNotFoundError, ValueError):
        return ""


def _steps(user: Employee, case: Case, facts: StateFacts, now: datetime) -> dict[str, Any]:
    """The ways on: the open ones, the way forward first; the closed ones under their reason.

    None for a role that never takes them.
    """
    ahead = wording.FORWARD.get(Status(case.status))
    way: list[dict[str, Any]] = []
    closed: dict[str, list[dict[str, Any]]] = {}
    moves = selectors.allowed_moves(user, case, now, facts) if rights.lets(user, "case.work") else []
    for move in moves:
        main = move.to == ahead
        step = {
            "to": str(move.to), "label": wording.step_label(case.status, move.to), "main": main,
            "asks": move.needs_reason or move.to in wording.GRAVE,
            "key": wording.STEP_KEYS.get(move.to, "") if main else "",
        }  # fmt: skip
        if move.sentence:
            closed.setdefault(str(move.sentence), []).append(step)
        else:
            way.insert(0 if main else len(way), step)
    return {"open": way, "closed": list(closed.items())}


def _services(case: Case) -> list[Any]:
    rows = selectors.services_of(case.pk)
    for row in rows:
        row.tone = wording.SERVICE_TONES[row.state]
        row.cost = money(Money(row.expected_cost, row.currency_id)) if row.expected_cost is not None else ""
        row.next_states = [{"code": code, "label": label} for code, label in wording.SERVICE_STEPS[row.state]]
    return rows


def _timeline(entries: Iterable[TimelineEntry], reading: Reading) -> list[dict[str, Any]]:
    """The latest first."""
    return [_line(entry, reading) for entry in entries][::-1]


def _line(entry: TimelineEntry, reading: Reading) -> dict[str, Any]:
    icon, tone = wording.SIGNS.get(entry.kind, ("dot", "quiet"))
    who = entry.by.short_name if entry.by else PROGRAM
    return {
        "at": entry.at,
        "title": timeline_text(entry, medical=reading.medical),
        "text": reading.value("timeline", "text", entry.text),
        "who": who,
        "icon": icon,
        "tone": tone,
    }


def _escalations(case: Case) -> list[Escalation]:
    """All of them, those that wait first."""
    rows = selectors.escalations_of(case.pk)
    return sorted(rows, key=lambda row: (row.acknowledged_at is not None, row.due_at, row.pk))


def _told(user: Employee, case: Case, row: Escalation, reading: Reading, now: datetime) -> dict[str, Any]:
    row.case = case
    read = reading.of("escalation", row)
    waits = row.acknowledged_at is None
    asks = waits and rights.may(user.role, "escalation.acknowledge")
    return {
        "pk": row.pk, "reason_label": ESCALATION_LABELS.get(read.reason, read.reason), "text": read.text,
        "is_open": waits, "cancelled": row.cancelled, "cancel_reason": read.cancel_reason, "due_at": row.due_at,
        "raised_at": row.raised_at, "risen_at": row.risen_at, "addressee": row.addressee.short_name,
        "acknowledged_at": row.acknowledged_at,
        "acknowledged_by": row.acknowledged_by.short_name if row.acknowledged_by else "",
        "may_acknowledge": asks and permissions.can_acknowledge(user, row, now),
    }  # fmt: skip

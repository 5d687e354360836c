"""The start of the working day, lateness, who is on duty now (JD I.6)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    """The start of the working day, lateness, who is on duty now (JD I.6)."""

    name = "shifts.attendance"
    label = "attendance"

    def ready(self) -> None:
        """Hand over the room's rows of the matrix and its effects; begin shifts when people are seen."""
        from django.db.models import Exists

        from fregat.lib import context, db, frame, gates, navigation, notices, rights, seen
        from fregat.lib.expressions import row_in, row_of
        from shifts.attendance import actions, figures, presence, selectors, tasks  # noqa: F401 - the job
        from shifts.attendance.begun import begun_of
        from shifts.attendance.labels import CONSTRAINT_SENTENCES, NOTICES
        from shifts.attendance.rights import OBJECTS, RIGHTS, ROUTES
        from shifts.roster import registry
        from shifts.roster.models import Shift
        from staff.employees import panels
        from staff.employees import registry as staff
        from staff.tasks import registry as instructions

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(end_change=selectors.get_end_change)
        db.explain_all(CONSTRAINT_SENTENCES)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        registry.on_shift_changed(actions.follow_shift, registry.nothing_yet)
        registry.on_shift_said_by(selectors.is_on_shift)
        registry.begun_said_by(begun_of)
        navigation.add("shift", _("My shift"), "attendance:shift", "clock", 85, menu="person")
        navigation.add("attendance", _("Working time"), "attendance:attendance", "calendar-clock", 72)
        panels.add(panels.Panel("attendance", 45, "attendance/_of_employee.html", figures.record))
        frame.register(
            selectors.anything_to_begin, lambda one, now: Exists(selectors.shifts_to_begin(one, now))
        )
        frame.register(
            selectors.current_shift,
            lambda one, now: row_in(selectors.own_running(one, now), Shift, "attendance"),
            read=row_of(Shift, "attendance"),
        )
        seen.on_seen(presence.begin_when_seen)
        presence.listen()
        context.register("shift_clock", presence.shift_clock)
        staff.mark_people(selectors.marks)
        staff.watch(selectors.who_watches)
        staff.stretch_said_by(selectors.stretch)
        staff.describe("on_shift", selectors.is_on_shift)
        instructions.on_shift_said_by(selectors.on_duty_ids)
        instructions.leader_said_by(selectors.leads)

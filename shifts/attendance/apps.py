"""The start of the working day, lateness, who is on duty now (JD I.6)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    """The start of the working day, lateness, who is on duty now (JD I.6)."""

    name = "shifts.attendance"
    label = "attendance"

    def ready(self) -> None:
        """Hand over the room's rows of the matrix and its effects; begin shifts when people are seen."""
        from fregat.lib import context, db, navigation, rights, seen
        from shifts.attendance import actions, presence, selectors
        from shifts.attendance.begun import begun_of
        from shifts.attendance.rights import OBJECTS, RIGHTS, ROUTES
        from shifts.roster import registry
        from staff.employees import registry as staff
        from staff.tasks import registry as tasks

        rights.register(RIGHTS, ROUTES, OBJECTS)
        db.explain(
            "attendance_attendance_shift_id_key", _("The beginning of this shift is on record already.")
        )
        registry.on_shift_changed(actions.follow_shift, registry.nothing_yet)
        registry.on_shift_said_by(selectors.is_on_shift)
        registry.begun_said_by(begun_of)
        navigation.add("shift", _("My shift"), "attendance:shift", "clock", 85, menu="person")
        seen.on_seen(presence.begin_when_seen)
        context.register("shift_clock", presence.shift_clock)
        staff.mark_people(selectors.marks)
        staff.describe("on_shift", selectors.is_on_shift)
        tasks.on_shift_said_by(selectors.on_duty_ids)
        tasks.leader_said_by(selectors.leads)

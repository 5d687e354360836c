"""The start of the working day, lateness, who is on duty now (JD I.6)."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """The start of the working day, lateness, who is on duty now (JD I.6)."""

    name = "shifts.attendance"
    label = "attendance"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from shifts.attendance.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

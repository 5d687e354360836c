"""The case: status, responsibility, services, tasks, escalation, time line (JD II)."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The case: status, responsibility, services, tasks, escalation, time line (JD II)."""

    name = "cases.casework"
    label = "casework"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from cases.casework.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

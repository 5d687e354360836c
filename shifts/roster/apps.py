"""The plan of shifts (JD II.11)."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """The plan of shifts (JD II.11)."""

    name = "shifts.roster"
    label = "roster"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from shifts.roster.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

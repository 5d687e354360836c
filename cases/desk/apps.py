"""The operator's desk, the global search, the senior manager's board."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The operator's desk, the global search, the senior manager's board."""

    name = "cases.desk"
    label = "desk"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from cases.desk.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

"""The end-of-shift check and the handover (JD II.11-12)."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """The end-of-shift check and the handover (JD II.11-12)."""

    name = "cases.handover"
    label = "handover"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from cases.handover.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

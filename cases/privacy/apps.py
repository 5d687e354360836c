"""The access log: who looked at whose data, when and why (JD II.15)."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The access log: who looked at whose data, when and why (JD II.15)."""

    name = "cases.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from cases.privacy.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

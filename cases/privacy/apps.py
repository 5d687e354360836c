"""The access log: who looked at whose data, when and why (JD II.15)."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The access log: who looked at whose data, when and why (JD II.15)."""

    name = "cases.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from cases.privacy.rights import RIGHTS, ROUTES
        from fregat.lib import rights

        rights.register(RIGHTS, ROUTES)

"""The access log: who looked at whose data, when and why (JD II.15)."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The access log: who looked at whose data, when and why (JD II.15)."""

    name = "cases.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Hand over the rows of the matrix, the jobs, the notice, the checks of the settings."""
        from django.utils.translation import gettext_lazy as _

        from cases.privacy import checks, tasks  # noqa: F401 - the tasks register themselves
        from cases.privacy.rights import RIGHTS, ROUTES
        from fregat.lib import notices, rights

        rights.register(RIGHTS, ROUTES)
        checks.register_all()
        notices.register(
            "access_log_faults",
            _("A verification of the access log found that it was tampered with."),
            "shield-alert",
        )

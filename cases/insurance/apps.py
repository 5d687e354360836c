"""Insurers, programmes, covers, policies, insured persons, look-up, verdict (JD II.1)."""

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    """Insurers, programmes, covers, policies, insured persons, look-up, verdict (JD II.1)."""

    name = "cases.insurance"
    label = "insurance"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from cases.insurance.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

"""Insurers, programmes, covers, policies, insured persons, look-up, verdict (JD II.1)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsuranceConfig(AppConfig):
    """Insurers, programmes, covers, policies, insured persons, look-up, verdict (JD II.1)."""

    name = "cases.insurance"
    label = "insurance"
    verbose_name = _("Insurance")

    def ready(self) -> None:
        """Hand the room's rows of the matrix over, follow the staff's projects, stand in the bar."""
        from staff.employees import registry

        from cases.insurance import actions
        from cases.insurance.rights import RIGHTS, ROUTES
        from fregat.lib import navigation, rights

        rights.register(RIGHTS, ROUTES)
        registry.on_projects_changed(actions.follow_projects)
        registry.name_projects(actions.project_names)
        navigation.add("look_up", _("Insured persons"), "insurance:look_up", "search", 40)

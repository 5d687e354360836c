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
        from django.contrib.postgres.expressions import ArraySubquery

        from cases.insurance import actions, on_record
        from cases.insurance.gates import rulebook
        from cases.insurance.glass import KIND
        from cases.insurance.labels import CONSTRAINTS
        from cases.insurance.querysets import granted_to, project_ids
        from cases.insurance.rights import OBJECTS, RIGHTS, ROUTES
        from cases.insurance.search import persons
        from cases.insurance.selectors import get_person, get_policy
        from cases.insurance.selectors.channels import live_channels
        from cases.privacy.registry import behind_glass
        from fregat.lib import db, frame, gates, live, navigation, rights, search
        from staff.employees import registry

        rights.register(RIGHTS, ROUTES, OBJECTS)
        db.explain_all(CONSTRAINTS)
        gates.register(person=get_person, policy=get_policy, rulebook=rulebook)
        registry.on_projects_changed(actions.follow_projects)
        registry.name_projects(actions.project_names)
        registry.offer_projects(actions.projects)
        live.register_channels(live_channels)
        navigation.add("look_up", _("Insured persons"), "insurance:look_up", "search", 40)
        navigation.add("rules", _("Rules of programmes"), "insurance:rules", "scale", 77)
        search.register(persons)
        frame.register(project_ids, lambda one, now: ArraySubquery(granted_to(one)), dated=False)
        on_record.register()
        behind_glass(KIND)

"""The case: status, responsibility, services, tasks, escalation, time line (JD II)."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The case: status, responsibility, services, tasks, escalation, time line (JD II)."""

    name = "cases.casework"
    label = "casework"

    def ready(self) -> None:
        """Hand over the rows of the matrix, the jobs, the sentences of constraints, the effects of orders."""
        from django.utils.translation import gettext_lazy as _

        from cases.casework import (
            actions,
            constraints,
            gates,
            labels,
            load,
            on_record,
            references,
            reliance,
            search,
            tasks,
        )
        from cases.casework.glass import KIND
        from cases.casework.rights import OBJECTS, RIGHTS, ROUTES
        from cases.casework.selectors.channels import live_channels
        from cases.casework.selectors.lists import addresses_of
        from cases.imports import registry as imports
        from cases.privacy.registry import behind_glass
        from fregat.lib import live, navigation, notices, rights
        from shifts.breaks import registry as breaks
        from shifts.coverage import registry as coverage
        from staff.documents import registry as documents
        from staff.employees import registry as staff
        from staff.messenger import registry as messenger

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register()
        navigation.add("new_call", _("New call"), "casework:new_call", "phone-call", 20, "F2")
        navigation.add("cases", _("Cases"), "casework:cases", "folder-open", 30)
        search.register()
        live.register_channels(live_channels)
        on_record.register()
        documents.door("case.register", _("registering cases"))
        constraints.explain_all()
        for kind, (sentence, icon) in labels.NOTICES.items():
            notices.register(kind, sentence, icon)
        tasks.register()
        staff.on_dismissed(actions.leave_staff, actions.foresee_leaving)
        staff.on_role_changed(actions.leave_work, actions.foresee_other_role)
        behind_glass(KIND)
        imports.refers(references.referred)
        reliance.register()
        breaks.load_said_by(load.quarter_hours)
        coverage.demand_said_by(load.expected)
        messenger.cases_said_by(addresses_of)

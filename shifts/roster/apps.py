"""The plan of shifts (JD II.11)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RosterConfig(AppConfig):
    """The plan of shifts (JD II.11)."""

    name = "shifts.roster"
    label = "roster"

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its sentences and its effects."""
        from fregat.lib import db, gates, navigation, notices, rights, search
        from shifts.roster import actions, record
        from shifts.roster.labels import CONSTRAINTS, NOTICES
        from shifts.roster.rights import OBJECTS, RIGHTS, ROUTES
        from shifts.roster.search import colleagues
        from shifts.roster.selectors import get_shift
        from staff.employees import panels, registry

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(shift=get_shift)
        registry.on_dismissed(actions.cancel_shifts_of_dismissed, actions.foresee_dismissal)
        registry.on_role_changed(actions.follow_role, actions.foresee_role)
        navigation.add("roster", _("Roster"), "roster:roster", "calendar-days", 70)
        search.register(colleagues)
        registry.widen_view(record.beside_the_leader)
        panels.add(panels.Panel("shifts", 40, "roster/_of_employee.html", record.shifts_of))
        db.explain_all(CONSTRAINTS)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)

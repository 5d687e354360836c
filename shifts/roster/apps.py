"""The plan of shifts (JD II.11)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RosterConfig(AppConfig):
    """The plan of shifts (JD II.11)."""

    name = "shifts.roster"
    label = "roster"

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its sentences and its effects."""
        from fregat.lib import db, gates, navigation, rights, search
        from shifts.roster import actions, record
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
        db.explain_all({
            "no_two_shifts_at_once": _("This employee already has a shift at this time."),
            "one_leader_at_a_moment": _("Somebody already leads a shift at this time."),
            "shift_not_empty": _("The end must come after the beginning."),
            "shift_cancelled_with_reason": _("Write why the shift is being cancelled."),
            "one_roster_rule_a_day": _("Somebody is changing this rule right now. Please try again."),
            "roster_rule_has_a_limit": _("Give a number within the bounds of this rule."),
        })  # fmt: skip

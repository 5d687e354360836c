"""The end-of-shift check and the handover (JD II.11-12)."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    """The end-of-shift check and the handover (JD II.11-12)."""

    name = "cases.handover"
    label = "handover"
    verbose_name = _("End of shift and handover")

    def ready(self) -> None:
        """Follow the plan of shifts and the cases; hand the room's rows of the matrix over."""
        from cases.casework import labels as case_labels
        from cases.casework import registry as casework
        from cases.handover import actions, tasks  # noqa: F401 - the tasks register themselves
        from cases.handover.labels import CONSTRAINTS, NOTICES, TIMELINE_LABELS
        from cases.handover.rights import OBJECTS, RIGHTS, ROUTES
        from cases.handover.selectors import get_handover, get_signed_sheet, panel_of, received_by
        from cases.handover.views import banner_url
        from fregat.lib import context, db, gates, live, navigation, notices, rights
        from shifts.roster import registry as roster

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(handover=get_handover, signed_sheet=get_signed_sheet)
        db.explain_all(CONSTRAINTS)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        roster.on_shift_changed(actions.follow_shift, actions.follow_published)
        casework.on_responsibility_changed(actions.follow_responsibility)
        casework.on_status_changed(actions.follow_status)
        casework.add_panel(panel_of)
        casework.add_ground("handover", received_by)
        case_labels.TIMELINE_LABELS.update(TIMELINE_LABELS)
        context.register("shift_banner_url", banner_url)
        navigation.add("shift_end", _("End of shift"), "handover:desk", "clipboard-check", 50, "F8")
        navigation.add("watch", _("Nobody on duty"), "handover:lapses", "shield-alert", 95)
        navigation.add("sheets", _("Hand-over sheets"), "handover:sheets", "files", 96)
        live.register_channels(self.watch_channel)

    @staticmethod
    def watch_channel(user: Any) -> list[str]:
        """News of the watch, for whom the matrix lets read it."""
        from fregat.lib import rights

        return ["watch"] if rights.may(user.role, "lapse.view") else []

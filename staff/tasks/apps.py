"""Orders of the senior manager and their execution (A8; JD I.5, II.6, II.13)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    """Orders of the senior manager and their execution (A8; JD I.5, II.6, II.13)."""

    name = "staff.tasks"
    label = "tasks"
    verbose_name = _("Instructions")

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its sentences and notices; follow dismissals."""
        from fregat.lib import db, gates, navigation, notices, rights
        from staff.employees import registry as staff
        from staff.tasks import actions, selectors, tasks  # noqa: F401 - the job registers itself
        from staff.tasks.labels import CONSTRAINT_SENTENCES, NOTICES
        from staff.tasks.rights import OBJECTS, RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(instruction=selectors.get_assignment, instruction_report=selectors.get_report)
        db.explain_all(CONSTRAINT_SENTENCES)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        staff.on_dismissed(actions.follow_dismissal, actions.foresee_dismissal)
        staff.on_role_changed(actions.follow_role, actions.foresee_role)
        navigation.add("tasks", _("Instructions"), "tasks:tasks", "clipboard-list", 75)

"""Breaks inside a shift: the lunch hour and its agreement (JD I.7, B2)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BreaksConfig(AppConfig):
    """Breaks inside a shift: the lunch hour and its agreement (JD I.7, B2)."""

    name = "shifts.breaks"
    label = "breaks"
    verbose_name = _("Breaks")

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its gate, sentences and notices; follow the shifts."""
        from fregat.lib import db, gates, navigation, notices, rights
        from shifts.breaks import actions, selectors, tasks  # noqa: F401 - the job registers itself
        from shifts.breaks.labels import CONSTRAINT_SENTENCES, NOTICES
        from shifts.breaks.rights import OBJECTS, RIGHTS, ROUTES
        from shifts.roster import registry

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(**{"break": selectors.get_break})
        db.explain_all(CONSTRAINT_SENTENCES)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        registry.on_shift_changed(actions.follow_shift, registry.nothing_yet)
        navigation.add("breaks", _("Breaks"), "breaks:breaks", "coffee", 86, menu="person")

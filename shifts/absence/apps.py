"""Sick leave with its certificate, vacation and other absences, who covers the shifts (B7, JD IV.10)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AbsenceConfig(AppConfig):
    """Sick leave with its certificate, vacation and other absences, who covers the shifts (B7, JD IV.10)."""

    name = "shifts.absence"
    label = "absence"
    verbose_name = _("Absences")

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its gate, sentences and notices."""
        from fregat.lib import db, gates, navigation, notices, rights
        from shifts.absence import selectors, tasks  # noqa: F401 - the job registers itself
        from shifts.absence.labels import CONSTRAINT_SENTENCES, NOTICES
        from shifts.absence.rights import OBJECTS, RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(absence=selectors.get_absence)
        db.explain_all(CONSTRAINT_SENTENCES)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        navigation.add("absences", _("Absences"), "absence:absences", "calendar-off", 73)

"""Figures of the day and the month against their targets (F5), without persons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Figures of the day and the month against their targets (F5), without persons."""

    name = "cases.figures"
    label = "figures"
    verbose_name = _("Figures")

    def ready(self) -> None:
        """Hand over the rows of the matrix, the sentences of constraints, the place in the bar."""
        from cases.figures import tasks  # noqa: F401 - the tasks register themselves
        from cases.figures.labels import CONSTRAINT_SENTENCES
        from cases.figures.rights import RIGHTS, ROUTES
        from fregat.lib import db, navigation, rights

        rights.register(RIGHTS, ROUTES, {})
        db.explain_all(CONSTRAINT_SENTENCES)
        navigation.add("figures", _("Figures"), "figures:figures", "chart-line", 65)

"""Coverage: how many people each quarter-hour needs, against how many are planned (B3)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    """Coverage: how many people each quarter-hour needs, against how many are planned (B3)."""

    name = "shifts.coverage"
    label = "coverage"
    verbose_name = _("Coverage")

    def ready(self) -> None:
        """Hand over the rows of the matrix, the sentences of constraints, the place in the bar."""
        from fregat.lib import db, navigation, rights
        from shifts.coverage.labels import CONSTRAINT_SENTENCES
        from shifts.coverage.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES, {})
        db.explain_all(CONSTRAINT_SENTENCES)
        navigation.add("coverage", _("Coverage"), "coverage:coverage", "users-round", 72)

"""Insurers' lists: checked, shown, written in pieces, taken back (JD II.1)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Insurers' lists: checked, shown, written in pieces, taken back (JD II.1)."""

    name = "cases.imports"
    label = "imports"
    verbose_name = _("Insurers’ lists")

    def ready(self) -> None:
        """Hand over the room's rows of the matrix and its sentences; stand in the bar."""
        from cases.imports import on_record, permissions, selectors, tasks  # noqa: F401 — handlers of jobs
        from cases.imports.labels import CONSTRAINTS, NOTICES
        from cases.imports.rights import OBJECTS, RIGHTS, ROUTES
        from cases.insurance.registry import add_panel
        from fregat.lib import db, gates, navigation, notices, rights

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(insurers_list=selectors.get_list)
        db.explain_all(CONSTRAINTS)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon, open_to=permissions.lists_open_to)
        on_record.register()
        add_panel(selectors.panel)
        navigation.add("imports", _("Insurers’ lists"), "imports:lists", "file-down", 74)

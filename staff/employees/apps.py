"""Employees, roles, subordination, substitution, sign-in (JD I)."""

from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    """Employees, roles, subordination, substitution, sign-in (JD I)."""

    name = "staff.employees"
    label = "employees"

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its sentences, and its place in the person's menu."""
        from django.utils.translation import gettext_lazy as _

        from fregat.lib import navigation, preferences, rights
        from staff.employees import actions, labels, tasks  # noqa: F401 - the jobs register themselves
        from staff.employees.actions import kinds
        from staff.employees.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)
        labels.explain_constraints()
        kinds.register()
        preferences.on_chosen(
            lambda person, language, theme: actions.set_preferences(by=person, language=language, theme=theme)
        )
        navigation.add("me", _("My page"), "employees:me", "circle-user", 90, menu="person")

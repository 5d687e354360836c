"""Employees, roles, subordination, substitution, sign-in (JD I)."""

from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    """Employees, roles, subordination, substitution, sign-in (JD I)."""

    name = "staff.employees"
    label = "employees"

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its sentences, and its place in the person's menu."""
        from django.utils.translation import gettext_lazy as _

        from fregat.lib import gates, live, navigation, notices, preferences, rights, search, seen
        from staff.employees import (
            actions,
            labels,
            panels,
            permissions,
            places,
            second_factor,
            selectors,
            sign_in,
        )  # fmt: skip
        from staff.employees import gates as room_gates
        from staff.employees import tasks as _jobs  # noqa: F401 - they register themselves
        from staff.employees.actions import kinds
        from staff.employees.rights import OBJECTS, RIGHTS, ROUTES
        from staff.employees.search import people
        from staff.employees.selectors.channels import live_channels

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(
            order=selectors.get_order, account=room_gates.account, record=room_gates.record,
            substitution=selectors.get_substitution, staff_import=selectors.get_import,
        )  # fmt: skip
        labels.explain_constraints()
        kinds.register()
        for kind, (sentence, icon) in (labels.ACCOUNT_NOTICES | labels.SUBSTITUTION_NOTICES).items():
            notices.register(kind, sentence, icon)
        for kind, (sentence, icon) in labels.ORDER_NOTICES.items():
            notices.register(kind, sentence, icon, open_to=permissions.orders_open_to)
        sign_in.listen()
        seen.on_seen(places.note_use)
        second_factor.check_settings()
        live.register_channels(permissions.order_channels)
        preferences.on_chosen(
            lambda person, language, theme: actions.set_preferences(by=person, language=language, theme=theme)
        )
        live.register_channels(live_channels)
        panels.add(panels.Panel("orders", 35, "employees/orders/_of_employee.html", selectors.orders_card))
        navigation.add("orders", _("Orders"), "employees:orders", "stamp", 86)
        navigation.add("staff", _("Staff"), "employees:people", "users", 75)
        navigation.add("substitutions", _("Substitutions"), "employees:substitutions", "repeat", 95)
        search.register(people)
        navigation.add("security", _("Security events"), "employees:security", "shield-alert", 141)
        navigation.add("me", _("My page"), "employees:me", "circle-user", 90, menu="person")

"""Employees, roles, subordination, substitution, sign-in (JD I)."""

from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    """Employees, roles, subordination, substitution, sign-in (JD I)."""

    name = "staff.employees"
    label = "employees"

    def ready(self) -> None:
        """Hand the room's rows of the matrix over."""
        from fregat.lib import rights

        from staff.employees.rights import RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES)

"""People and their ties, the projects they work on."""

from staff.employees.models.people import Employee, ProjectAssignment, Subordination, Substitution

__all__ = ["Employee", "ProjectAssignment", "Subordination", "Substitution"]

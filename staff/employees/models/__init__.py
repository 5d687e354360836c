"""People and their ties, the projects they work on; the history of each."""

from staff.employees.models.people import (
    Employee,
    EmployeeEvent,
    ProjectAssignment,
    ProjectAssignmentEvent,
    Subordination,
    SubordinationEvent,
    Substitution,
    SubstitutionEvent,
)

__all__ = [
    "Employee",
    "EmployeeEvent",
    "ProjectAssignment",
    "ProjectAssignmentEvent",
    "Subordination",
    "SubordinationEvent",
    "Substitution",
    "SubstitutionEvent",
]

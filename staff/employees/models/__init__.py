"""People and their ties, the projects they work on, the director's orders; the history of each."""

from staff.employees.models.orders import Order, OrderCounter, OrderEvent
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
from staff.employees.models.photograph import Photograph, PhotographEvent
from staff.employees.models.security import SecurityEvent
from staff.employees.models.tables import StaffExport, StaffImport

__all__ = [
    "Employee",
    "EmployeeEvent",
    "Order",
    "OrderCounter",
    "OrderEvent",
    "Photograph",
    "PhotographEvent",
    "ProjectAssignment",
    "ProjectAssignmentEvent",
    "SecurityEvent",
    "StaffExport",
    "StaffImport",
    "Subordination",
    "SubordinationEvent",
    "Substitution",
    "SubstitutionEvent",
]

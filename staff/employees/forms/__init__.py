"""What people type on the pages of the room."""

from staff.employees.forms.in_person import InPersonField

__all__ = ["InPersonField"]

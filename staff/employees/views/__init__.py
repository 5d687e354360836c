"""Pages of the room."""

from staff.employees.views.me import me, session_end, token_withdraw, tokens
from staff.employees.views.orders import order
from staff.employees.views.people import people
from staff.employees.views.record import history, photo, photo_remove, projects, record, work

__all__ = [
    "history",
    "me",
    "order",
    "people",
    "photo",
    "photo_remove",
    "projects",
    "record",
    "session_end",
    "token_withdraw",
    "tokens",
    "work",
]

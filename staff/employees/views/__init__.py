"""Pages of the room."""

from staff.employees.views.me import me, session_end, token_withdraw, tokens
from staff.employees.views.orders import order

__all__ = ["me", "order", "session_end", "token_withdraw", "tokens"]

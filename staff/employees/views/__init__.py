"""Pages of the room."""

from staff.employees.views.me import me, session_end, token_withdraw, tokens

__all__ = ["me", "session_end", "token_withdraw", "tokens"]

"""Pages of the room."""

from staff.employees.views.account import account
from staff.employees.views.me import me, second_factor, session_end, token_withdraw, tokens
from staff.employees.views.ordering import order_new, order_preview
from staff.employees.views.orders import (
    order,
    order_decline,
    order_pdf,
    order_retry,
    order_revoke,
    order_sign,
    order_withdraw,
    orders,
)
from staff.employees.views.people import people
from staff.employees.views.record import (
    history,
    photo,
    photo_remove,
    projects,
    record,
    second_factor_reset,
    work,
)
from staff.employees.views.security import security
from staff.employees.views.substitutions import substitution_end, substitution_new, substitutions
from staff.employees.views.tables import (
    export,
    import_,
    import_apply,
    import_drop,
    import_template,
    imports,
)

__all__ = [
    "account",
    "export",
    "history",
    "import_",
    "import_apply",
    "import_drop",
    "import_template",
    "imports",
    "me",
    "order",
    "order_decline",
    "order_new",
    "order_pdf",
    "order_preview",
    "order_retry",
    "order_revoke",
    "order_sign",
    "order_withdraw",
    "orders",
    "people",
    "photo",
    "photo_remove",
    "projects",
    "record",
    "second_factor",
    "second_factor_reset",
    "security",
    "session_end",
    "substitution_end",
    "substitution_new",
    "substitutions",
    "token_withdraw",
    "tokens",
    "work",
]

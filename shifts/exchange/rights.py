"""The room's rows of the permission matrix, and which route asks which of them.

Team and routed as in the roster: a senior manager answers for the own team and, while leading, for shifts that
overlap the one that is led. Both people of an exchange must lie within; else the head decides.
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})
_ON_SHIFTS = dict.fromkeys((Role.OPERATOR, Role.SENIOR, Role.DOCTOR), _OWN)

RIGHTS: ActionTable = {
    "exchange.ask": _ON_SHIFTS,
    # The colleague agrees or does not.
    "exchange.answer": _ON_SHIFTS,
    "exchange.withdraw": _ON_SHIFTS,
    "exchange.view": {**_ON_SHIFTS, Role.SENIOR: _OWN | _TEAM, Role.HEAD: _CENTRE},
    # Never one's own.
    "exchange.decide": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "exchange:exchanges": {"GET": "exchange.view"},
    "exchange:ask": {"GET": "exchange.ask", "POST": "exchange.ask"},
    "exchange:exchange": {"GET": "exchange.view"},
    "exchange:answer": {"POST": "exchange.answer"},
    "exchange:withdraw": {"POST": "exchange.withdraw"},
    "exchange:decide": {"POST": "exchange.decide"},
    "api:exchanges": {"GET": "exchange.view", "POST": "exchange.ask"},
    "api:exchange-offers": {"GET": "exchange.ask"},
    "api:exchange": {"GET": "exchange.view"},
    "api:exchange-answer": {"POST": "exchange.answer"},
    "api:exchange-withdraw": {"POST": "exchange.withdraw"},
    "api:exchange-decide": {"POST": "exchange.decide"},
}

_ACTS = ("exchange", "answer", "withdraw", "decide")
OBJECTS: ObjectTable = {
    **{f"exchange:{act}": "exchange" for act in _ACTS},
    **{f"api:exchange-{act}": "exchange" for act in _ACTS[1:]},
    "api:exchange": "exchange",
    "exchange:ask": "shift",
    "api:exchange-offers": "shift",
}

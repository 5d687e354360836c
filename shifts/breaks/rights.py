"""The room's rows of the permission matrix, and which route asks which of them.

Team and routed: a senior manager agrees with the own team and, while leading, with everybody on the shift (B2).
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "break.ask": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.DOCTOR: _OWN},
    "break.view": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN | _TEAM, Role.HEAD: _CENTRE, Role.DOCTOR: _OWN},
    # Never one's own.
    "break.decide": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "breaks:breaks": {"GET": "break.view", "POST": "break.ask"},
    "breaks:withdraw": {"POST": "break.ask"},
    "breaks:begin": {"POST": "break.ask"},
    "breaks:end": {"POST": "break.ask"},
    "breaks:agree": {"POST": "break.decide"},
    "breaks:refuse": {"POST": "break.decide"},
    "api:presence": {"GET": "roster.view"},
    "api:breaks": {"GET": "break.view", "POST": "break.ask"},
    "api:break": {"GET": "break.view"},
    **{f"api:break-{act}": {"POST": "break.ask"} for act in ("withdraw", "begin", "end")},
    **{f"api:break-{act}": {"POST": "break.decide"} for act in ("agree", "refuse")},
}

_ACTS = ("withdraw", "begin", "end", "agree", "refuse")
OBJECTS: ObjectTable = {
    **{f"breaks:{act}": "break" for act in _ACTS},
    **{f"api:break-{act}": "break" for act in _ACTS},
    "api:break": "break",
}

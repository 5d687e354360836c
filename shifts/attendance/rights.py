"""The room's rows of the permission matrix, and which route asks which of them.

Team and routed: a senior manager answers for the working time of the own team and, while leading, of everybody
whose shift overlaps the one that is led (JD I.5).
"""

from fregat.lib.rights import SIGNED_IN, ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    # Who came when, late, left early, was absent.
    "attendance.view": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _OWN | _TEAM,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _CENTRE,
        Role.DOCTOR: _OWN,
    },
    "attendance.export": {Role.SENIOR: _OWN | _TEAM, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    "lateness.rule": {Role.HEAD: _CENTRE},
    "end.view": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _OWN | _TEAM,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _OWN,
    },
    # To end one's own shift at another time.
    "end.ask": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.HEAD: _OWN, Role.DOCTOR: _OWN},
    # Who asked takes it back: the employee, or whoever asked them to stay.
    "end.withdraw": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.HEAD: _OWN, Role.DOCTOR: _OWN},
    # To ask somebody to stay longer.
    "end.prolong": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
    # The other side: the senior manager of who asks, the employee who is asked. Never one's own wish.
    "end.decide": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _OWN | _TEAM,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _OWN,
    },
}

ROUTES: RouteTable = {
    # One's own day, and who is on duty: everybody of the house may know whom to turn to.
    "attendance:shift": SIGNED_IN,
    "attendance:attendance": {"GET": "attendance.view"},
    "attendance:export": {"POST": "attendance.export"},
    "attendance:rule": {"GET": "lateness.rule", "POST": "lateness.rule"},
    "attendance:end_ask": {"POST": "end.ask"},
    "attendance:end_prolong": {"GET": "end.prolong", "POST": "end.prolong"},
    "attendance:end_agree": {"POST": "end.decide"},
    "attendance:end_refuse": {"POST": "end.decide"},
    "attendance:end_withdraw": {"POST": "end.withdraw"},
    "api:end-changes": {"GET": "end.view", "POST": "end.ask"},
    "api:end-change": {"GET": "end.view"},
    "api:end-change-agree": {"POST": "end.decide"},
    "api:end-change-refuse": {"POST": "end.decide"},
    "api:end-change-withdraw": {"POST": "end.withdraw"},
    "api:shift-prolong": {"POST": "end.prolong"},
    # The API of the roster is here because its rows tell when a shift was begun.
    "api:shifts": {"GET": "roster.view", "POST": "roster.edit"},
    "api:shift": {"GET": "roster.view", "PATCH": "roster.edit"},
}

OBJECTS: ObjectTable = {
    "api:shift": "shift",
    "attendance:end_prolong": "shift",
    "api:shift-prolong": "shift",
    **dict.fromkeys(
        (
            "attendance:end_agree",
            "attendance:end_refuse",
            "attendance:end_withdraw",
            "api:end-change",
            "api:end-change-agree",
            "api:end-change-refuse",
            "api:end-change-withdraw",
        ),
        "end_change",
    ),
}

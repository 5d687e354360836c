"""The room's rows of the permission matrix, and which route asks which of them.

Team and routed: a senior manager answers for the own team and, while leading, for everybody whose shift overlaps
the one that is led. Of a certificate they see that it is there; the file itself is for the head and the director.
"""

from fregat.lib.rights import EVERYBODY, ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})
_EVERYBODYS_OWN = dict.fromkeys(EVERYBODY, _OWN)

RIGHTS: ActionTable = {
    "absence.ask": _EVERYBODYS_OWN,
    "absence.view": {
        **_EVERYBODYS_OWN,
        Role.SENIOR: _OWN | _TEAM,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _CENTRE,
    },
    # Never one's own.
    "absence.decide": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    "absence.cover": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
    # The file of the certificate (security: sick certificate).
    "absence.certificate": {**_EVERYBODYS_OWN, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    # A certificate that was not brought: explained by the employee, decided by the director.
    "absence.explain": _EVERYBODYS_OWN,
    "absence.judge": {Role.DIRECTOR: _CENTRE},
}

ROUTES: RouteTable = {
    "absence:absences": {"GET": "absence.view", "POST": "absence.ask"},
    "absence:record": {"GET": "absence.decide", "POST": "absence.decide"},
    "absence:absence": {"GET": "absence.view"},
    "absence:agree": {"POST": "absence.decide"},
    "absence:refuse": {"POST": "absence.decide"},
    "absence:withdraw": {"POST": "absence.ask"},
    "absence:bring": {"POST": "absence.ask"},
    "absence:certificate": {"GET": "absence.certificate"},
    "absence:cover": {"POST": "absence.cover"},
    "absence:explain": {"POST": "absence.explain"},
    "absence:judge": {"POST": "absence.judge"},
    "api:absence-kinds": {"GET": "absence.ask"},
    "api:absences": {"GET": "absence.view", "POST": "absence.ask"},
    "api:absences-record": {"POST": "absence.decide"},
    "api:absence": {"GET": "absence.view"},
    "api:absence-agree": {"POST": "absence.decide"},
    "api:absence-refuse": {"POST": "absence.decide"},
    "api:absence-withdraw": {"POST": "absence.ask"},
    "api:absence-cover": {"GET": "absence.cover", "POST": "absence.cover"},
    "api:absence-explain": {"POST": "absence.explain"},
    "api:absence-judge": {"POST": "absence.judge"},
}

_OF_NOBODY = {
    "absence:absences", "absence:record", "api:absence-kinds", "api:absences", "api:absences-record",
}  # fmt: skip
OBJECTS: ObjectTable = dict.fromkeys((route for route in ROUTES if route not in _OF_NOBODY), "absence")

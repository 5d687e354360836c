"""The room's rows of the permission matrix, and which route asks which of them.

`log.view`, team: looks of one's own team; centre: everybody's. The administrator sees that the chain holds and what
verifications found, no looks and no persons. `data:` is the data officer. Nobody alters the log: there is no such
action.
"""

from fregat.lib.rights import ActionTable, Department, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.OWN, Scope.TEAM})
_CENTRE = frozenset({Scope.CENTRE})
_PROJECT = frozenset({Scope.PROJECT})

RIGHTS: ActionTable = {
    # Broken glass: reading only. The head sees the whole centre without it.
    "glass.open": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.DIRECTOR: _OWN, Role.DOCTOR: _OWN},
    "glass.view": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _TEAM,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _OWN,
        Role.DOCTOR: _OWN,
        Department.DATA: _CENTRE,
    },
    # What leaves the house, and the insurers' consents to it.
    "disclosure.make": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _PROJECT,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    "disclosure.view": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _TEAM,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _CENTRE,
        Role.DOCTOR: _OWN,
        Department.DATA: _CENTRE,
    },
    "consent.view": {
        Role.SENIOR: _PROJECT,
        Role.HEAD: _CENTRE,
        Role.CLIENT: _PROJECT,
        Department.DATA: _CENTRE,
    },
    "consent.record": {Role.SENIOR: _PROJECT, Role.HEAD: _CENTRE, Role.CLIENT: _PROJECT},
    "glass.review": {Role.SENIOR: frozenset({Scope.TEAM}), Role.HEAD: _CENTRE},
    "log.verify": {Role.HEAD: _CENTRE, Role.ADMIN: _CENTRE, Department.DATA: _CENTRE},
}

ROUTES: RouteTable = {
    "privacy:disclosures": {"GET": "disclosure.view"},
    "privacy:consents": {"GET": "consent.view"},
    "privacy:consent_new": {"GET": "consent.record", "POST": "consent.record"},
    "privacy:consent_answer": {"GET": "consent.record", "POST": "consent.record"},
    "privacy:consent_withdraw": {"POST": "consent.record"},
    "privacy:glasses": {"GET": "glass.view"},
    "privacy:glass_new": {"GET": "glass.open", "POST": "glass.open"},
    "privacy:glass": {"GET": "glass.view"},
    "privacy:glass_close": {"POST": "glass.open"},
    "privacy:glass_review": {"POST": "glass.review"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(("privacy:glass", "privacy:glass_close", "privacy:glass_review"), "broken_glass"),
    "privacy:consent_answer": "consent_request",
    "privacy:consent_withdraw": "consent",
}

"""The room's rows of the permission matrix, and which route asks which of them.

`log.view`, team: looks of one's own team; centre: everybody's. `log.others`: the pages on which looks of others are
read. `log.names`: whoever has it reads every name in the log; others read the names of persons and cases that they may
see anyway, the rest by the number of the record. The administrator sees that the chain holds and what verifications
found, no looks and no persons. `data:` is the data officer. Nobody alters the log: there is no such action.
"""

from fregat.lib.rights import EVERYBODY, ActionTable, Department, Holder, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.OWN, Scope.TEAM})
_CENTRE = frozenset({Scope.CENTRE})
_PROJECT = frozenset({Scope.PROJECT})
_ROUTED = frozenset({Scope.OWN, Scope.ROUTED})

_FINDINGS: dict[Holder, frozenset[Scope]] = dict.fromkeys(EVERYBODY, _OWN)
_FINDINGS |= {Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE, Department.DATA: _CENTRE}

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
    # Of the cases that one sees and works on, by whatever scope (`case.add`).
    "disclosure.make": {
        Role.OPERATOR: _PROJECT | _ROUTED,
        Role.SENIOR: _PROJECT | _ROUTED | _TEAM,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT | _ROUTED,
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
    "log.own": dict.fromkeys(EVERYBODY, _OWN),
    "log.view": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _TEAM,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _CENTRE,
        Role.DOCTOR: _OWN,
        Department.DATA: _CENTRE,
    },
    "log.others": {
        Role.SENIOR: _TEAM,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _CENTRE,
        Department.DATA: _CENTRE,
    },
    "log.names": {Department.DATA: _CENTRE},
    # Looks that somebody must explain. One's own become visible when they are taken up; nobody examines their own.
    "finding.list": {Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE, Department.DATA: _CENTRE},
    "finding.view": _FINDINGS,
    "finding.explain": dict.fromkeys(EVERYBODY, _OWN),
    "finding.examine": {Role.HEAD: _CENTRE, Department.DATA: _CENTRE},
    "log.verify": {Role.HEAD: _CENTRE, Role.ADMIN: _CENTRE, Department.DATA: _CENTRE},
}

ROUTES: RouteTable = {
    "privacy:mine": {"GET": "log.own"},
    "privacy:log": {"GET": "log.others"},
    "privacy:look": {"GET": "log.others"},
    "privacy:find": {"GET": "log.others", "POST": "log.others"},
    "privacy:who": {"GET": "log.others"},
    "privacy:who_print": {"GET": "log.others"},
    "privacy:findings": {"GET": "finding.list"},
    "privacy:finding": {"GET": "finding.view"},
    "privacy:finding_take_up": {"POST": "finding.examine"},
    "privacy:finding_explain": {"POST": "finding.explain"},
    "privacy:finding_decide": {"POST": "finding.examine"},
    "privacy:chain": {"GET": "log.verify"},
    "privacy:verify": {"POST": "log.verify"},
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
    "privacy:look": "look",
    "privacy:finding": "finding",
    "privacy:finding_take_up": "finding",
    "privacy:finding_explain": "finding",
    "privacy:finding_decide": "finding",
    "privacy:who": "looked_at",
    "privacy:who_print": "looked_at",
    **dict.fromkeys(("privacy:glass", "privacy:glass_close", "privacy:glass_review"), "broken_glass"),
    "privacy:consent_answer": "consent_request",
    "privacy:consent_withdraw": "consent",
}

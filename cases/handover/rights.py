"""The room's rows of the permission matrix, and which route asks which of them.

`handover.accept`, team and routed: taking from an absent person, a senior manager of the own team (receiver's
or giver's) or of the shift that they lead.
"""

from fregat.lib.rights import SIGNED_IN, ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.OWN, Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    # Whoever may hold open cases decides about their own before the end of their shift (JD II.12).
    "check.decide": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.DOCTOR: _OWN, Role.HEAD: _OWN},
    # Their own desk; of another's, a senior manager and the head.
    "check.spread": {Role.OPERATOR: _OWN, Role.SENIOR: _TEAM, Role.DOCTOR: _OWN, Role.HEAD: _CENTRE},
    # Own cards, and those of the cases that one sees by whatever scope (`case.view`).
    "handover.view": {
        Role.OPERATOR: frozenset({Scope.OWN, Scope.ROUTED, Scope.PROJECT}),
        Role.SENIOR: _TEAM | {Scope.PROJECT},
        Role.DOCTOR: frozenset({Scope.OWN, Scope.ROUTED, Scope.PROJECT}),
        Role.HEAD: _CENTRE,
    },
    "handover.card": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.DOCTOR: _OWN, Role.HEAD: _OWN},
    "handover.accept": {Role.OPERATOR: _OWN, Role.SENIOR: _TEAM, Role.DOCTOR: _OWN, Role.HEAD: _CENTRE},
    # Each signs what they hand over or receive; it is read by them and by whoever is above them.
    "sheet.sign": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.DOCTOR: _OWN, Role.HEAD: _OWN},
    "sheet.view": {Role.OPERATOR: _OWN, Role.SENIOR: _TEAM, Role.DOCTOR: _OWN, Role.HEAD: _CENTRE},
    # Without persons: the director reads when nobody answered, and opens no case by it.
    "lapse.view": {Role.SENIOR: _TEAM | {Scope.PROJECT}, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    # The head is the last resort: there is nobody to refuse to.
    "handover.refuse": {Role.OPERATOR: _OWN, Role.SENIOR: _OWN, Role.DOCTOR: _OWN},
}

ROUTES: RouteTable = {
    "handover:desk": {"GET": "check.decide"},
    "handover:decide": {"POST": "check.decide"},
    "handover:spread": {"GET": "check.spread", "POST": "check.spread"},
    "handover:banner": {"GET": SIGNED_IN},
    "handover:sheet": {"GET": "check.decide", "POST": "sheet.sign"},
    "handover:received": {"GET": "handover.view", "POST": "sheet.sign"},
    "handover:sheets": {"GET": "sheet.view"},
    "handover:signed_sheet": {"GET": "sheet.view"},
    "handover:card": {"GET": "handover.view", "POST": "handover.card"},
    "handover:accept": {"POST": "handover.accept"},
    "handover:refuse": {"POST": "handover.refuse"},
    "handover:lapses": {"GET": "lapse.view"},
    "handover:lapses_table": {"GET": "lapse.view"},
    "api:shift-current": {"GET": SIGNED_IN},
    "api:shift-current-check": {"POST": "check.decide"},
    "api:handovers": {"GET": "handover.view"},
    "api:handover": {"GET": "handover.view"},
    "api:handover-accept": {"POST": "handover.accept"},
    "api:handover-refuse": {"POST": "handover.refuse"},
}

OBJECTS: ObjectTable = {
    "handover:decide": "case",
    "handover:signed_sheet": "signed_sheet",
    "api:shift-current-check": "case",
    **dict.fromkeys(
        (
            "handover:card", "handover:accept", "handover:refuse", "handover:received",
            "api:handover", "api:handover-accept", "api:handover-refuse",
        ),
        "handover",
    ),
}  # fmt: skip

"""The room's rows of the permission matrix, and which route asks which of them.

`roster.edit`, team: a senior manager plans the shifts of the own team, of the teams whose senior manager
they substitute, and their own. Routed: while leading a shift, also the shifts that overlap it, whichever
team the people are of (JD I.5). The head of the contact centre plans all.
"""

from fregat.lib.rights import PUBLIC, ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})

RIGHTS: ActionTable = {
    # Own shifts; with project also who comes next on the same projects and who leads then («own+next»).
    "roster.view": {
        Role.OPERATOR: frozenset({Scope.OWN, Scope.PROJECT}),
        Role.SENIOR: frozenset({Scope.OWN, Scope.TEAM, Scope.ROUTED, Scope.PROJECT}),
        Role.HEAD: frozenset({Scope.CENTRE}),
        Role.DIRECTOR: frozenset({Scope.CENTRE}),
        Role.DOCTOR: _OWN,
        Role.CLIENT: _OWN,
        Role.DEPARTMENT: _OWN,
        Role.ADMIN: _OWN,
    },
    "roster.edit": {
        Role.SENIOR: frozenset({Scope.OWN, Scope.TEAM, Scope.ROUTED}),
        Role.HEAD: frozenset({Scope.CENTRE}),
    },
    # One's own calendar: changes seen, wishes, the secret address, hours.
    "roster.own": dict.fromkeys(Role, _OWN),
    "roster.hours": {
        Role.SENIOR: frozenset({Scope.OWN, Scope.TEAM}),
        **dict.fromkeys((Role.HEAD, Role.DIRECTOR), frozenset({Scope.CENTRE})),
    },
    # Copying out is a right of its own (E4).
    "roster.hours_export": dict.fromkeys((Role.HEAD, Role.DIRECTOR), frozenset({Scope.CENTRE})),
    # The limits of working time and rest.
    "roster.rules": dict.fromkeys((Role.SENIOR, Role.HEAD, Role.DIRECTOR), frozenset({Scope.CENTRE})),
    "roster.rules_set": dict.fromkeys((Role.HEAD, Role.DIRECTOR), frozenset({Scope.CENTRE})),
}

ON_SHIFT_ONLY = frozenset({Role.OPERATOR, Role.DOCTOR})
"""Off shift they see their own shifts alone (B1)."""

ROUTES: RouteTable = {
    "roster:roster": "roster.view",
    "roster:plan": "roster.edit",
    "roster:shift": {"GET": "roster.view", "POST": "roster.edit"},
    "roster:cancel": "roster.edit",
    "roster:cell": "roster.edit",
    "roster:publish": "roster.edit",
    "roster:undo": "roster.edit",
    "roster:patterns": "roster.edit",
    "roster:pattern_use": "roster.edit",
    "roster:make": "roster.edit",
    "roster:confirm": "roster.own",
    "roster:mine": "roster.own",
    "roster:wish": "roster.own",
    "roster:wish_withdraw": "roster.own",
    "roster:calendar_key": "roster.own",
    "roster:calendar_withdraw": "roster.own",
    # Whoever has the secret reads: telephones do not sign in.
    "roster:calendar": PUBLIC,
    "roster:hours": "roster.hours",
    "roster:hours_export": "roster.hours_export",
    "roster:rules": {"GET": "roster.rules", "POST": "roster.rules_set"},
}

OBJECTS: ObjectTable = {"roster:shift": "shift", "roster:cancel": "shift"}

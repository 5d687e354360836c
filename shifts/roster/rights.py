"""The room's rows of the permission matrix, and which route asks which of them.

`roster.edit`, team: a senior manager plans the shifts of the own team, of the teams whose senior manager
they substitute, and their own. Routed: while leading a shift, also the shifts that overlap it, whichever
team the people are of (JD I.5). The head of the contact centre plans all.
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

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
    # One's own shifts were changed, and one has seen it.
    "roster.confirm": dict.fromkeys(Role, _OWN),
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
    "roster:confirm": "roster.confirm",
    "roster:rules": {"GET": "roster.rules", "POST": "roster.rules_set"},
}

OBJECTS: ObjectTable = {"roster:shift": "shift", "roster:cancel": "shift"}

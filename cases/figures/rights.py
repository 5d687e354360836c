"""The room's rows of the permission matrix, and which route asks which of them (security: exports without persons)."""

from fregat.lib.rights import ActionTable, Role, RouteTable, Scope

_TEAM = frozenset({Scope.TEAM})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "figure.view": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    # The head sets targets, a senior manager those of the own team (F5, JD IV.3); the director agrees to them
    # outside the program.
    "figure.target": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "figures:figures": {"GET": "figure.view"},
    "figures:export": {"GET": "figure.view"},
    "figures:figure": {"GET": "figure.view"},
    "figures:target": {"POST": "figure.target"},
}

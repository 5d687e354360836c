"""The room's rows of the permission matrix, and which route asks which of them. Numbers alone, nobody is named."""

from fregat.lib.rights import ActionTable, Role, RouteTable, Scope

_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    # The watch is one for the whole centre: whoever plans a team must see it whole.
    "coverage.view": {Role.SENIOR: _CENTRE, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    "coverage.goal": {Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "coverage:coverage": {"GET": "coverage.view"},
    "coverage:goal": {"POST": "coverage.goal"},
}

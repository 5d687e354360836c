"""The room's rows of the permission matrix, and which route asks which of them.

`log.view`, team: looks of one's own team; centre: everybody's. The administrator sees that the chain holds and what
verifications found, no looks and no persons. `data:` is the data officer. Nobody alters the log: there is no such
action.
"""

from fregat.lib.rights import ActionTable, Department, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.OWN, Scope.TEAM})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "log.verify": {Role.HEAD: _CENTRE, Role.ADMIN: _CENTRE, Department.DATA: _CENTRE},
}

ROUTES: RouteTable = {}

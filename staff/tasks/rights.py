"""The room's rows of the permission matrix, and which route asks which of them.

Team and routed: a senior manager gives to their team and, while they lead a shift, to everybody on it
(JD I.5: the orders of the senior manager bind all operators of the shift).
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_TEAM = frozenset({Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "instruction.give": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
    # Own: what was given to me, and what I have given.
    "instruction.view": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _OWN | _TEAM,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _OWN,
        Role.CLIENT: _OWN,
        Role.DEPARTMENT: _OWN,
        Role.ADMIN: _OWN,
    },
    "instruction.report": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _OWN,
        Role.DOCTOR: _OWN,
        Role.CLIENT: _OWN,
        Role.DEPARTMENT: _OWN,
        Role.ADMIN: _OWN,
    },
    # Accept or return a report, withdraw, pass on; never one's own report.
    "instruction.decide": {Role.SENIOR: _OWN | _TEAM, Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "tasks:tasks": {"GET": "instruction.view"},
    "tasks:new": {"GET": "instruction.give", "POST": "instruction.give"},
    "tasks:task": {"GET": "instruction.view"},
    "tasks:proof": {"GET": "instruction.view"},
    "tasks:report": {"POST": "instruction.report"},
    "tasks:accept": {"POST": "instruction.decide"},
    "tasks:return": {"POST": "instruction.decide"},
    "tasks:withdraw": {"POST": "instruction.decide"},
    "tasks:pass_on": {"POST": "instruction.decide"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(("tasks:task", "tasks:report", "tasks:withdraw", "tasks:pass_on"), "instruction"),
    **dict.fromkeys(("tasks:proof", "tasks:accept", "tasks:return"), "instruction_report"),
}

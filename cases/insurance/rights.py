"""The room's rows of the permission matrix, and which route asks which of them (design: security)."""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_PROJECT = frozenset({Scope.PROJECT})
_CENTRE = frozenset({Scope.CENTRE})
_CALLS = {
    Role.OPERATOR: _PROJECT,
    Role.SENIOR: _PROJECT,
    Role.HEAD: _CENTRE,
    Role.DOCTOR: _PROJECT,
    Role.CLIENT: _PROJECT,
}

RIGHTS: ActionTable = {
    "person.look_up": _CALLS,
    "policy.view": _CALLS,
    "insurer.view": {
        **_CALLS,
        Role.DIRECTOR: _CENTRE,
        Role.DEPARTMENT: _CENTRE,
        Role.ADMIN: _CENTRE,
    },
}

ON_SHIFT_ONLY = frozenset({Role.OPERATOR, Role.DOCTOR})
"""Persons and policies are closed to them off shift (B1)."""

ROUTES: RouteTable = {
    "insurance:look_up": "person.look_up",
    "insurance:person": "person.look_up",
    "insurance:verdict": "policy.view",
    "api:insured-lookup": "person.look_up",
    "api:policy-verdict": "policy.view",
    "api:insurers": "insurer.view",
}

OBJECTS: ObjectTable = {
    "insurance:person": "person",
    "insurance:verdict": "policy",
    "api:policy-verdict": "policy",
}

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
    # The rules of programmes hold nobody's data; who keeps them is the head, and the administrator with the rest
    # of the reference data.
    "rules.view": {**_CALLS, Role.DIRECTOR: _CENTRE, Role.DEPARTMENT: _CENTRE, Role.ADMIN: _CENTRE},
    "rules.edit": {Role.HEAD: _CENTRE, Role.ADMIN: _CENTRE},
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
    "insurance:rules": {"GET": "rules.view"},
    "insurance:programme": {"GET": "rules.view"},
    "insurance:rules_try": {"POST": "rules.view"},
    "insurance:rules_begin": {"POST": "rules.edit"},
    "insurance:rules_save": {"POST": "rules.edit"},
    "insurance:rules_drop": {"POST": "rules.edit"},
    "insurance:rules_publish": {"POST": "rules.edit"},
    "insurance:rules_keep": {"POST": "rules.edit"},
    "insurance:rules_example_drop": {"POST": "rules.edit"},
}

OBJECTS: ObjectTable = {
    "insurance:person": "person",
    "insurance:verdict": "policy",
    "api:policy-verdict": "policy",
    **dict.fromkeys(
        (
            "insurance:programme", "insurance:rules_try", "insurance:rules_begin", "insurance:rules_save",
            "insurance:rules_drop", "insurance:rules_publish", "insurance:rules_keep", "insurance:rules_example_drop",
        ),
        "rulebook",
    ),
}  # fmt: skip

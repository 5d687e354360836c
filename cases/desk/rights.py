"""The room's rows of the permission matrix, and which route asks which of them."""

from fregat.lib.rights import SIGNED_IN, ActionTable, ObjectTable, Role, RouteTable, Scope

RIGHTS: ActionTable = {
    "board_view": {
        Role.SENIOR: frozenset({Scope.TEAM, Scope.ROUTED}),
        Role.HEAD: frozenset({Scope.CENTRE}),
    },
    # At home, too: the page names the case and who wakes, and shows nothing of it.
    "woken_answer": {Role.DOCTOR: frozenset({Scope.OWN})},
    "night_view": {Role.OPERATOR: frozenset({Scope.OWN, Scope.PROJECT})},
}

ROUTES: RouteTable = {
    # Every employee has a desk; what stands on it starts from `visible_to`.
    "desk:home": SIGNED_IN,
    "search": SIGNED_IN,
    "desk:board": "board_view",
    "desk:acknowledge": {"POST": "escalation.acknowledge"},
    "desk:night": {"GET": "night_view"},
    "desk:woken": {"GET": "woken_answer", "POST": "woken_answer"},
    "desk:wake": {"GET": "escalation.raise", "POST": "escalation.raise"},
}

OBJECTS: ObjectTable = {"desk:acknowledge": "escalation", "desk:wake": "case"}

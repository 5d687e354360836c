"""The room's rows of the permission matrix, and which route asks which of them (design: security).

Whoever a document or a decision concerns reads and signs it; outside that it does not exist. The head and the
director see all of them, with who has signed; a senior manager sees so much of the notices of their own.
"""

from fregat.lib.rights import EVERYBODY, ActionTable, ObjectTable, Role, RouteTable, Scope

OWN = frozenset({Scope.OWN})
TEAM = frozenset({Scope.OWN, Scope.TEAM})
CENTRE = frozenset({Scope.CENTRE})
_CENTRE_TOO = frozenset({Scope.OWN, Scope.CENTRE})

RIGHTS: ActionTable = {
    "document.read": dict.fromkeys(EVERYBODY, OWN) | {Role.HEAD: _CENTRE_TOO, Role.DIRECTOR: _CENTRE_TOO},
    "document.sign": dict.fromkeys(EVERYBODY, OWN),
    # The head prepares, the director's order brings into force (JD X.2).
    "document.write": {Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    "document.order": {Role.DIRECTOR: CENTRE},
    "document.signatures": {Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    "decision.read": dict.fromkeys(EVERYBODY, OWN) | {Role.HEAD: _CENTRE_TOO, Role.DIRECTOR: _CENTRE_TOO},
    "decision.acknowledge": dict.fromkeys(EVERYBODY, OWN),
    # The head decides (JD III.1); a senior manager tells their own team.
    "decision.publish": {Role.SENIOR: TEAM, Role.HEAD: CENTRE},
}

ROUTES: RouteTable = {
    "documents:documents": {"GET": "document.read"},
    "documents:document": {"GET": "document.read"},
    "documents:version": {"GET": "document.read"},
    "documents:changes": {"GET": "document.read"},
    "documents:text": {"GET": "document.read"},
    "documents:sign": {"POST": "document.sign"},
    "documents:new": "document.write",
    "documents:draft": "document.write",
    "documents:preview": {"POST": "document.write"},
    "documents:discard": {"POST": "document.write"},
    "documents:order": {"GET": "document.order", "POST": "document.order"},
    "documents:signatures": {"GET": "document.signatures"},
    "documents:sheet": {"GET": "document.signatures"},
    "documents:decisions": {"GET": "decision.read"},
    "documents:decision": {"GET": "decision.read"},
    "documents:acknowledge": {"POST": "decision.acknowledge"},
    "documents:decide": "decision.publish",
    "documents:withdraw": {"POST": "decision.publish"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(
        (
            "documents:document", "documents:version", "documents:changes", "documents:text", "documents:sign",
            "documents:draft", "documents:discard", "documents:order", "documents:signatures", "documents:sheet",
        ),
        "document",
    ),
    **dict.fromkeys(("documents:decision", "documents:acknowledge", "documents:withdraw"), "decision"),
}  # fmt: skip

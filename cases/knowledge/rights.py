"""The room's rows of the permission matrix, and which route asks which of them (design: security).

Whoever works on a project reads its articles, on shift or not: nobody is named in them. Senior managers and the
client manager of the project prepare, the head publishes. An article for all insurers is open to every reader.
"""

from fregat.lib.rights import ActionTable, Department, ObjectTable, Role, RouteTable, Scope

_PROJECT = frozenset({Scope.PROJECT})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "article.read": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _PROJECT,
        Role.HEAD: _CENTRE,
        Role.DIRECTOR: _CENTRE,
        Role.DOCTOR: _PROJECT,
        Role.CLIENT: _PROJECT,
        Department.QUALITY: _CENTRE,
    },
    # Whoever helps by them says that they have read what has changed (C6).
    "article.acknowledge": {Role.OPERATOR: _PROJECT, Role.SENIOR: _PROJECT, Role.DOCTOR: _PROJECT},
    "article.write": {Role.SENIOR: _PROJECT, Role.CLIENT: _PROJECT, Role.HEAD: _CENTRE},
    "article.publish": {Role.HEAD: _CENTRE},
    # Who has read it: a senior manager of their own team.
    "article.receipts": {Role.SENIOR: _PROJECT, Role.HEAD: _CENTRE, Role.DIRECTOR: _CENTRE},
    # A senior manager reminds their own team of what is not read, who publishes reminds everybody.
    "article.remind": {Role.SENIOR: _PROJECT, Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "knowledge:articles": {"GET": "article.read"},
    "knowledge:search": {"POST": "article.read"},
    "knowledge:article": {"GET": "article.read"},
    "knowledge:beside": {"GET": "article.read"},
    "knowledge:version": {"GET": "article.read"},
    "knowledge:changes": {"GET": "article.read"},
    "knowledge:acknowledge": {"POST": "article.acknowledge"},
    "knowledge:receipts": {"GET": "article.receipts"},
    "knowledge:lacking": {"GET": "article.receipts"},
    "knowledge:remind": {"POST": "article.remind"},
    "knowledge:new": "article.write",
    "knowledge:draft": "article.write",
    "knowledge:preview": {"POST": "article.write"},
    "knowledge:discard": {"POST": "article.write"},
    "knowledge:publish": {"POST": "article.publish"},
    "knowledge:withdraw": {"POST": "article.publish"},
    "api:articles": {"GET": "article.read"},
    "api:article": {"GET": "article.read"},
    "api:articles-search": {"POST": "article.read"},
}

OBJECTS: ObjectTable = dict.fromkeys(
    (
        "knowledge:article", "knowledge:beside", "knowledge:version", "knowledge:changes", "knowledge:acknowledge",
        "knowledge:receipts", "knowledge:remind", "knowledge:draft", "knowledge:discard", "knowledge:publish",
        "knowledge:withdraw", "api:article",
    ),
    "article",
)  # fmt: skip

ASKED = tuple(RIGHTS["article.acknowledge"])
"""The roles that are asked to read what has changed."""

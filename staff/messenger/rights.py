"""The room's rows of the permission matrix, and which route asks which of them.

Whoever may sign in writes to any colleague, on shift or not; a conversation is open to those who take part in
it and to nobody above them.
"""

from fregat.lib.rights import EVERYBODY, ActionTable, ObjectTable, RouteTable, Scope

_OWN = frozenset({Scope.OWN})

RIGHTS: ActionTable = {
    "message.read": dict.fromkeys(EVERYBODY, _OWN),
    "message.write": dict.fromkeys(EVERYBODY, _OWN),
}

ROUTES: RouteTable = {
    "messenger:messages": {"GET": "message.read"},
    "messenger:badge": {"GET": "message.read"},
    "messenger:panel": {"GET": "message.read"},
    "messenger:new": {"GET": "message.write", "POST": "message.write"},
    "messenger:conversation": {"GET": "message.read"},
    "messenger:send": {"POST": "message.write"},
}

OBJECTS: ObjectTable = dict.fromkeys(("messenger:conversation", "messenger:send"), "conversation")

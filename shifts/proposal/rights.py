"""The room's rows of the permission matrix, and which route asks which of them.

Own: a senior manager sees and uses the proposals that they asked for, and those hold the people whose shifts they
plan (`roster.edit`); the head of the contact centre all of them.
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

RIGHTS: ActionTable = {
    "proposal.make": {Role.SENIOR: frozenset({Scope.OWN}), Role.HEAD: frozenset({Scope.CENTRE})},
}

ROUTES: RouteTable = {
    "proposal:proposals": "proposal.make",
    "proposal:proposal": {"GET": "proposal.make"},
    "proposal:cancel": {"POST": "proposal.make"},
    "proposal:write": {"POST": "proposal.make"},
}

OBJECTS: ObjectTable = dict.fromkeys(("proposal:proposal", "proposal:cancel", "proposal:write"), "proposal")

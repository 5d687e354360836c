"""The room's rows of the permission matrix, and which route asks which of them."""

from fregat.lib.rights import SIGNED_IN, ActionTable, ObjectTable, RouteTable

RIGHTS: ActionTable = {}

ROUTES: RouteTable = {
    # One's own day, and who is on duty: everybody of the house may know whom to turn to.
    "attendance:shift": SIGNED_IN,
    # The API of the roster is here because its rows tell when a shift was begun.
    "api:shifts": {"GET": "roster.view", "POST": "roster.edit"},
    "api:shift": {"GET": "roster.view", "PATCH": "roster.edit"},
}

OBJECTS: ObjectTable = {"api:shift": "shift"}

"""The room's rows of the permission matrix, and which route asks which of them."""

from fregat.lib.rights import ActionTable, RouteTable

RIGHTS: ActionTable = {}

ROUTES: RouteTable = {}

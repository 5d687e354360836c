"""The room's rows of the permission matrix: who sees insurers' lists and has them written (design: security).

The client manager brings in the lists of their projects; the head those of any, but somebody else has it written.
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_WHO = {Role.HEAD: frozenset({Scope.CENTRE}), Role.CLIENT: frozenset({Scope.PROJECT})}

RIGHTS: ActionTable = {"list.view": _WHO, "list.import": _WHO}

_VIEW, _IMPORT = {"GET": "list.view"}, {"POST": "list.import"}

ROUTES: RouteTable = {
    "imports:lists": _VIEW,
    "imports:new": {"GET": "list.import", "POST": "list.import"},
    "imports:list": _VIEW,
    "imports:progress": _VIEW,
    "imports:faults": _VIEW,
    "imports:columns": _IMPORT,
    "imports:apply": _IMPORT,
    "imports:undo": _IMPORT,
    "imports:discard": _IMPORT,
    "api:imports": {"GET": "list.view", "POST": "list.import"},
    "api:import": _VIEW,
    "api:import-apply": _IMPORT,
    "api:import-undo": _IMPORT,
    "api:import-faults": _VIEW,
}

OBJECTS: ObjectTable = dict.fromkeys(
    (
        "imports:list", "imports:progress", "imports:faults", "imports:columns", "imports:apply", "imports:undo",
        "imports:discard", "api:import", "api:import-apply", "api:import-undo", "api:import-faults",
    ),
    "insurers_list",
)  # fmt: skip

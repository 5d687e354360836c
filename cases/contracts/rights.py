"""The room's rows of the permission matrix, and which route asks which of them (design: security).

Tariffs and series of numbers are an insurer's data: whoever brings its policies keeps them. Contracts are entered
by whoever speaks with the client, operators and senior managers of the project; doctors do not sell.
"""

from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_PROJECT = frozenset({Scope.PROJECT})
_CENTRE = frozenset({Scope.CENTRE})
_OFFICE = {
    Role.OPERATOR: _PROJECT,
    Role.SENIOR: _PROJECT,
    Role.HEAD: _CENTRE,
    Role.CLIENT: _PROJECT,
}
_KEEPERS = {Role.HEAD: _CENTRE, Role.CLIENT: _PROJECT}

RIGHTS: ActionTable = {
    "tariff.view": _OFFICE,
    "tariff.edit": _KEEPERS,
    "series.edit": _KEEPERS,
    "contract.view": _OFFICE,
    # The paper goes to the client: whoever sees the contract may hand it to them.
    "contract.print": _OFFICE,
    "contract.enter": {Role.OPERATOR: _PROJECT, Role.SENIOR: _PROJECT},
    # Own: whoever entered it.
    "contract.annul": {Role.OPERATOR: frozenset({Scope.OWN}), Role.SENIOR: _PROJECT, Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "contracts:tariff": {"GET": "tariff.view", "POST": "tariff.view"},
    "contracts:tariffs": {"GET": "tariff.view"},
    "contracts:programme": {"GET": "tariff.view", "POST": "tariff.view"},
    "contracts:publish": {"GET": "tariff.edit", "POST": "tariff.edit"},
    "contracts:series": {"GET": "series.edit", "POST": "series.edit"},
    "contracts:contracts": {"GET": "contract.view"},
    "contracts:new": {"GET": "contract.enter", "POST": "contract.enter"},
    "contracts:contract": {"GET": "contract.view"},
    "contracts:paper": {"GET": "contract.print"},
    "contracts:annul": {"POST": "contract.annul"},
    "api:tariffs": {"GET": "tariff.view"},
    "api:contracts-quote": {"POST": "tariff.view"},
    "api:contracts": {"GET": "contract.view", "POST": "contract.enter"},
    "api:contract": {"GET": "contract.view"},
    "api:contract-annul": {"POST": "contract.annul"},
    "api:number-series": {"GET": "series.edit", "POST": "series.edit"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(("contracts:programme", "contracts:publish"), "programme"),
    **dict.fromkeys(
        ("contracts:contract", "contracts:paper", "contracts:annul", "api:contract", "api:contract-annul"),
        "contract",
    ),
}

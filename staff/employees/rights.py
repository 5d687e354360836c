"""The room's rows of the permission matrix, and which route asks which of them (design: security)."""

from fregat.lib.rights import PUBLIC, SIGNED_IN, ActionTable, ObjectTable, Role, RouteTable, Scope

OWN = frozenset({Scope.OWN})
TEAM = frozenset({Scope.OWN, Scope.TEAM})
CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "employee.view": {
        Role.OPERATOR: OWN,
        Role.SENIOR: TEAM,
        Role.HEAD: CENTRE,
        Role.DIRECTOR: CENTRE,
        Role.DOCTOR: OWN,
        Role.CLIENT: OWN,
        Role.DEPARTMENT: OWN,
        Role.ADMIN: OWN,
    },
    # Only the director appoints, transfers and dismisses, each by an order (JD I.4, A3).
    "order.issue": {Role.DIRECTOR: CENTRE},
    # Who may draft an order for the director's signature: about their own team, or about anybody.
    "order.propose": {Role.SENIOR: TEAM, Role.HEAD: CENTRE},
    # The director sees all; others what has taken effect about themselves, their team, the centre.
    "order.view": {
        **dict.fromkeys(Role, OWN),
        Role.SENIOR: TEAM,
        Role.HEAD: CENTRE,
        Role.DIRECTOR: CENTRE,
    },
    "employee.substitute": {Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    "employee.projects": {Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    # The administrator opens accounts for those whom the director appointed, never their own.
    "employee.account": {Role.ADMIN: CENTRE},
    # Reference data only; which tables, `staff.employees.administration` says.
    "admin": {Role.ADMIN: CENTRE},
}

ROUTES: RouteTable = {
    "account_login": PUBLIC,
    "account_inactive": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "employees:me": SIGNED_IN,
    "employees:tokens": SIGNED_IN,
    "employees:token_withdraw": SIGNED_IN,
    "employees:session_end": SIGNED_IN,
    "api:employee-me": SIGNED_IN,
    "employees:order": {"GET": "order.view"},
}

OBJECTS: ObjectTable = {"employees:order": "order"}
"""What the address of a route names; who may not see it learns 404 before any 403 (ADR 0008)."""

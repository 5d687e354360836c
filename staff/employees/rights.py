"""The room's rows of the permission matrix, and which route asks which of them (design: security)."""

from fregat.lib.rights import PUBLIC, SIGNED_IN, ActionTable, ObjectTable, Role, RouteTable, Scope

OWN = frozenset({Scope.OWN})
TEAM = frozenset({Scope.OWN, Scope.TEAM})
TEAM_AND_SHIFT = TEAM | {Scope.ROUTED}
"""The team, and the people of the shift that one leads: `registry.widen_view`."""
CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "employee.view": {
        Role.OPERATOR: OWN,
        Role.SENIOR: TEAM_AND_SHIFT,
        Role.HEAD: CENTRE,
        Role.DIRECTOR: CENTRE,
        Role.DOCTOR: OWN,
        Role.CLIENT: OWN,
        Role.DEPARTMENT: OWN,
        Role.ADMIN: OWN,
    },
    # What of a record is seen in which scope: `rules.PARTS`.
    "employee.list": {
        Role.SENIOR: TEAM_AND_SHIFT,
        Role.HEAD: CENTRE,
        Role.DIRECTOR: CENTRE,
        Role.ADMIN: CENTRE,  # accounts alone
    },
    # Work fields; the private phone only where it is seen.
    "employee.edit": {Role.SENIOR: frozenset({Scope.TEAM}), Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    # Only the director appoints, transfers and dismisses, each by an order (JD I.4, A3).
    "order.issue": {Role.DIRECTOR: CENTRE},
    # Who may draft an order for the director's signature: about their own team, or about anybody.
    "order.propose": {Role.SENIOR: TEAM, Role.HEAD: CENTRE},
    # The form of an order and what it would do: for who signs it and for who proposes it.
    "order.draft": {Role.SENIOR: TEAM, Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    # The director sees all; others what has taken effect about themselves, their team, the centre.
    "order.view": {
        **dict.fromkeys(Role, OWN),
        Role.SENIOR: TEAM,
        Role.HEAD: CENTRE,
        Role.DIRECTOR: CENTRE,
    },
    # Own: those in which one takes part.
    "substitution.view": {Role.SENIOR: OWN, Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    "employee.substitute": {Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    "employee.projects": {Role.HEAD: CENTRE, Role.DIRECTOR: CENTRE},
    "employee.import": {Role.DIRECTOR: CENTRE},
    # A right of its own, and every use of it is written down (E4).
    "employee.export": {Role.DIRECTOR: CENTRE},
    # The administrator opens accounts for those whom the director appointed, never their own.
    "employee.account": {Role.ADMIN: CENTRE},
    "security.view": {Role.ADMIN: CENTRE},
    # Reference data only; which tables, `staff.employees.administration` says.
    "admin": {Role.ADMIN: CENTRE},
}

ROUTES: RouteTable = {
    "account_login": PUBLIC,
    "account_inactive": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    # After the password: the session is nobody's until the code is right.
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "employees:second_factor_reset": {"POST": "employee.account"},
    "employees:me": SIGNED_IN,
    "employees:tokens": SIGNED_IN,
    "employees:token_withdraw": SIGNED_IN,
    "employees:session_end": SIGNED_IN,
    "employees:substitutions": {"GET": "substitution.view"},
    "employees:substitution_new": "employee.substitute",
    "employees:substitution_end": {"POST": "employee.substitute"},
    "employees:security": {"GET": "security.view"},
    "employees:imports": "employee.import",
    "employees:import_template": {"GET": "employee.import"},
    "employees:import": {"GET": "employee.import"},
    "employees:import_apply": {"POST": "employee.import"},
    "employees:import_drop": {"POST": "employee.import"},
    "employees:export": "employee.export",
    "employees:people": "employee.list",
    "employees:record": {"GET": "employee.view"},
    "employees:history": {"GET": "employee.view"},
    "employees:account": {"GET": "employee.account", "POST": "employee.account"},
    "employees:work": "employee.edit",
    "employees:projects": "employee.projects",
    "employees:photo": {"GET": "employee.view", "POST": "employee.edit"},
    "employees:photo_remove": {"POST": "employee.edit"},
    "api:employee-me": SIGNED_IN,
    "employees:orders": {"GET": "order.view"},
    "employees:order_new": {"GET": "order.draft", "POST": "order.draft"},
    "employees:order_preview": {"POST": "order.draft"},
    "employees:order": {"GET": "order.view"},
    "employees:order_pdf": {"GET": "order.view"},
    "employees:order_sign": {"POST": "order.issue"},
    "employees:order_decline": {"POST": "order.issue"},
    "employees:order_withdraw": {"POST": "order.propose"},
    "employees:order_revoke": {"GET": "order.issue", "POST": "order.issue"},
    "employees:order_retry": {"POST": "order.issue"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(
        (
            "employees:order", "employees:order_pdf", "employees:order_sign", "employees:order_decline",
            "employees:order_withdraw", "employees:order_revoke", "employees:order_retry",
        ),
        "order",
    ),
    "employees:substitution_end": "substitution",
    **dict.fromkeys(
        ("employees:import", "employees:import_apply", "employees:import_drop"), "staff_import"
    ),
    "employees:record": "account",
    "employees:account": "account",
    "employees:second_factor_reset": "account",
    "employees:history": "record",
    "employees:work": "record",
    "employees:projects": "record",
    "employees:photo": "record",
    "employees:photo_remove": "record",
}  # fmt: skip
"""What the address of a route names; who may not see it learns 404 before any 403 (ADR 0008). An account is
what the administrator sees of a person too, a record its work fields at least."""

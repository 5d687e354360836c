"""The room's rows of the permission matrix, and which route asks which of them."""

from fregat.lib.rights import SIGNED_IN, ActionTable, ObjectTable, Role, RouteTable, Scope

_OWN = frozenset({Scope.OWN})
_PROJECT = frozenset({Scope.OWN, Scope.PROJECT, Scope.ROUTED})
_SENIOR = frozenset({Scope.OWN, Scope.TEAM, Scope.PROJECT, Scope.ROUTED})
_TEAM = frozenset({Scope.OWN, Scope.TEAM, Scope.ROUTED})
_CENTRE = frozenset({Scope.CENTRE})

RIGHTS: ActionTable = {
    "case.view": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
        Role.CLIENT: frozenset({Scope.PROJECT}),
    },
    # Its medical part (`medical.FIELDS`): of the cases that one sees. The client manager sees the rest.
    "case.medical": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    "case.register": {
        Role.OPERATOR: frozenset({Scope.PROJECT}),
        Role.SENIOR: frozenset({Scope.PROJECT}),
        Role.HEAD: _CENTRE,
        Role.DOCTOR: frozenset({Scope.PROJECT}),
    },
    # Contacts, notes, tasks, and the facts of the case: whoever of the project has the person on the line.
    "case.add": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    "case.change": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    # Status and services: the responsible one; leaders with a reason.
    "case.work": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _OWN,
    },
    # «Допомога надана. Очікування документів» is confirmed by whoever answers, or by their senior manager.
    "case.confirm": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _TEAM,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _OWN,
    },
    # Reopen, decline, cancel; an operator and a doctor only a draft that they began themselves.
    "case.end": {
        Role.OPERATOR: _OWN,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _OWN,
    },
    "case.take": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    "case.assign": {Role.SENIOR: _SENIOR, Role.HEAD: _CENTRE},
    "escalation.raise": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    "escalation.view": {
        Role.OPERATOR: _PROJECT,
        Role.SENIOR: _SENIOR,
        Role.HEAD: _CENTRE,
        Role.DOCTOR: _PROJECT,
    },
    "escalation.acknowledge": {Role.SENIOR: _TEAM, Role.HEAD: _CENTRE},
    # Never of a case that one answers for.
    "escalation.cancel": {Role.SENIOR: frozenset({Scope.TEAM, Scope.ROUTED}), Role.HEAD: _CENTRE},
}

ROUTES: RouteTable = {
    "api:cases": {"GET": "case.view", "POST": "case.register"},
    "api:case": {"GET": "case.view", "PATCH": "case.change"},
    "api:case-transitions": {"POST": "case.work"},
    "api:case-responsible": {"POST": "case.take"},
    "api:case-contacts": {"POST": "case.add"},
    "api:case-notes": {"POST": "case.add"},
    "api:case-tasks": {"POST": "case.add"},
    "api:case-task-complete": {"POST": "case.add"},
    "api:case-services": {"POST": "case.work"},
    "api:case-service": {"PATCH": "case.work"},
    "api:case-escalations": {"POST": "escalation.raise"},
    "api:case-timeline": {"GET": "case.view"},
    "api:case-responsibility": {"GET": "case.view"},
    "api:case-history": {"GET": "case.view"},
    "api:escalations": {"GET": "escalation.view"},
    "api:escalation-acknowledge": {"POST": "escalation.acknowledge"},
    "api:escalation-cancel": {"POST": "escalation.cancel"},
    # The description of the API: it holds nobody's data.
    "schema": {"GET": SIGNED_IN},
    "docs": {"GET": SIGNED_IN},
    # Pages.
    "casework:new_call": {"GET": "case.register", "POST": "case.register"},
    "casework:cases": {"GET": "case.view"},
    "casework:case": {"GET": "case.view"},
    "casework:call_lookup": {"POST": "case.register"},
    "casework:call_person": {"POST": "case.register"},
    "casework:call_verdict": {"POST": "case.register"},
    "casework:call_restart": {"POST": "case.register"},
    "casework:case_update": {"GET": "case.view"},
    "casework:case_history": {"GET": "case.view"},
    "casework:case_articles": {"GET": "case.view"},
    "casework:case_facts": {"GET": "case.change", "POST": "case.change"},
    "casework:case_answers": {"POST": "case.change"},
    "casework:case_person": {"GET": "case.change", "POST": "case.change"},
    "casework:case_move": {"GET": "case.work", "POST": "case.work"},
    "casework:case_responsible": {"GET": "case.take", "POST": "case.take"},
    "casework:case_pass_on": {"GET": "disclosure.make", "POST": "disclosure.make"},
    "casework:case_notes": {"POST": "case.add"},
    "casework:case_contacts": {"POST": "case.add"},
    "casework:case_tasks": {"POST": "case.add"},
    "casework:case_services": {"POST": "case.work"},
    "casework:case_escalations": {"POST": "escalation.raise"},
    "casework:case_task_done": {"GET": "case.add", "POST": "case.add"},
    "casework:case_service": {"POST": "case.work"},
    "casework:case_acknowledge": {"POST": "escalation.acknowledge"},
    "casework:case_unfounded": {"GET": "escalation.cancel", "POST": "escalation.cancel"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(
        (
            "api:case", "api:case-transitions", "api:case-responsible", "api:case-contacts", "api:case-notes",
            "api:case-tasks", "api:case-services", "api:case-escalations", "api:case-timeline",
            "api:case-responsibility", "api:case-history", "casework:case", "casework:case_update",
            "casework:case_history", "casework:case_facts", "casework:case_person", "casework:case_move",
            "casework:case_responsible", "casework:case_notes", "casework:case_contacts", "casework:case_tasks",
            "casework:case_services", "casework:case_escalations", "casework:case_pass_on", "casework:case_articles",
            "casework:case_answers",
        ),
        "case",
    ),
    "api:case-task-complete": "task",
    "casework:case_task_done": "task",
    "api:case-service": "service",
    "casework:case_service": "service",
    "api:escalation-acknowledge": "escalation",
    "api:escalation-cancel": "escalation",
    "casework:case_acknowledge": "escalation",
    "casework:case_unfounded": "escalation",
}  # fmt: skip
"""What the address of a route names; who may not see it learns 404 before any 403 (ADR 0008)."""

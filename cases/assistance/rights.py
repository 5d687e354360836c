"""The room's rows of the permission matrix, and which route asks which of them (design: security).

For which help a clinic is promised its money is health data: letters are read by whoever reads the medical part of
the case. They are given and withdrawn as the help itself is arranged; beyond the sum another person agrees: a senior
manager who sees the case, or the head.
"""

from cases.casework.rights import RIGHTS as OF_CASES
from fregat.lib.rights import ActionTable, ObjectTable, Role, RouteTable, Scope

_WORK = OF_CASES["case.work"]

RIGHTS: ActionTable = {
    "letter.view": OF_CASES["case.medical"],
    "letter.give": _WORK,
    "letter.withdraw": _WORK,
    # Never what one has asked for oneself.
    "letter.agree": {
        Role.SENIOR: frozenset({Scope.OWN, Scope.TEAM, Scope.PROJECT, Scope.ROUTED}),
        Role.HEAD: frozenset({Scope.CENTRE}),
    },
}

ROUTES: RouteTable = {
    "api:case-letters": {"GET": "letter.view", "POST": "letter.give"},
    "api:letter-agree": {"POST": "letter.agree"},
    "api:letter-refuse": {"POST": "letter.agree"},
    "api:letter-withdraw": {"POST": "letter.withdraw"},
    # Pages.
    "assistance:letters": {"GET": "letter.view"},
    "assistance:new": {"GET": "letter.give", "POST": "letter.give"},
    "assistance:agree": {"GET": "letter.agree", "POST": "letter.agree"},
    "assistance:refuse": {"GET": "letter.agree", "POST": "letter.agree"},
    "assistance:withdraw": {"GET": "letter.withdraw", "POST": "letter.withdraw"},
    "assistance:paper": {"GET": "letter.view"},
}

OBJECTS: ObjectTable = {
    **dict.fromkeys(("api:case-letters", "assistance:letters", "assistance:new"), "case"),
    **dict.fromkeys(
        (
            "api:letter-agree", "api:letter-refuse", "api:letter-withdraw", "assistance:agree",
            "assistance:refuse", "assistance:withdraw", "assistance:paper",
        ),
        "letter",
    ),
}  # fmt: skip

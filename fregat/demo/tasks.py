"""Instructions of the demonstration: one in each state that somebody must do something about."""

from __future__ import annotations

from datetime import datetime, timedelta

from fregat.lib import clock
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Instruction

_GIVEN = (
    # to, hours ago it was given, hours until it is due, what
    ("operator", 3, 5, "Звірити контакти закладів в Анталії: телефон, години прийому, чи приймають дітей."),
    ("operator2", 4, 2, "Підготувати для нової зміни перелік справ, у яких бракує медичних звітів."),
    ("night", 20, -2, "Прочитати оновлену пам’ятку про перевезення й записати, що незрозуміло."),
)
_REPORT = "Перелік готовий: сім справ, звіти запитано в п’яти закладах, два не відповідають."


def write(people: dict[str, Employee], now: datetime) -> None:
    """Written once; the due times are those of the first start."""
    if Instruction.objects.exists():
        return
    for username, before, ahead, text in _GIVEN:
        given_at = now - timedelta(hours=before)
        given = actions.give(
            by=people["senior"], to=people[username], text=text,
            due_at=now + timedelta(hours=ahead), now=given_at,
        )  # fmt: skip
        if username == "operator2":
            row = given.assignments.get()
            actions.report(
                by=people[username],
                assignment_id=row.pk,
                text=_REPORT,
                now=clock.now() - timedelta(minutes=20),
            )
    head_wants = now + timedelta(hours=26)
    actions.give(
        by=people["head"], to=people["senior"], due_at=head_wants, now=now - timedelta(hours=1),
        text="Подати пропозиції щодо графіка на святкові дні.",
    )  # fmt: skip

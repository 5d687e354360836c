"""Conversations of the demonstration: one read by both, one that waits, one of the night."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.casework.models import Case
from staff.employees.models import Employee
from staff.messenger import actions, registry
from staff.messenger.models import Conversation

_SAID = (
    # minutes ago, who, to whom, what
    (1500, "night", "operator", "Доброго ранку! Вночі було тихо, у зошиті передачі все записано."),
    (1490, "operator", "night", "Дякую. Готель у Хургаді відповів?"),
    (1485, "night", "operator", "Так, о четвертій. Просять телефонувати на рецепцію, а не на мобільний."),
    (190, "senior", "operator", "Олено, чи встигнете до обіду звірити контакти закладів в Анталії?"),
    (184, "operator", "senior", "Так, лишилося два. Один змінив номер, уже уточнюю."),
    (180, "senior", "operator", "Добре. Новий номер одразу внесіть у довідник."),
    (95, "doctor", "operator", "Я на місці до 18:00. Якщо треба думка щодо переломів – пишіть одразу мені."),
    (40, "operator2", "senior", "Марку, перелік справ без звітів готовий. Кому його віддати?"),
    (12, "senior", "operator", "Після обіду зайдіть на п’ять хвилин: обговоримо графік на свята."),
    (8, "head", "senior", "Чекаю пропозицій щодо свят до завтра, 18:00."),
)
_READ_UP_TO = timedelta(minutes=60)
"""What is older has been read by both."""


def write(people: dict[str, Employee], now: datetime) -> None:
    """Written once."""
    if Conversation.objects.exists():
        return
    for minutes, by, to, text in _SAID:
        at = now - timedelta(minutes=minutes)
        sent = actions.write_to(by=people[by], to=people[to], text=text, now=at)
        if timedelta(minutes=minutes) > _READ_UP_TO:
            actions.read(by=people[to], conversation=sent.conversation.uuid, up_to=sent.pk)
    _about_a_case(people["operator"], people["senior"], now)


def _about_a_case(by: Employee, to: Employee, now: datetime) -> None:
    """One message names a case of its writer, when a shift of theirs runs on which they see it."""
    numbers = list(Case.objects.open().filter(responsible=by).order_by("pk").values_list("number", flat=True))
    seen = [number for number in numbers if number in registry.open_cases(by, numbers, now)]
    if seen:
        actions.write_to(
            by=by, to=to, case=seen[0], now=now - timedelta(minutes=3),
            text="Подивіться, будь ласка, цю справу: чи просити готель про перекладача?",
        )  # fmt: skip

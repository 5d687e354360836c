"""The card made from the case: how serious, what happened, what is promised until when, what to do if (II.12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework.models import Escalation, Task
from cases.handover.selectors import card_of
from cases.handover.selectors.check import with_cards
from fregat.lib import clock
from tests.cast import make_case, make_service_kind


@pytest.fixture
def case(operator, project, now):
    return make_case(operator, insurer=project, now=now, description="Гарячка 39, блювання.")


def promised(case, text, hours, now):
    return Task.objects.create(
        case=case, text=text, due_at=now + timedelta(hours=hours), at=now, by=case.responsible
    )


def told(case, reason, now, senior):
    return Escalation.objects.create(
        case=case, reason=reason, text="", raised_at=now, due_at=now + timedelta(minutes=10), addressee=senior
    )


def test_a_quiet_case_says_what_happened_and_what_is_needed(case, operator, now):
    case.services.create(kind=make_service_kind(), added_at=now, added_by=operator)
    card = card_of(case)
    assert card.summary.splitlines()[0] == "Гарячка 39, блювання."
    assert card.next_step.startswith("Організувати")
    assert card.next_at is None


def test_how_serious_it_is_comes_first(case, senior, now):
    told(case, "hospital", now, senior)
    case.displeased = True
    first, second = card_of(case).summary.splitlines()
    assert first == "Серйозно: госпіталізація, застрахована особа невдоволена."
    assert second == "Гарячка 39, блювання."


def test_displeasure_that_was_told_is_said_once(case, senior, now):
    told(case, "complaint", now, senior)
    case.displeased = True
    assert card_of(case).summary.count("невдовол") == 1


def test_every_promise_stands_on_it_the_first_due_first(case, now):
    promised(case, "Сказати дружині, де він.", 3, now)
    first = promised(case, "Подзвонити в клініку.", 1, now)
    card = card_of(case)
    lines = card.next_step.splitlines()
    at = clock.local(now + timedelta(hours=3)).strftime("%d.%m %H:%M")
    assert lines == ["Подзвонити в клініку.", f"До {at}: Сказати дружині, де він."]
    assert card.next_at == first.due_at


def test_what_to_do_if_nobody_acknowledges(case, senior, now):
    row = told(case, "transport", now, senior)
    promised(case, "Подзвонити в клініку.", 1, now)
    last = card_of(case).next_step.splitlines()[-1]
    assert last.startswith("Якщо до " + clock.local(row.due_at).strftime("%d.%m %H:%M"))


def test_with_what_is_read_beforehand_it_asks_nothing(case, senior, now, django_assert_num_queries, operator):
    told(case, "hospital", now, senior)
    promised(case, "Подзвонити в клініку.", 1, now)
    [row] = with_cards(type(case).objects.filter(pk=case.pk))
    with django_assert_num_queries(0):
        card = card_of(row)
    assert card == card_of(case)

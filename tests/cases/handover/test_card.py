"""The card made from the case: how serious, what happened, what is promised until when, what to do if (II.12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework.models import Escalation, Task
from cases.handover import actions
from cases.handover.rules import Serious, how_serious
from cases.handover.selectors import card_of
from cases.handover.selectors.check import with_cards
from fregat.lib import clock
from fregat.lib.errors import Invalid
from tests.cases.handover.conftest import end, handover_of
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
    card = card_of(case)
    assert (card.serious, card.serious_why) == ("critical", "госпіталізація, застрахована особа невдоволена")
    assert card.summary == "Гарячка 39, блювання."


def test_a_promise_that_is_late_or_a_draft_is_serious_and_a_quiet_case_is_not(case, now):
    assert (card_of(case).serious, card_of(case).serious_why) == ("usual", "")
    promised(case, "Подзвонити в клініку.", -1, now)
    case.status = "draft"
    card = card_of(case)
    assert (card.serious, card.serious_why) == ("serious", "обіцяне прострочено, справу ще не зареєстровано")


def test_displeasure_that_was_told_is_said_once(case, senior, now):
    told(case, "complaint", now, senior)
    case.displeased = True
    assert card_of(case).serious_why.count("скарг") == 1
    assert "невдоволена" not in card_of(case).serious_why


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
    first, second = card_of(case).what_if.splitlines()
    assert first.startswith("Якщо до " + clock.local(row.due_at).strftime("%d.%m %H:%M"))
    assert second.startswith("Якщо до " + clock.local(now + timedelta(hours=1)).strftime("%d.%m %H:%M"))


def test_with_what_is_read_beforehand_it_asks_nothing(case, senior, now, django_assert_num_queries, operator):
    told(case, "hospital", now, senior)
    promised(case, "Подзвонити в клініку.", 1, now)
    [row] = with_cards(type(case).objects.filter(pk=case.pk))
    with django_assert_num_queries(0):
        card = card_of(row)
    assert card == card_of(case)


@pytest.mark.parametrize(
    ("told_of", "displeased", "overdue", "draft", "level"),
    [
        ((), False, False, False, Serious.USUAL),
        (("country",), False, False, False, Serious.SERIOUS),
        ((), True, False, False, Serious.SERIOUS),
        ((), False, True, False, Serious.SERIOUS),
        ((), False, False, True, Serious.SERIOUS),
        (("hospital",), False, False, False, Serious.CRITICAL),
        (("country", "transport"), True, True, False, Serious.CRITICAL),
    ],
)
def test_how_serious_by_what_is_known(told_of, displeased, overdue, draft, level):
    assert how_serious(told=told_of, displeased=displeased, overdue=overdue, draft=draft) is level


def test_what_the_operator_corrects_goes_with_the_case(ending, operator, night, works, now):
    works(night, 0, 12, kind="night")
    case = make_case(operator, now=now)
    said = {"serious": "critical", "serious_why": "Сам у номері.", "what_if": "Якщо стане гірше – швидка."}
    words = {"summary": "Лікар їде.", "next_step": "Дочекатися.", "next_at": now}
    actions.decide(by=operator, number=case.number, decision="hand_over", **words, **said)
    end(ending)
    row = handover_of(case)
    assert {name: getattr(row, name) for name in said} == said


def test_serious_without_a_reason_is_not_saved(ending, operator, now):
    case = make_case(operator, now=now)
    words = {"summary": "Лікар їде.", "next_step": "Дочекатися.", "next_at": now, "what_if": ""}
    with pytest.raises(Invalid) as refused:
        actions.decide(
            by=operator, number=case.number, decision="hand_over", serious="serious", serious_why=" ", **words
        )
    assert set(refused.value.errors) == {"serious_why"}
    with pytest.raises(Invalid) as refused:
        actions.decide(by=operator, number=case.number, decision="hand_over", serious="mild", **words)
    assert set(refused.value.errors) == {"serious"}

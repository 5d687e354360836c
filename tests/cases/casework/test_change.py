"""Correcting the facts of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.casework import actions, selectors
from cases.casework.labels import timeline_text
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotFound, Stale
from tests.cast import make_person, make_policy

pytestmark = pytest.mark.django_db


def test_two_people_editing_one_case_lose_nothing(
    register: Any, at_work: Any, operator2: Any, on_shift: Any
) -> None:
    case = register()
    on_shift(operator2)
    actions.change_case(by=operator2, number=case.number, changes={"city": "Аланья"}, version=case.version)
    with pytest.raises(Stale) as refused:
        actions.change_case(by=at_work, number=case.number, changes={"city": "Кемер"}, version=case.version)
    assert refused.value.mine == {"населений пункт": "Кемер"}
    assert refused.value.theirs == {"населений пункт": "Аланья"}


def test_finding_the_person_and_the_policy_ends_the_provisional_state(
    register: Any, at_work: Any, project: Any, person: Any, policy: Any
) -> None:
    case = register(person=None, policy=None, person_name="HALAHAN", insurer=project.pk)
    changed = actions.change_case(
        by=at_work, number=case.number, changes={"person": person.pk, "policy": policy.pk}
    )
    assert not changed.provisional
    assert changed.verdict == "covered"
    assert changed.who == person.full_name


def test_the_verdict_follows_the_place(register: Any, at_work: Any) -> None:
    case = register()
    assert (
        actions.change_case(by=at_work, number=case.number, changes={"country": "DE"}).verdict
        == "not_covered"
    )


def test_a_policy_of_another_person_is_refused(register: Any, at_work: Any, project: Any) -> None:
    case = register()
    other = make_policy(project, make_person("Бондар", "Ігор"))
    with pytest.raises(Invalid) as refused:
        actions.change_case(by=at_work, number=case.number, changes={"policy": other.pk})
    assert list(refused.value.errors) == ["policy"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": ""}, "description"),
        ({"country": "XX"}, "country"),
        ({"caller_relation": "x"}, "caller_relation"),
        ({"person": None}, "person_name"),
        ({"person": 10**15}, "person"),
    ],
)
def test_what_cannot_be_is_refused(register: Any, at_work: Any, changes: dict[str, Any], field: str) -> None:
    case = register()
    with pytest.raises(Invalid) as refused:
        actions.change_case(by=at_work, number=case.number, changes=changes)
    assert field in refused.value.errors


def test_an_event_far_ahead_is_refused(register: Any, at_work: Any) -> None:
    case = register()
    with pytest.raises(Invalid):
        actions.change_case(
            by=at_work, number=case.number, changes={"occurred_at": clock.now() + timedelta(days=2)}
        )


def test_an_ended_case_is_reopened_before_it_is_corrected(register: Any, at_work: Any, senior: Any) -> None:
    case = register()
    actions.move_case(by=senior, number=case.number, to="cancelled", reason="Помилка")
    with pytest.raises(Conflict):
        actions.change_case(by=at_work, number=case.number, changes={"city": "Кемер"})


def test_nothing_changed_is_no_new_version(register: Any, at_work: Any) -> None:
    case = register()
    same = actions.change_case(by=at_work, number=case.number, changes={"city": case.city})
    assert same.version == case.version
    assert selectors.history(same) == []


def test_a_stranger_finds_no_such_case(register: Any, stranger: Any, on_shift: Any) -> None:
    case = register()
    on_shift(stranger)
    with pytest.raises(NotFound):
        actions.change_case(by=stranger, number=case.number, changes={"city": "Кемер"})


def test_the_time_line_names_the_fields_in_both_languages(register: Any, at_work: Any) -> None:
    from django.utils.translation import override

    case = register()
    changed = actions.change_case(
        by=at_work, number=case.number, changes={"city": "Кемер", "address": "пляж"}
    )
    line = changed.timeline.get(kind="changed")
    assert timeline_text(line) == "Виправлено: населений пункт, де саме"
    with override("en"):
        assert timeline_text(line) == "Corrected: town, where exactly"

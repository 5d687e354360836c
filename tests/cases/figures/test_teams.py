"""A senior manager's team: its figures, its targets (F5)."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from cases.figures import actions, selectors
from cases.figures.models import Target
from fregat.lib.errors import Invalid, NotAllowed, NotFound
from tests.builders import make_employee
from tests.cases.figures.conftest import NOW, at

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def other(project):
    """A senior manager of another team, with one operator."""
    senior = make_employee("other_senior", "senior")
    return senior, make_employee("stranger", senior=senior, projects=[project])


def target_of(user, team=""):
    return selectors.figure_page(user, "promises", NOVEMBER, NOW, team).line.target


def test_a_team_follows_the_centre_until_it_has_a_target_of_its_own(head, senior, other):
    actions.set_target(by=head, figure="promises", value=80, since=NOW.date())
    assert target_of(senior) == target_of(head) == 80
    actions.set_target(by=senior, figure="promises", value=90, since=NOW.date(), team=senior)
    assert (target_of(senior), target_of(head), target_of(head, senior.username)) == (90, 80, 90)
    assert target_of(other[0]) == 80


def test_nobody_sets_a_target_for_what_is_not_theirs(senior, operator, director, other, head):
    for by, team in (
        (senior, None),
        (senior, other[0]),
        (operator, None),
        (director, None),
        (other[0], senior),
    ):
        with pytest.raises(NotAllowed):
            actions.set_target(by=by, figure="promises", value=90, since=NOW.date(), team=team)
    actions.set_target(by=head, figure="promises", value=70, since=NOW.date(), team=other[0])
    assert Target.objects.get().team == other[0]
    with pytest.raises(Invalid):
        actions.set_target(by=head, figure="coverage", value=90, since=NOW.date(), team=other[0])


def test_the_head_looks_at_one_team_and_a_senior_manager_at_the_own_alone(
    worked, operator, head, senior, other
):
    worked(operator, 5), worked(other[1], 5, late=3)

    def punctual(user, team=""):
        return selectors.figure_page(user, "punctual", NOVEMBER, NOW, team).line.of_month

    assert (punctual(head).total, punctual(head).met) == (2, 1)
    assert (punctual(head, senior.username).total, punctual(head, "other_senior").met) == (1, 0)
    assert punctual(senior).total == 1
    with pytest.raises(NotFound):
        punctual(senior, "other_senior")
    with pytest.raises(NotFound):
        punctual(head, operator.username)


def test_the_team_stays_in_the_address(page, head, senior, operator, promise):
    promise(at(5), at(5))
    browser = page(head)
    answer = browser.get("/figures/", {"team": senior.username})
    assert f"/figures/promises/?month=2026-11&amp;team={senior.username}" in answer.content.decode()
    answer = browser.post(
        f"/figures/promises/target/?team={senior.username}", {"value": "88", "since": "20.11.2026"}
    )
    assert answer.status_code == 302 and answer.url.endswith(f"?team={senior.username}")
    text = browser.get(answer.url).content.decode()
    assert senior.short_name in text and "88 %" in text
    assert Target.objects.get().team == senior
    assert browser.get("/figures/", {"team": "nobody"}).status_code == 200


def test_a_senior_manager_sets_the_target_of_the_own_team_on_the_page(page, senior):
    answer = page(senior).post(
        "/figures/promises/target/", {"value": "97", "since": "20.11.2026"}, follow=True
    )
    assert "ціль – 97 %" in answer.content.decode()
    assert Target.objects.get().team == senior

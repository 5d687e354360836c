"""What each figure counts, on which day, and whose work is counted for whom (F5, JD IV.3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.casework.models import Case, Escalation
from cases.figures import selectors
from cases.figures.models import Target
from cases.figures.rules import FIGURES, Count
from cases.handover.models import EndOfShiftCheck, HandoverHop, Lapse
from shifts.breaks.models import Break
from tests.builders import make_case
from tests.cases.figures.conftest import MINUTE, NOW, at
from tests.meta.conftest import handed_over

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def of_month(user, code):
    return selectors.figure_page(user, code, NOVEMBER, NOW).line.of_month


def by_day(user, code):
    line = selectors.figure_page(user, code, NOVEMBER, NOW).line
    return {day.day.day: day.count for day in line.days if day.count.total}


def test_cases_count_on_the_day_on_which_they_were_registered(case, head, operator, project):
    Case.objects.filter(pk=case.pk).update(registered_at=at(3, 0, 30))
    make_case(operator, insurer=project, now=at(4), status="draft")
    assert by_day(head, "registered") == {3: Count(1, 1)}


def test_a_case_without_anybody_on_duty_counts_on_the_day_on_which_that_began(case, head, operator, page):
    Lapse.objects.create(
        case=case, responsible=operator, began_at=at(5, 23, 50), found_at=at(5, 23, 52),
        ended_at=at(6, 0, 5), ended_by="moved",
    )  # fmt: skip
    assert by_day(head, "lapses") == {5: Count(1, 0)}
    line = next(line for line in selectors.overview(head, NOVEMBER, NOW) if line.figure.code == "lapses")
    assert line.state == "missed"


def test_a_promise_is_kept_when_it_is_done_by_its_time(promise, head):
    promise(at(5), at(5) - MINUTE)
    promise(at(5), at(5) + MINUTE)
    promise(at(6))
    promise(NOW + MINUTE)  # not due yet
    assert by_day(head, "promises") == {5: Count(2, 1), 6: Count(1, 0)}


def test_an_escalation_is_in_time_when_it_never_rose(case, head, senior):
    def told(day, **more):
        Escalation.objects.create(
            case=case, reason="complaint", text="x", raised_at=at(day), due_at=at(day) + 10 * MINUTE,
            addressee=senior, **more,
        )  # fmt: skip

    case.escalations.all().delete()
    done = {"acknowledged_by": senior}
    told(5, acknowledged_at=at(5) + 9 * MINUTE, **done)
    told(5, acknowledged_at=at(5) + 30 * MINUTE, risen_at=at(5) + 10 * MINUTE, **done)
    told(6)
    Escalation.objects.create(
        case=case, reason="complaint", text="x", raised_at=NOW, due_at=NOW + 10 * MINUTE, addressee=senior
    )
    assert by_day(head, "escalations") == {5: Count(2, 1), 6: Count(1, 0)}


def test_a_handover_counts_for_its_first_receiver(case, head, operator, operator2, senior, project):
    def moved(day, *, accepted, hop=""):
        other = make_case(operator, insurer=project, now=at(day))
        row = handed_over(other, operator, operator2)
        row.moved_at, row.due_at = at(day), at(day) + 15 * MINUTE
        if accepted is not None:
            row.accepted_at, row.accepted_by, row.read_back = at(day) + accepted * MINUTE, operator2, "Так."
        row.save()
        if hop:
            HandoverHop.objects.create(handover=row, to=senior, at=at(day), reason=hop)

    moved(5, accepted=10)
    moved(5, accepted=12, hop="refused")
    moved(6, accepted=None)
    assert by_day(head, "handovers") == {5: Count(2, 1), 6: Count(1, 0)}


def test_shifts_count_as_begun_late_and_as_not_worked(head, operator, operator2, senior, worked):
    worked(operator, 5), worked(operator2, 5, late=7), worked(senior, 5, late=None)
    worked(operator, 20)  # it still runs
    assert by_day(head, "punctual") == {5: Count(2, 1), 20: Count(1, 1)}
    assert by_day(head, "came") == {5: Count(3, 2)}


def test_checks_and_breaks(head, operator, operator2, worked):
    for person, late in ((operator, False), (operator2, True)):
        shift = worked(person, 5)
        EndOfShiftCheck.objects.create(
            shift=shift, ends_at=shift.ends_at, due_at=shift.ends_at - 20 * MINUTE, set_at=at(1),
            started_at=shift.ends_at - 19 * MINUTE, late=late,
        )  # fmt: skip
        noon = at(5, 12)
        Break.objects.create(
            shift=shift, kind="lunch", asked_for=noon, starts_at=noon, ends_at=noon + 60 * MINUTE, state="over",
            asked_at=at(5), begun_at=noon + 5 * MINUTE, ended_at=noon + (70 if late else 65) * MINUTE,
        )  # fmt: skip
    assert by_day(head, "checks") == by_day(head, "breaks") == {5: Count(2, 1)}


def test_a_day_is_one_of_the_centres_clock(head, promise):
    """The first minute of the month in Kyiv is still October in UTC; the last one is November there too."""
    promise(at(1, 0, 0)), promise(at(1) - timedelta(hours=10, minutes=1))
    assert by_day(head, "promises") == {1: Count(1, 0)}


def test_a_senior_manager_counts_the_own_team_alone(
    promise, senior, senior2, head, director, stranger, other_project
):
    promise(at(5), at(5))
    promise(at(5), of=make_case(stranger, insurer=other_project, now=at(2)))
    found = {who: of_month(who, "promises") for who in (senior, senior2, head, director)}
    assert found == {senior: Count(1, 1), senior2: Count(1, 0), head: Count(2, 1), director: Count(2, 1)}


def test_each_day_stands_to_the_target_that_held_on_it(promise, head):
    Target.objects.create(figure="promises", since=date(2026, 11, 6), value=40, set_by=head, set_at=at(6))
    line = selectors.figure_page(head, "promises", NOVEMBER, NOW).line
    assert {day.day.day: day.target for day in line.days if day.day.day in {5, 6}} == {5: 95, 6: 40}
    assert line.target == 40


def test_what_a_day_is_made_of_failures_first(promise, head, director, case):
    promise(at(5, 9), at(5, 9)), promise(at(5, 11), at(5, 12)), promise(at(5, 10))
    found = selectors.made_of(head, "promises", date(2026, 11, 5), NOW)
    assert [(row.at.astimezone(NOW.tzinfo).hour, row.met) for row in found.rows] == [
        (10, False),
        (11, False),
        (9, True),
    ]
    assert {row.case for row in found.rows} == {case.number}
    failed = selectors.made_of(head, "promises", date(2026, 11, 5), NOW, failed=True)
    assert len(failed.rows) == 2
    blind = selectors.made_of(director, "promises", date(2026, 11, 5), NOW)
    assert {row.case for row in blind.rows} == {""}, "the director sees how many, and no case"


def test_rows_of_a_day_come_in_pages(promise, head, monkeypatch):
    monkeypatch.setattr("cases.figures.selectors.rows.PAGE", 2)
    for minute in range(5):
        promise(at(5, 9, minute))
    pages = [selectors.made_of(head, "promises", date(2026, 11, 5), NOW, after=after) for after in (0, 2, 4)]
    assert [(len(page.rows), page.after) for page in pages] == [(2, 2), (2, 4), (1, None)]
    assert len({row.at for page in pages for row in page.rows}) == 5


def test_the_number_of_statements_does_not_grow(head, promise, django_assert_max_num_queries):
    for day in range(1, 19):
        promise(at(day)), promise(at(day), at(day))
    with django_assert_max_num_queries(len(FIGURES) + 1):
        selectors.overview(head, NOVEMBER, NOW)
    with django_assert_max_num_queries(4):
        selectors.made_of(head, "promises", date(2026, 11, 5), NOW)

"""Sick leave, vacation and others: asked, agreed, covered by who is free and qualified (B7, JD IV.10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.files import Accepted
from fregat.lib.models import Job, Notice
from shifts.absence import actions, rules, selectors
from shifts.absence.models import Absence, AbsenceKind, MissingCertificate
from shifts.attendance.actions import begin
from shifts.roster.models import Shift
from staff.employees.actions import assign_project
from tests.builders import make_project
from tests.shifts.conftest import LONG_AGO, T, shift

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
PAPER = Accepted("довідка.pdf", "pdf", b"%PDF-1.7 %%EOF")


def told(person):
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def away(by, kind="vacation", since=TODAY + DAY, until=TODAY + 3 * DAY, **more):
    return actions.ask(by=by, kind=kind, since=since, until=until, now=T, **more)


# --- Asked, agreed ----------------------------------------------------------------------------------
def test_a_vacation_is_asked_for_and_agreed_to(operator, senior):
    row = away(operator)
    assert (row.state, told(senior)) == ("asked", ["absence_asked"])
    agreed = actions.agree(by=senior, absence_id=row.pk, now=T)
    assert (agreed.state, agreed.decided_by, told(operator)) == ("agreed", senior, ["absence_agreed"])


def test_refused_with_the_reason_the_days_may_be_asked_for_again(operator, senior):
    row = away(operator)
    with pytest.raises(Invalid):
        actions.refuse(by=senior, absence_id=row.pk, reason=" ", now=T)
    actions.refuse(by=senior, absence_id=row.pk, reason="Двоє вже у відпустці.", now=T)
    assert told(operator) == ["absence_refused"]
    assert away(operator).pk


def test_sick_leave_is_on_record_at_once_and_its_certificate_is_due_days_after_it(operator, senior):
    shift(operator, 24, 36)
    row = away(operator, "sick")
    assert (row.state, row.decided_by) == ("agreed", None)
    assert row.certificate_due_at == rules.certificate_due(row.until, 5, "Europe/Kyiv")
    assert Job.objects.get(key=f"certificate_due:{row.pk}").due_at == row.certificate_due_at
    notice = Notice.objects.get(employee=senior)
    assert (notice.kind, notice.values["shifts"]) == ("absence_recorded", 1)


def test_what_was_said_by_telephone_the_senior_manager_writes_in(operator, senior, stranger):
    row = actions.record(by=senior, employee=operator, kind="sick", since=TODAY, until=TODAY, now=T)
    assert (row.state, row.decided_by, told(operator)) == ("agreed", senior, ["absence_written"])
    with pytest.raises(NotAllowed):
        actions.record(by=senior, employee=stranger, kind="sick", since=TODAY, until=TODAY, now=T)


def test_nobody_agrees_to_the_own_absence(senior, head, director):
    row = away(senior)
    with pytest.raises(NotAllowed):
        actions.agree(by=senior, absence_id=row.pk, now=T)
    actions.agree(by=head, absence_id=row.pk, now=T)
    of_head = away(head)
    assert told(director) == ["absence_asked"]
    assert actions.agree(by=director, absence_id=of_head.pk, now=T).state == "agreed"
    assert away(director).state == "agreed"  # nobody stands above


def test_a_colleague_and_another_team_do_not_know_of_it(operator, operator2, senior2):
    row = away(operator, "sick")
    for one in (operator2, senior2):
        with pytest.raises(NotFound):
            actions.agree(by=one, absence_id=row.pk, now=T)


def test_no_two_in_the_same_days(operator, senior):
    row = away(operator)
    with pytest.raises(Conflict) as refused:
        away(operator, "sick", TODAY + 3 * DAY, TODAY + 5 * DAY)
    assert refused.value.code == "no_two_absences_at_once"
    actions.withdraw(by=operator, absence_id=row.pk, now=T)
    assert away(operator, "sick", TODAY + 3 * DAY, TODAY + 5 * DAY).pk


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [(2, 1, "until"), (-32, 0, "since"), (401, 402, "since"), (0, 367, "until")],
)
def test_not_any_days(operator, since, until, field):
    with pytest.raises(Invalid) as refused:
        away(operator, since=TODAY + since * DAY, until=TODAY + until * DAY)
    assert set(refused.value.errors) == {field}


def test_a_kind_is_data(operator):
    AbsenceKind.objects.create(code="donor", name_uk="донорство", name_en="donation", certificate_days=2)
    assert away(operator, "donor").state == "asked"
    with pytest.raises(Invalid):
        away(operator, "fishing", TODAY + 9 * DAY, TODAY + 9 * DAY)


# --- The certificate -----------------------------------------------------------------------------------
@pytest.fixture
def sick(operator, senior, director):
    return away(operator, "sick", TODAY, TODAY + DAY)


def test_brought_in_time_it_is_no_breach(sick, operator, senior):
    actions.bring(by=operator, absence_id=sick.pk, file=PAPER, now=T + DAY)
    assert told(senior)[-1] == "certificate_brought"
    assert actions.miss(sick.pk, now=sick.certificate_due_at) is None
    assert not MissingCertificate.objects.exists()


def test_missing_it_is_a_breach_that_the_employee_explains_and_the_director_decides(
    sick, operator, senior, head, director
):
    assert actions.miss(sick.pk, now=sick.certificate_due_at - DAY) is None
    assert actions.miss(sick.pk, now=sick.certificate_due_at).absence == sick
    assert told(operator)[-1] == "certificate_missing"
    assert (told(senior)[-1], told(director)[-1]) == ("certificate_missing_of",) * 2
    later = sick.certificate_due_at + DAY
    assert actions.miss(sick.pk, now=later) is not None
    assert MissingCertificate.objects.count() == 1
    with pytest.raises(NotAllowed):
        actions.explain(by=senior, absence_id=sick.pk, explanation="Не моє.", now=later)
    actions.explain(by=operator, absence_id=sick.pk, explanation="Лікар видасть у п’ятницю.", now=later)
    for other in (senior, head):
        with pytest.raises(NotAllowed):
            actions.judge(by=other, absence_id=sick.pk, decision="breach", grounds="Так.", now=later)
    with pytest.raises(Invalid):
        actions.judge(by=director, absence_id=sick.pk, decision="breach", grounds=" ", now=later)
    done = actions.judge(
        by=director, absence_id=sick.pk, decision="excused", grounds="Подано пізніше.", now=later
    )
    assert (done.decision, told(operator)[-1]) == ("excused", "certificate_judged")
    with pytest.raises(Conflict):
        actions.judge(by=director, absence_id=sick.pk, decision="breach", grounds="Ні.", now=later)
    with pytest.raises(Conflict):
        actions.explain(by=operator, absence_id=sick.pk, explanation="Ще.", now=later)


def test_no_certificate_where_none_is_needed_and_only_by_its_person(sick, operator, senior):
    row = away(operator, since=TODAY + 9 * DAY, until=TODAY + 9 * DAY)
    with pytest.raises(Conflict):
        actions.bring(by=operator, absence_id=row.pk, file=PAPER, now=T)
    with pytest.raises(NotAllowed):
        actions.bring(by=senior, absence_id=sick.pk, file=PAPER, now=T)


# --- Who covers -------------------------------------------------------------------------------------------
@pytest.fixture
def team(operator, operator2, stranger, senior, head):
    """operator and operator2 work on the same project, stranger on another one."""
    for code in ("aurora", "borey"):
        make_project(code)
    for one in (operator, operator2):
        assign_project(by=None, employee=one, project="aurora", now=LONG_AGO)
    assign_project(by=None, employee=stranger, project="borey", now=LONG_AGO)
    planned = shift(operator, 24, 36)
    row = away(operator, "sick")
    return row, planned


def offered(row, now=T):
    return [[one.employee.username for one in each.offers] for each in selectors.offers(row, now)]


def test_only_who_is_free_and_qualified_is_offered(team, operator2):
    row, _planned = team
    assert offered(row) == [["operator2"]]
    shift(operator2, 30, 34)
    assert offered(row) == [[]]


def test_who_is_away_too_or_lacks_a_language_is_not(team, operator, operator2):
    row, _planned = team
    operator.languages = ["en"]
    operator.save()
    assert offered(Absence.objects.get(pk=row.pk)) == [[]]
    operator2.languages = ["en", "pl"]
    operator2.save()
    assert offered(Absence.objects.get(pk=row.pk)) == [["operator2"]]
    away(operator2, "sick")
    assert offered(Absence.objects.get(pk=row.pk)) == [[]]


def test_the_shift_passes_in_one_action(team, operator, operator2, senior):
    row, planned = team
    made = actions.cover(by=senior, absence_id=row.pk, shift_id=planned.pk, employee=operator2, now=T)
    planned.refresh_from_db()
    assert planned.is_cancelled and "Єременко" in planned.reason
    new = made.taken_over
    assert (new.employee, new.starts_at, new.ends_at, new.kind) == (
        operator2, planned.starts_at, planned.ends_at, planned.kind,
    )  # fmt: skip
    assert told(operator2) == ["shift_taken_over"]
    assert offered(row) == []
    with pytest.raises(Invalid):
        actions.cover(by=senior, absence_id=row.pk, shift_id=planned.pk, employee=operator2, now=T)


def test_nothing_passes_when_the_colleague_is_not_free_any_more(team, operator2, stranger, senior):
    row, planned = team
    shift(operator2, 30, 34)
    for one in (operator2, stranger):
        with pytest.raises(Conflict):
            actions.cover(by=senior, absence_id=row.pk, shift_id=planned.pk, employee=one, now=T)
    planned.refresh_from_db()
    assert not planned.is_cancelled


def test_a_shift_that_runs_is_cut_off_and_goes_on_with_the_colleague(team, operator, operator2, senior):
    row, planned = team
    now = planned.starts_at + timedelta(hours=2)
    begin(employee=operator, now=planned.starts_at)
    made = actions.cover(by=senior, absence_id=row.pk, shift_id=planned.pk, employee=operator2, now=now)
    cut = Shift.objects.get(pk=planned.pk)
    assert not cut.is_cancelled
    assert cut.ends_at == made.taken_over.starts_at == now + timedelta(minutes=1)
    assert made.taken_over.ends_at == planned.ends_at


def test_a_colleague_or_another_team_s_senior_manager_covers_nothing(team, operator2, senior2):
    row, planned = team
    for one in (operator2, senior2):
        with pytest.raises(NotFound):
            actions.cover(by=one, absence_id=row.pk, shift_id=planned.pk, employee=operator2, now=T)


def test_the_most_rested_come_first():
    near = rules.Colleague(1, frozenset(), frozenset(), T - timedelta(hours=8), None)
    far = rules.Colleague(2, frozenset(), frozenset(), T - timedelta(hours=30), T + timedelta(hours=36))
    free = rules.Colleague(3, frozenset(), frozenset(), None, None)
    ranked = rules.best_first([near, far, free], T, T + timedelta(hours=12))
    assert [one.id for one in ranked] == [3, 2, 1]
    assert rules.rest(far, T, T + timedelta(hours=12)) == timedelta(hours=24)

"""Hours of a month: all, at night, on holidays; the table for the accountants (JD II.11, E4)."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from fregat.lib import clock
from fregat.lib.errors import Invalid, NotAllowed
from shifts.attendance.actions import begin
from shifts.roster import rules
from shifts.roster.actions import export_hours
from shifts.roster.models import HoursExport
from shifts.roster.selectors import hours, mine
from tests.shifts.conftest import T, shift
from tests.shifts.roster.test_pages import page

KYIV, H = ZoneInfo("Europe/Kyiv"), timedelta(hours=1)
NOVEMBER = date(2026, 11, 1)


def span(*starts: int, length: float = 12):
    begins = datetime(*starts, tzinfo=KYIV).astimezone(ZoneInfo("UTC"))
    return begins, begins + length * H


# --- Counted --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "easter"), [(2024, "05-05"), (2025, "04-20"), (2026, "04-12"), (2027, "05-02")]
)
def test_easter_and_trinity_move_and_the_rest_stays(year, easter):
    found = rules.holidays(year)
    assert date.fromisoformat(f"{year}-{easter}") in found
    assert date.fromisoformat(f"{year}-{easter}") + timedelta(days=49) in found
    assert {date(year, 1, 1), date(year, 7, 15), date(year, 10, 1), date(year, 12, 25)} <= set(found)
    assert date(year, 1, 7) not in found


def test_a_night_into_a_holiday_has_night_hours_and_holiday_hours():
    found = rules.hours_of([span(2026, 12, 24, 20)])
    assert (found.shifts, found.all, found.night, found.holiday) == (1, 12 * H, 8 * H, 8 * H)


def test_new_years_night_belongs_to_two_years():
    assert rules.hours_of([span(2026, 12, 31, 20)]).holiday == 8 * H
    assert rules.hours_of([span(2027, 1, 1, 20)]).holiday == 4 * H


def test_the_night_when_the_clocks_go_back_is_longer():
    assert rules.hours_of([span(2026, 10, 24, 20, length=13)]).night == 9 * H


# --- Whose, and what was worked ----------------------------------------------------------------------------


def test_worked_is_what_was_begun(senior, operator):
    begun, missed = shift(operator, -40, -30), shift(operator, -90, -80)
    begin(employee=operator, now=begun.starts_at)
    (line,) = hours(senior, NOVEMBER, now=T)
    assert (line.planned.shifts, line.planned.all) == (2, 20 * H)
    assert (line.worked.shifts, line.worked.all) == (1, 10 * H)
    assert missed.starts_at < begun.starts_at


def test_a_senior_manager_sees_the_team_and_the_head_everybody(senior, head, director, operator, stranger):
    shift(operator), shift(stranger)
    assert [one.employee for one in hours(senior, NOVEMBER, now=T)] == [operator]
    for who in (head, director):
        assert {one.employee for one in hours(who, NOVEMBER, now=T)} == {operator, stranger}


def test_own_hours_stand_on_the_own_page(operator):
    now = clock.now()
    shift(operator, -1, 6, at=now)
    (month,) = mine(operator, now=now).months
    assert month.planned.all == 7 * H


# --- Taken out -------------------------------------------------------------------------------------------------


def test_the_workbook_says_the_same_as_the_page_and_is_on_record(head, operator):
    shift(operator, 1, 13)
    row, content = export_hours(by=head, month=NOVEMBER, kind="xlsx", purpose="Табель", now=T)
    lines = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert lines[1][:4] == ("Єременко Ґанна", 1, 12, 168)
    assert (row.by, row.people, row.purpose, row.digest) == (head, 1, "Табель", sha256(content).hexdigest())


def test_the_table_is_read_by_a_spreadsheet_and_says_whose_it_is(head, operator):
    shift(operator, 1, 13)
    _row, content = export_hours(by=head, month=NOVEMBER, kind="csv", purpose="Табель", now=T)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1][:3] == ["Єременко Ґанна", "1", "12,0"]
    assert "Головатий" in lines[-1][0]


def test_it_is_taken_out_by_whoever_may_and_for_a_purpose(head, senior):
    with pytest.raises(NotAllowed):
        export_hours(by=senior, month=NOVEMBER, kind="csv", purpose="Табель", now=T)
    with pytest.raises(Invalid):
        export_hours(by=head, month=NOVEMBER, kind="csv", purpose=" ", now=T)


def test_the_record_is_kept(head):
    row, _content = export_hours(by=head, month=NOVEMBER, kind="csv", purpose="Табель", now=T)
    with pytest.raises(DatabaseError), transaction.atomic():
        HoursExport.objects.filter(pk=row.pk).update(purpose="Інше")


def test_the_page_lets_the_head_take_it_out_and_the_senior_manager_read(head, senior, operator):
    shift(operator, 1, 13)
    text = page(senior).get("/roster/hours/?month=2026-11").content.decode()
    assert "12:00" in text and "/roster/hours/export/" not in text
    body = {"kind": "xlsx", "purpose": "Табель", "back": "month=2026-11"}
    answer = page(head).post("/roster/hours/export/", body)
    assert answer["Content-Disposition"] == 'attachment; filename="hours-2026-11.xlsx"'
    assert page(head).post("/roster/hours/export/", {**body, "purpose": ""}).status_code == 400
    assert page(senior).post("/roster/hours/export/", body).status_code == 403
    assert page(operator).get("/roster/hours/").status_code == 403
    assert Client().get("/roster/hours/").status_code == 302

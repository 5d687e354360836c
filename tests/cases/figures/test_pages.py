"""The pages of the figures, the exports without persons, the targets of the head."""

from __future__ import annotations

from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from cases.figures import actions
from cases.figures.models import Target
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from tests.cases.figures.conftest import NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_month_against_targets(page, head, promise):
    promise(at(5), at(5)), promise(at(6))
    text = page(head).get("/figures/").content.decode()
    assert "Листопад 2026" in text and "1 з 2" in text and "50 %" in text and "не досягнуто" in text


def test_another_month_by_its_address_and_none_to_come(page, head):
    browser = page(head)
    assert "Жовтень 2026" in browser.get("/figures/?month=2026-10").content.decode()
    for nonsense in ("2027-01", "xx", "0001-01", "2026-13", ""):
        answer = browser.get("/figures/", {"month": nonsense})
        assert answer.status_code == 200 and "Листопад 2026" in answer.content.decode(), nonsense


def test_a_figure_opens_what_it_is_made_of(page, head, promise, case):
    promise(at(5), at(5)), promise(at(5))
    browser = page(head)
    text = browser.get("/figures/promises/?month=2026-11").content.decode()
    assert "?day=2026-11-05#made-of" in text and case.number not in text
    text = browser.get("/figures/promises/?day=2026-11-05").content.decode()
    assert f"/cases/{case.number}/" in text and "не вдалося" in text
    assert browser.get("/figures/nothing/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_month_goes_out_without_persons(page, head, promise, case, operator, kind):
    promise(at(5), at(5)), promise(at(5)), promise(at(5), at(5))
    answer = page(head).get("/figures/export/", {"month": "2026-11", "format": kind})
    assert "attachment" in answer["Content-Disposition"] and kind in answer["Content-Disposition"]
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "Виконано обіцянок;05.11.2026;2;3;66,6;95" in text.splitlines()
    else:
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert any(row[0] == "Виконано обіцянок" and row[2:] == [2, 3, 66.6, 95] for row in rows)
        text = str(rows)
    assert case.number not in text and operator.last_name not in text


def test_the_head_sets_a_target_from_a_day_on(page, head):
    answer = page(head).post("/figures/promises/target/", {"value": "80", "since": "21.11.2026"}, follow=True)
    assert "ціль – 80 %" in answer.content.decode()
    row = Target.objects.get()
    assert (row.figure, row.value, f"{row.since}", row.set_by) == ("promises", 80, "2026-11-21", head)


@pytest.mark.parametrize(
    ("value", "since", "said"),
    [("101", "21.11.2026", "від 0 до 100"), ("багато", "21.11.2026", "ціле число"), ("", "", "з якого дня"),
     ("90", "19.11.2026", "уже оцінено")],
)  # fmt: skip
def test_what_is_no_target_comes_back_with_a_sentence(page, head, value, since, said):
    answer = page(head).post("/figures/promises/target/", {"value": value, "since": since})
    assert answer.status_code == 400 and said in answer.content.decode()
    assert f'value="{value}"' in answer.content.decode() or not value
    assert not Target.objects.exists()


def test_one_target_from_a_day_and_only_of_a_share(head):
    day = NOW.date()
    actions.set_target(by=head, figure="promises", value=80, since=day)
    with pytest.raises(Conflict):
        actions.set_target(by=head, figure="promises", value=81, since=day)
    with pytest.raises(Invalid):
        actions.set_target(by=head, figure="registered", value=80, since=day)


def test_nobody_but_the_head_sets_targets_of_the_centre(senior, director, page):
    for person in (senior, director):
        with pytest.raises(NotAllowed):
            actions.set_target(by=person, figure="promises", value=1, since=NOW.date())
    assert "set-target" not in page(director).get("/figures/promises/").content.decode()

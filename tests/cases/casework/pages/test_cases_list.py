"""The list of cases: what one sees, filters in the address, pages, statements."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from cases.casework.models import Task
from cases.privacy.models import AccessLog
from fregat.lib import clock
from tests.cast import make_case, make_person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(operator: Any, on_shift: Any, page: Any) -> Any:
    on_shift(operator)
    return page(operator)


def numbers(answer: Any) -> list[str]:
    return re.findall(r'row-link nowrap" href="/cases/([\d-]+)/"', answer.content.decode())


def test_the_list_shows_cases_of_the_project_the_latest_first(
    desk: Any, operator: Any, stranger: Any, project: Any, other_project: Any
) -> None:
    first, second = (make_case(operator, insurer=project) for _ in range(2))
    make_case(stranger, insurer=other_project)
    assert numbers(desk.get("/cases/")) == [second.number, first.number]


def test_filters_live_in_the_address(desk: Any, operator: Any, operator2: Any, project: Any) -> None:
    mine = make_case(operator, insurer=project, country="TR")
    other = make_case(operator2, insurer=project, country="EG", status="assisted")
    ask = lambda query: numbers(desk.get(f"/cases/?{query}"))  # noqa: E731
    assert ask("status=assisted") == [other.number]
    assert ask("status=open") == [mine.number]
    assert ask("country=EG") == [other.number]
    assert ask("responsible=operator") == [mine.number]
    assert ask(f"insurer={project.pk}") == [other.number, mine.number]
    assert ask(f"number={mine.number}") == [mine.number]


def test_overdue_cases_are_found_and_marked(desk: Any, operator: Any, project: Any) -> None:
    late, calm = (make_case(operator, insurer=project) for _ in range(2))
    now = clock.now()
    Task.objects.create(
        case=late, at=now - timedelta(hours=3), by=operator, text="x", due_at=now - timedelta(hours=1)
    )
    Task.objects.create(case=calm, at=now, by=operator, text="x", due_at=now + timedelta(hours=5))
    assert numbers(desk.get("/cases/?due=late")) == [late.number]
    assert "data-urgent" in desk.get("/cases/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "after=%00",
        "after=zzz",
        "status=x",
        "insurer=abc",
        "number=' or 1",
        "country=1",
        "due=x",
        "responsible=%D1%8F",
    ],
)
def test_a_broken_address_is_no_fault(desk: Any, query: str) -> None:
    assert desk.get(f"/cases/?{query}").status_code == 200


def test_pages_follow_by_the_last_number(desk: Any, operator: Any, project: Any) -> None:
    made = [make_case(operator, insurer=project).number for _ in range(53)]
    first = desk.get("/cases/")
    more = re.search(r'hx-get="(/cases/\?after=[^"]+)"', first.content.decode())
    assert more and len(numbers(first)) == 50
    rest = desk.get(more[1].replace("&amp;", "&"), headers=HTMX)
    assert numbers(first) + numbers(rest) == made[::-1]


def test_the_list_is_one_look_with_all_its_cases(desk: Any, operator: Any, project: Any) -> None:
    cases = [make_case(operator, insurer=project) for _ in range(3)]
    desk.get("/cases/")
    row = AccessLog.objects.get(part="list")
    assert set(row.objects_seen) == {case.uuid for case in cases}


def test_off_shift_the_list_is_empty(operator: Any, project: Any, page: Any) -> None:
    make_case(operator, insurer=project)
    assert numbers(page(operator).get("/cases/")) == []


def test_statements_do_not_grow_with_the_list(desk: Any, operator: Any, project: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get("/cases/")
        return len(captured)

    make_case(operator, insurer=project, person=make_person())
    statements()
    few = statements()
    for _ in range(20):
        make_case(operator, insurer=project)
    assert statements() == few


def test_off_shift_the_list_says_why_it_is_empty(operator: Any, project: Any, page: Any) -> None:
    make_case(operator, insurer=project)
    text = page(operator).get("/cases/").content.decode()
    assert "Ваша зміна зараз не триває" in text and "Справ ще немає" not in text
    assert 'class="btn btn-primary" href="/calls/new/"' not in text

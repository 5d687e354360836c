"""The words of an article say their language wherever they stand: read aloud as English otherwise."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from staff.employees.models import Employee
from tests.builders import change_article, make_article, make_case, make_person, make_policy

pytestmark = pytest.mark.django_db
TITLE = "Репатріація"
WITHOUT_END = {"meta", "link", "input", "br", "img", "hr", "path", "use", "wbr"}


class Heard(HTMLParser):
    """In which language each piece of the page that holds the words is read; the name of the page is left aside."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words, self.open, self.found = words, [("", "")], list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHOUT_END:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.words in data and self.open[-1][0] != "title":
            self.found.append(self.open[-1][1])


@pytest.fixture
def visit(page: Any) -> Callable[[Employee, str], list[str]]:
    def heard(who: Employee, address: str, words: str = TITLE) -> list[str]:
        browser = page(who)
        browser.cookies["django_language"] = "en"
        answer = (
            browser.post(address, {"q": words}) if "search" in address else browser.get(address, follow=True)
        )
        parser = Heard(words)
        parser.feed(answer.content.decode())
        return parser.found

    return heard


def test_the_title_says_its_language_on_every_page(
    visit: Any, head: Employee, operator: Employee, project: Any, on_shift: Any
) -> None:
    first = make_article(head, project, title=TITLE, body="Стара умова.")
    change_article(head, first, "Нова умова.")
    pk = first.article_id
    on_shift(operator)
    case = make_case(operator, policy=make_policy(project, make_person()))
    pages = {
        operator: (
            f"/knowledge/{pk}/", f"/knowledge/{pk}/beside/", f"/knowledge/{pk}/versions/2/changes/", "/knowledge/",
            f"/cases/{case.number}/articles/", "/knowledge/search/",
        ),
        head: (f"/knowledge/{pk}/receipts/", f"/knowledge/{pk}/draft/", "/knowledge/lacking/"),
    }  # fmt: skip
    for who, addresses in pages.items():
        for address in addresses:
            found = visit(who, address)
            assert set(found) == {"uk"}, address
    assert set(visit(operator, f"/knowledge/{pk}/versions/2/changes/", "умова")) == {"uk"}

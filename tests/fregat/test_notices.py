"""The bell: what one employee must learn of, in their language, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy

from fregat.lib import clock, notices
from fregat.lib.models import Notice
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    notices.register("test.kind", gettext_lazy("%(name)s is not on duty now."), "flag")
    yield
    notices._kinds.pop("test.kind")


@pytest.fixture
def open_to() -> Iterator[set[int]]:
    """Of a kind that is about objects: those that its readers may see."""
    seen: set[int] = set()
    notices.register(
        "test.about", gettext_lazy("%(name)s is not on duty now."),
        open_to=lambda reader, keys, now: seen & set(keys),
    )  # fmt: skip
    yield seen
    notices._kinds.pop("test.about")


def tell(*people: Employee, url: str = "/shift/") -> None:
    notices.tell(people, "test.kind", url=url, values={"name": "Ґалаган"}, now=clock.now())


def test_the_bell_counts_what_is_not_read(page: Browser, operator: Employee, operator2: Employee) -> None:
    tell(operator)
    tell(operator)
    bell = page(operator).get("/notices/bell/").content.decode()
    assert "2 непрочитані" in bell
    assert "data-unread" not in page(operator2).get("/notices/bell/").content.decode()


def test_a_notice_is_worded_in_the_readers_language(page: Browser, operator: Employee) -> None:
    tell(operator)
    browser = page(operator)
    assert "Ґалаган зараз не на зміні." in browser.get("/notices/").content.decode()
    english = browser.get("/notices/", headers={"Accept-Language": "en"}).content.decode()
    assert "Ґалаган is not on duty now." in english


def test_who_opens_a_notice_has_read_it_and_goes_on(page: Browser, operator: Employee) -> None:
    tell(operator)
    row = Notice.objects.get()
    answer = page(operator).post(f"/notices/{row.pk}/")
    assert answer.headers["Location"] == "/shift/"
    assert notices.unread(operator) == 0


def test_anothers_notice_does_not_exist(page: Browser, operator: Employee, operator2: Employee) -> None:
    tell(operator)
    assert page(operator2).post(f"/notices/{Notice.objects.get().pk}/").status_code == 404
    assert notices.unread(operator) == 1


def test_all_are_read_at_once(page: Browser, operator: Employee, operator2: Employee) -> None:
    tell(operator, operator2)
    tell(operator)
    page(operator).post("/notices/")
    assert (notices.unread(operator), notices.unread(operator2)) == (0, 1)


def test_who_was_dismissed_is_told_nothing(operator: Employee) -> None:
    operator.is_active = False
    tell(operator)
    assert not Notice.objects.exists()


def test_an_unknown_kind_is_a_fault_of_the_program(operator: Employee) -> None:
    with pytest.raises(KeyError):
        notices.tell([operator], "nobody.knows", now=clock.now())


def test_values_that_do_not_fit_are_no_fault_for_the_reader(page: Browser, operator: Employee) -> None:
    notices.tell([operator], "test.kind", values={}, now=clock.now())
    assert page(operator).get("/notices/").status_code == 200


def test_what_the_broker_is_told_names_nobody(
    operator: Employee,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    from fregat.lib import live

    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(live, "_send", sent.extend)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        tell(operator)
    assert sent == [(f"employee:{operator.pk}", '{"kind": "notice", "id": ""}')]


def test_what_was_closed_to_the_reader_since_is_not_named_and_leads_nowhere(
    page: Browser, operator: Employee, open_to: set[int]
) -> None:
    for about, name in ((1, "Яворівська"), (2, "Їжакевич")):
        values = {"name": name}
        notices.tell(
            [operator], "test.about", url=f"/x/{about}/", values=values, about=about, now=clock.now()
        )
    open_to.add(2)
    browser = page(operator)
    text = browser.get("/notices/").content.decode()
    assert "Їжакевич" in text and "Яворівська" not in text and "тепер закрито для вас" in text
    closed, seen = Notice.objects.order_by("about")
    assert browser.post(f"/notices/{closed.pk}/").headers["Location"] == "/notices/"
    assert browser.post(f"/notices/{seen.pk}/").headers["Location"] == "/x/2/"


def test_a_kind_that_asks_must_be_told_what_it_is_about(operator: Employee, open_to: set[int]) -> None:
    with pytest.raises(ValueError, match="about"):
        notices.tell([operator], "test.about", values={"name": "Ґалаган"}, now=clock.now())


def test_every_kind_of_notice_has_a_sign_that_can_be_drawn() -> None:
    from fregat.lib.templatetags.ui import icon

    kinds = dict(notices._kinds)
    assert len(kinds) > 40
    for kind in kinds.values():
        assert icon(kind.icon).startswith("<svg")

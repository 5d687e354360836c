"""The paper of a letter leaves the house by the one door: registered, and one line of the access log each time (E2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.assistance import paper
from cases.assistance.actions import agree_to_letter
from cases.privacy.models import AccessLog, Disclosure
from cases.privacy.selectors import disclosed_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def download(page: Any, case: Any) -> Callable[..., Any]:
    """`download(employee, letter)`: the answer to whoever asks for its paper."""

    def ask(who: Any, letter: Any, language: str = "uk") -> Any:
        return page(who).get(f"/cases/{case.number}/letters/{letter.pk}/paper/?lang={language}")

    return ask


def logged() -> list[tuple[str, str]]:
    return list(
        AccessLog.objects.filter(route="assistance:paper").order_by("id").values_list("action", "part")
    )


def test_each_download_is_one_line_and_says_to_whom_and_on_what_ground(
    download: Any, at_work: Any, senior: Any, case: Any, give: Any
) -> None:
    letter = give(100)
    assert download(at_work, letter).status_code == 200
    assert logged() == [("disclose", "medical")]
    assert download(senior, letter, "en").status_code == 200
    assert logged() == [("disclose", "medical")] * 2
    row = disclosed_of(case.uuid)[-1]
    assert (row.by, row.recipient_kind, row.recipient, row.ground) == (
        at_work,
        "medical",
        "Міська лікарня",
        "engaged",
    )
    assert row.parts == ["identity", "policy", "medical", "costs"] and row.persons == [case.person.uuid]
    assert row.purpose == f"Гарантійний лист {letter.number}"
    assert {one.purpose for one in disclosed_of(case.uuid)} == {row.purpose}, (
        "in one language, whoever reads it"
    )


def test_help_that_is_not_medical_says_nothing_of_health(
    download: Any, at_work: Any, senior: Any, give: Any
) -> None:
    letter = give(100, kind="legal", provider="Адвокат")
    agree_to_letter(by=senior, letter_id=letter.pk)
    download(at_work, letter)
    row = Disclosure.objects.get()
    assert row.recipient_kind == "service" and "medical" not in row.parts
    assert logged() == [("disclose", "facts")]


def test_what_was_only_asked_has_no_paper_and_leaves_no_line(download: Any, at_work: Any, give: Any) -> None:
    assert download(at_work, give(40_000)).status_code == 409
    assert logged() == [] and not Disclosure.objects.exists()


def test_a_refused_download_leaves_no_line(
    download: Any, stranger: Any, client_manager: Any, operator2: Any, at_work: Any, give: Any
) -> None:
    letter = give(100)
    answers = [download(who, letter).status_code for who in (stranger, client_manager, operator2)]
    assert answers == [404] * 3, "another project, without the medical part, off shift"
    assert logged() == [] and not Disclosure.objects.exists()


def test_a_paper_that_cannot_be_drawn_was_not_passed_on(
    download: Any, at_work: Any, give: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = give(100)

    def broken(*_arguments: object) -> bytes:
        raise RuntimeError("no letters")

    monkeypatch.setattr(paper, "paper_of", broken)
    with pytest.raises(RuntimeError):
        download(at_work, letter)
    assert logged() == [] and not Disclosure.objects.exists()

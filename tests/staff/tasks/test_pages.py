"""The pages of the room through a real client: lists, the form, the report with its proof, the answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock, drafts
from fregat.lib.models import StoredFile
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment, Instruction
from tests.staff.tasks.conftest import PDF, upload, waiting

pytestmark = pytest.mark.django_db
Give = Callable[..., Assignment]
Browser = Callable[[Employee], Client]
HTMX = {"HX-Request": "true"}


def at(row: Assignment, tail: str = "") -> str:
    return f"/tasks/{row.pk}/{tail}"


def listed(client: Client, query: str = "") -> list[int]:
    """Ids of the rows in their order."""
    text = client.get(f"/tasks/{query}").content.decode()
    return [int(pk) for pk in re.findall(r'class="row-link long" href="/tasks/(\d+)/"', text)]


# --- The list ----------------------------------------------------------------------------------------


def test_overdue_ones_stand_first_then_the_first_due(
    give: Give, operator: Employee, senior: Employee, page: Browser
) -> None:
    later, late, soon = give(operator, hours=5), give(operator, hours=-1), give(operator, hours=1)
    wanted = [late.pk, soon.pk, later.pk]
    assert listed(page(operator)) == wanted
    assert listed(page(senior)) == wanted
    assert "прострочено" in page(operator).get("/tasks/").content.decode()


def test_the_views_are_in_the_address_and_a_colleague_sees_nothing_of_mine(
    give: Give, operator: Employee, operator2: Employee, senior: Employee, senior2: Employee, head: Employee,
    page: Browser,
) -> None:  # fmt: skip
    mine, of_head, above = give(operator), give(operator, by=head), give(senior, by=head)
    client = page(senior)
    assert listed(client) == [mine.pk]
    assert set(listed(client, "?view=team")) == {mine.pk, of_head.pk, above.pk}
    assert listed(client, "?view=mine") == [above.pk]
    assert listed(page(operator), "?view=team") == [mine.pk, of_head.pk]  # who gives nothing has one view
    assert listed(page(operator2)) == []
    assert listed(page(senior2), "?view=team") == []
    assert set(listed(page(head), "?view=team")) == {mine.pk, of_head.pk, above.pk}


def test_filters_narrow_the_list_and_nonsense_filters_nothing(
    give: Give, reported: Assignment, operator: Employee, operator2: Employee, senior: Employee, page: Browser
) -> None:
    late, theirs = give(operator, hours=-1), give(operator2)
    client = page(senior)
    assert listed(client, "?state=late") == [late.pk]
    assert listed(client, "?state=reported") == [reported.pk]
    assert listed(client, "?person=operator2") == [theirs.pk]
    assert listed(client, "?state=closed") == []
    actions.accept(by=senior, assignment_id=reported.pk, report_id=waiting(reported))
    assert listed(client, "?state=closed") == [reported.pk]
    everything = listed(client)
    for nonsense in ("?state=xx", "?view=xx", "?person=nobody", "?after=xx", "?after=e30=", "?view=%00"):
        assert listed(client, nonsense) == everything


def test_a_long_list_goes_on_where_it_ended(give: Give, operator: Employee, page: Browser) -> None:
    rows = [give(operator, hours=-1 if index % 3 else 1 + index).pk for index in range(60)]
    client = page(operator)
    text = client.get("/tasks/").content.decode()
    first = listed(client)
    address = re.search(r'hx-get="(/tasks/\?after=[^"]+)"', text)
    assert address
    rest = client.get(address[1].replace("&amp;", "&"), headers=HTMX).content.decode()
    second = [int(pk) for pk in re.findall(r'class="row-link long" href="/tasks/(\d+)/"', rest)]
    assert len(first) == 50
    assert sorted([*first, *second]) == sorted(rows)
    assert "<thead" not in rest


def test_the_list_and_the_desk_cost_the_same_for_one_and_for_forty(
    give: Give, operator: Employee, senior: Employee, page: Browser
) -> None:
    pages = ((page(senior), "/tasks/?view=team"), (page(operator), "/"), (page(senior), "/board/"))

    def costs() -> list[int]:
        found = []
        for client, address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    give(operator, hours=-1)
    one = costs()
    for _index in range(39):
        give(operator, hours=-1)
    assert costs() == one


# --- A new one ---------------------------------------------------------------------------------------


def test_a_senior_manager_gives_an_instruction_by_the_form(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    client = page(senior)
    form = client.get("/tasks/new/").context["form"]
    drafts.save(employee_id=senior.pk, form="instruction", fields=_fields(text="Звір"), now=clock.now())
    sent = {
        "text": "Звірити рахунки.",
        "to": "operator",
        "due_at": "завтра 9:00",
        "token": str(form.initial["token"]),
    }
    answer = client.post("/tasks/new/", sent)
    assert answer["Location"] == "/tasks/?view=given"
    row = Assignment.objects.get()
    assert (row.assignee, clock.local(row.due_at).hour) == (operator, 9)
    assert drafts.get(senior.pk, "instruction") == {}
    assert "Розпорядження дано 1 людині" in client.get("/tasks/").content.decode()
    client.post("/tasks/new/", sent)
    assert Instruction.objects.count() == 1


def test_the_form_gives_to_the_whole_shift(
    operator: Employee, operator2: Employee, senior: Employee, on_shift: Any, page: Browser
) -> None:
    on_shift(operator), on_shift(operator2)
    client = page(senior)
    assert "Уся зміна: 2" in client.get("/tasks/new/").content.decode()
    answer = client.post("/tasks/new/", {"text": "Лад.", "to": "*shift", "due_at": "за 2 год"}, headers=HTMX)
    assert answer["HX-Redirect"] == "/tasks/?view=given"
    assert Assignment.objects.count() == 2


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    operator: Employee, stranger: Employee, senior: Employee, page: Browser
) -> None:
    client = page(senior)
    for wrong in ({"due_at": "колись"}, {"due_at": "01.01.2020 9:00"}, {"to": "stranger"}, {"to": "*shift"}):
        sent = {"text": "Звірити рахунки.", "to": "operator", "due_at": "завтра 9:00"} | wrong
        answer = client.post("/tasks/new/", sent, headers=HTMX)
        assert answer.status_code == 400
        assert "field-error" in answer.content.decode()
        assert "Звірити рахунки." in answer.content.decode()
    assert not Instruction.objects.exists()


def test_a_draft_is_put_back_into_the_form(senior: Employee, page: Browser) -> None:
    drafts.save(employee_id=senior.pk, form="instruction", fields=_fields(text="Звір"), now=clock.now())
    assert "Звір</textarea>" in page(senior).get("/tasks/new/").content.decode()


def _fields(**values: str) -> Any:
    from django.utils.datastructures import MultiValueDict

    return MultiValueDict({name: [value] for name, value in values.items()})


# --- The report and its proof ------------------------------------------------------------------------


def test_a_report_with_a_proof_goes_to_the_senior_manager_who_accepts_it(
    give: Give, operator: Employee, senior: Employee, page: Browser
) -> None:
    row = give(operator)
    client = page(operator)
    answer = client.post(at(row, "report/"), {"text": "Звірено.", "proof": upload()}, headers=HTMX)
    assert answer.status_code == 200
    assert "чекає на прийняття" in answer.content.decode()
    boss, report_id = page(senior), waiting(row)
    text = boss.get(at(row)).content.decode()
    assert "акт.pdf" in text
    assert 'data-shortcut="A"' in text
    got = boss.get(at(row, f"reports/{report_id}/proof/"))
    assert (got.content, got["Content-Type"]) == (PDF, "application/pdf")
    assert got["Content-Disposition"].startswith("attachment")
    assert boss.post(at(row, f"reports/{report_id}/accept/"), headers=HTMX).status_code == 200
    row.refresh_from_db()
    assert row.state == "accepted"


def test_the_proof_is_nobodys_who_may_not_see_the_instruction(
    give: Give, operator: Employee, operator2: Employee, senior2: Employee, head: Employee, director: Employee,
    page: Browser,
) -> None:  # fmt: skip
    row, other = give(operator), give(operator2)
    page(operator).post(at(row, "report/"), {"text": "Звірено.", "proof": upload()})
    address = at(row, f"reports/{waiting(row)}/proof/")
    assert page(operator).get(address).status_code == page(head).get(address).status_code == 200
    for person in (operator2, senior2, director):
        assert page(person).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    # Another assignment of mine does not open the report of this one.
    assert page(operator2).get(at(other, f"reports/{waiting(row)}/proof/")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.html", b"<script>alert(1)</script>"),
        ("x.pdf", b"MZ"),
        ("x.png", b"\x89PNG\r\n\x1a\n"),
        ("x.pdf", b""),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_words_stay(
    give: Give, operator: Employee, page: Browser, name: str, content: bytes
) -> None:
    row = give(operator)
    sent = {"text": "Звірено дванадцять.", "proof": upload(name, content)}
    answer = page(operator).post(at(row, "report/"), sent, headers=HTMX)
    assert answer.status_code == 400
    assert "Звірено дванадцять.</textarea>" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert waiting_nothing(row)


def waiting_nothing(row: Assignment) -> bool:
    return Assignment.objects.get(pk=row.pk).state == "given"


def test_a_refusal_by_the_state_leaves_the_form_of_the_report_alone(
    give: Give, operator: Employee, senior: Employee, page: Browser
) -> None:
    row = give(operator)
    actions.withdraw(by=senior, assignment_id=row.pk, reason="Не треба.")
    answer = page(operator).post(at(row, "report/"), {"text": "Зроблено."}, headers=HTMX)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#messages"


def test_a_report_is_returned_in_a_dialog_that_keeps_what_is_refused(
    reported: Assignment, senior: Employee, page: Browser
) -> None:
    client, address = page(senior), at(reported, f"reports/{waiting(reported)}/return/")
    refused = client.post(address, {"return-reason": ""}, headers=HTMX)
    assert (refused.status_code, refused["HX-Retarget"]) == (400, "#messages")
    answer = client.post(
        address, {"return-reason": "Бракує двох.", "return-due_at": "завтра 9:00"}, headers=HTMX
    )
    assert answer["HX-Retarget"] == "#task"
    assert "Бракує двох." in answer.content.decode()


def test_it_is_passed_on_and_withdrawn_by_the_page(
    give: Give, operator: Employee, operator2: Employee, stranger: Employee, senior: Employee, page: Browser
) -> None:
    row, client = give(operator), page(senior)
    assert client.post(at(row, "pass/"), {"pass-to": "stranger"}).status_code == 400
    assert client.post(at(row, "pass/"), {"pass-to": "operator2"}).status_code == 302
    assert client.post(at(row, "withdraw/"), {"withdraw-reason": "Не треба."}).status_code == 302
    row.refresh_from_db()
    assert (row.assignee, row.state) == (operator2, "withdrawn")


@pytest.mark.parametrize(
    "tail", ["", "report/", "withdraw/", "pass/", "reports/1/accept/", "reports/1/proof/"]
)
def test_a_strangers_instruction_is_like_a_missing_one(
    give: Give, operator: Employee, stranger: Employee, senior2: Employee, page: Browser, tail: str
) -> None:
    row = give(operator)
    person = stranger if tail in {"", "report/", "reports/1/proof/"} else senior2
    client = page(person)
    ask = client.get if tail in {"", "reports/1/proof/"} else client.post
    theirs, missing = ask(at(row, tail), headers=HTMX), ask(f"/tasks/2000000001/{tail}", headers=HTMX)
    assert theirs.status_code == missing.status_code == 404
    assert theirs.content == missing.content


def test_the_update_in_place_is_the_fragment_of_the_page(
    give: Give, operator: Employee, page: Browser
) -> None:
    row, client = give(operator), page(operator)
    for address in (at(row), "/tasks/"):
        part = client.get(address, headers=HTMX).content.decode()
        assert "<html" not in part
        bare = re.sub(r'value="[^"]{64}"', "", part).strip()
        assert bare in re.sub(r'value="[^"]{64}"', "", client.get(address).content.decode())


def test_the_desk_shows_what_waits_for_me_and_the_board_what_is_late_with_my_team(
    give: Give, reported: Assignment, operator: Employee, senior: Employee, senior2: Employee, quality: Employee,
    head: Employee, page: Browser,
) -> None:  # fmt: skip
    give(operator, text="Прострочене доручення.", hours=-1), give(operator, text="Майбутнє доручення.")
    give(quality, by=head, text="Перевірити дзвінки.")
    desk = page(operator).get("/").content.decode()
    assert "Прострочене доручення." in desk
    assert "Майбутнє доручення." in desk
    board = page(senior).get("/board/").content.decode()
    assert "Прострочене доручення." in board
    assert "чекає на прийняття" in board
    assert "Майбутнє доручення." not in board
    assert "Прострочене доручення." not in page(senior2).get("/board/").content.decode()
    assert "Перевірити дзвінки." in page(quality).get("/").content.decode()


def test_a_time_that_passes_while_one_looks_is_shown_late(
    give: Give, operator: Employee, page: Browser
) -> None:
    row = give(operator, hours=-1)
    assert "data-urgent" in page(operator).get("/tasks/").content.decode()
    assert row.due_at < clock.now() - timedelta(minutes=30)

"""The page of a case: what is seen, what is added in place, what is refused with a sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from cases.casework import actions
from cases.casework.models import Case
from cases.casework.rules import CaseFacts, ServiceFacts
from cases.privacy.models import AccessLog
from fregat.lib import clock
from tests.cast import make_person, make_policy

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(operator: Any, senior: Any, on_shift: Any, project: Any) -> Case:
    """Registered by the operator for Japan, which the senior manager is told."""
    on_shift(operator)
    on_shift(senior, leads=True)
    person = make_person()
    policy = make_policy(project, person, number="VZR-4471823")
    facts = CaseFacts(
        person=person.pk, policy=policy.pk, caller_relation="self", caller_name="Ґалаган Олена",
        country="JP", city="Осака", description="Зламано зап’ясток.", services=(ServiceFacts(kind="hospital"),),
    )  # fmt: skip
    return actions.register_case(by=operator, facts=facts)


@pytest.fixture
def desk(operator: Any, page: Any, case: Case) -> Any:
    return page(operator)


def at(case: Case, tail: str = "") -> str:
    return f"/cases/{case.number}/{tail}"


def test_the_head_says_who_what_whose_and_until_when(desk: Any, case: Case) -> None:
    text = desk.get(at(case)).content.decode()
    head = re.search(r'<header class="case-head".*?</header>', text, re.S)
    assert head
    for part in (case.number, "Ґалаган Олена", "VZR-4471823", "Ґалаган Олена", "Осака", "data-clock-zone"):
        assert part in head[0]


def test_a_colleague_writes_to_who_answers_with_the_case_in_the_message(
    desk: Any, page: Any, senior: Any, operator: Any, case: Case
) -> None:
    address = f"/messages/new/?case={case.number}&amp;to={operator.username}"
    assert address in page(senior).get(at(case)).content.decode()
    assert "/messages/new/?case=" not in desk.get(at(case)).content.decode()  # one's own
    form = page(senior).get(address.replace("&amp;", "&")).content.decode()
    assert case.number in form and operator.full_name in form


def test_each_look_is_written_down(desk: Any, case: Case) -> None:
    desk.get(at(case))
    assert AccessLog.objects.filter(kind="case", part="medical", objects_seen=[case.uuid]).count() == 1


def test_a_dialog_that_shows_facts_of_the_case_is_a_look_too(desk: Any, operator: Any, case: Case) -> None:
    due_at = clock.now() + timedelta(hours=1)
    task = actions.add_task(by=operator, number=case.number, text="Дзвонити лікарю.", due_at=due_at)
    unlisted = actions.register_case(
        by=operator, facts=CaseFacts(person_name="Невідомий Іван", caller_name="Гід", description="Коліно.")
    )
    dialogs = (
        (case, f"tasks/{task.pk}/done/", "medical"),
        (case, "facts/", "medical"),
        (case, "pass-on/", "medical"),
        (unlisted, "person/", "facts"),
    )
    for row, tail, part in dialogs:
        before = AccessLog.objects.filter(objects_seen=[row.uuid]).count()
        assert desk.get(at(row, tail)).status_code == 200
        looks = AccessLog.objects.filter(objects_seen=[row.uuid]).order_by("id")[before:]
        assert [look.part for look in looks] == [part], tail


def test_after_registering_the_page_says_who_was_told(desk: Any, case: Case, senior: Any) -> None:
    assert 'id="registered"' in desk.get(at(case, "?new=1")).content.decode()
    assert 'id="registered"' not in desk.get(at(case)).content.decode()


@pytest.mark.parametrize(
    ("tail", "typed", "seen"),
    [
        ("notes/", {"text": "Просить дзвонити ввечері"}, "Просить дзвонити ввечері"),
        (
            "contacts/",
            {"channel": "phone", "direction": "out", "party": "Лікарня Осака", "text": "Місце є"},
            "Лікарня Осака",
        ),
        ("tasks/", {"text": "Передзвонити до лікарні", "due_at": "за 2 год"}, "Передзвонити до лікарні"),
        ("services/", {"kind": "transport", "expected_cost": "1 200,50", "currency": "EUR"}, "1 200,50"),
        ("escalations/", {"reason": "unusual", "text": "Погрожує судом"}, "Погрожує судом"),
    ],
)
def test_what_is_added_appears_in_place(
    desk: Any, case: Case, tail: str, typed: dict[str, str], seen: str
) -> None:
    answer = desk.post(at(case, tail), typed, headers=HTMX)
    text = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 200 and answer["HX-Trigger"] == "case-saved"
    assert seen in text and 'hx-swap-oob="true"' in text
    assert seen in desk.get(at(case)).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("tail", ["notes/", "contacts/", "tasks/", "services/", "escalations/"])
@pytest.mark.parametrize(
    "typed", [{}, {"text": "\x07", "due_at": "ніколи", "party": "x" * 201, "expected_cost": "-1"}]
)
def test_bad_additions_come_back_with_what_was_typed(
    desk: Any, case: Case, tail: str, typed: dict[str, str]
) -> None:
    answer = desk.post(at(case, tail), typed, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 400 and "field-error" in text
    if typed and tail == "tasks/":
        assert "ніколи" in text


def test_a_step_that_misses_something_is_disabled_with_its_sentence(desk: Any, case: Case) -> None:
    text = desk.get(at(case)).content.decode()
    steps = text[text.index('id="case-steps"') :]
    assert 'disabled aria-describedby="why-declined"' in steps and 'data-shortcut="G"' in steps


def test_steps_refused_for_one_reason_stand_under_one_sentence(desk: Any, case: Case) -> None:
    text = desk.get(at(case)).content.decode()
    steps = text[text.index('id="case-steps"') : text.index('id="composer-note"')]
    assert steps.count('aria-describedby="why-declined"') == 2, "to decline and to cancel"
    assert steps.count('id="why-declined"') == steps.count("Це може зробити лише старший менеджер") == 1


@pytest.mark.parametrize(
    ("status", "forward", "back", "key"),
    [
        ("assisted", "Документи надійшли", "Знову потрібна допомога", "D"),
        ("documents", "Передати страховій компанії", "Бракує документа", "P"),
        ("submitted", "Закрити справу", "Страхова компанія повернула", "Z"),
    ],
)
def test_the_way_forward_stands_out_first_and_the_way_back_has_no_key(
    desk: Any, case: Case, status: str, forward: str, back: str, key: str
) -> None:
    Case.objects.filter(pk=case.pk).update(status=status)
    text = desk.get(at(case)).content.decode()
    steps = text[text.index('id="case-steps"') : text.index('id="composer-note"')]
    buttons = re.findall(r"<button.*?</button>", steps, re.DOTALL)
    assert forward in buttons[0] and "btn-primary" in buttons[0] and f'data-shortcut="{key}"' in buttons[0]
    way_back = next(one for one in buttons if back in one)
    assert "btn-primary" not in way_back and "data-shortcut" not in way_back


def test_help_is_given_by_one_key(desk: Any, case: Case) -> None:
    answer = desk.post(at(case, "move/assisted/"), {"version": case.version}, headers=HTMX)
    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.status == "assisted"


def test_a_step_on_a_stale_page_is_refused(desk: Any, case: Case) -> None:
    answer = desk.post(at(case, "move/assisted/"), {"version": case.version - 1}, headers=HTMX)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#messages"


def test_a_reason_that_is_missing_is_asked_for(page: Any, senior: Any, case: Case) -> None:
    answer = page(senior).post(at(case, "move/declined/"), {"version": case.version}, headers=HTMX)
    assert answer.status_code == 400 and "field-error" in answer.content.decode()


def fields_of(text: str) -> dict[str, str]:
    """What the browser would send back untouched."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        found: dict[str, str]
        area = ""
        select = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            got = dict(attrs)
            name = got.get("name") or ""
            if tag == "input" and (got.get("type") != "checkbox" or "checked" in got):
                self.found[name] = got.get("value") or ""
            elif tag == "textarea":
                self.area, self.found[name] = name, ""
            elif tag == "select":
                self.select, self.found[name] = name, ""
            elif tag == "option" and "selected" in got:
                self.found[self.select] = got.get("value") or ""

        def handle_endtag(self, tag: str) -> None:
            self.area = "" if tag == "textarea" else self.area

        def handle_data(self, data: str) -> None:
            if self.area:
                self.found[self.area] += data.lstrip("\r\n") if not self.found[self.area] else data

    reader = Reader()
    reader.found = {}
    reader.feed(text)
    return {name: value for name, value in reader.found.items() if name != "csrfmiddlewaretoken"}


def test_facts_are_corrected_in_place_and_only_what_was_typed_changes(desk: Any, case: Case) -> None:
    typed = fields_of(desk.get(at(case, "facts/"), headers=HTMX).content.decode())
    assert typed["city"] == "Осака" and typed["country"] == "JP"
    answer = desk.post(at(case, "facts/"), {**typed, "city": "кіото"}, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    case.refresh_from_db()
    assert case.city == "Кіото"
    assert case.timeline.filter(kind="changed", values__fields=["city"]).exists()


def test_a_stale_correction_shows_both_versions_and_loses_neither(
    desk: Any, operator2: Any, on_shift: Any, case: Case
) -> None:
    typed = fields_of(desk.get(at(case, "facts/"), headers=HTMX).content.decode())
    on_shift(operator2)
    actions.change_case(
        by=operator2, number=case.number, changes={"city": "Кобе", "address": "Порт 5"}, version=case.version
    )
    answer = desk.post(at(case, "facts/"), {**typed, "city": "Нара"}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409 and "data-conflict" in text
    assert "Нара" in text and "Кобе" in text
    again = fields_of(text)
    assert (again["city"], again["address"]) == ("Нара", "Порт 5")
    assert desk.post(at(case, "facts/"), again, headers=HTMX).status_code == 200
    case.refresh_from_db()
    assert (case.city, case.address) == ("Нара", "Порт 5")


def test_another_operator_of_the_project_takes_over_with_a_reason(
    page: Any, operator2: Any, on_shift: Any, case: Case
) -> None:
    on_shift(operator2)
    other = page(operator2)
    assert (
        other.post(at(case, "responsible/"), {"to": "me", "version": case.version}, headers=HTMX).status_code
        == 400
    )
    answer = other.post(
        at(case, "responsible/"),
        {"to": "me", "version": case.version, "reason": "Знаю лікарню"},
        headers=HTMX,
    )
    assert answer.status_code == 200, answer.content.decode()
    case.refresh_from_db()
    assert case.responsible == operator2


def test_the_senior_manager_acknowledges_on_the_page(page: Any, senior: Any, case: Case) -> None:
    waiting = case.escalations.order_by("pk").first()
    assert waiting is not None
    manager = page(senior)
    assert f"escalations/{waiting.pk}/acknowledge/" in manager.get(at(case)).content.decode()
    assert manager.post(at(case, f"escalations/{waiting.pk}/acknowledge/"), headers=HTMX).status_code == 200
    waiting.refresh_from_db()
    assert waiting.acknowledged_by == senior


def test_a_task_is_done_with_its_outcome(desk: Any, case: Case) -> None:
    desk.post(at(case, "tasks/"), {"text": "Передзвонити", "due_at": "за 2 год"}, headers=HTMX)
    task = case.tasks.get()
    assert desk.get(at(case, f"tasks/{task.pk}/done/"), headers=HTMX).status_code == 200
    assert (
        desk.post(at(case, f"tasks/{task.pk}/done/"), {"outcome": "Місце є"}, headers=HTMX).status_code == 200
    )
    task.refresh_from_db()
    assert task.outcome == "Місце є"


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "update/",
        "history/",
        "facts/",
        "move/assisted/",
        "responsible/",
        "tasks/1/done/",
        "escalations/1/unfounded/",
    ],
)
def test_a_strangers_case_is_like_a_missing_one(
    page: Any, stranger: Any, on_shift: Any, case: Case, tail: str
) -> None:
    on_shift(stranger)
    other = page(stranger)
    theirs, missing = other.get(at(case, tail)), other.get(f"/cases/26-999999/{tail}")
    assert theirs.status_code == missing.status_code == 404
    assert strip(theirs.content.decode(), case.number) == strip(missing.content.decode(), "26-999999")


def strip(text: str, number: str) -> str:
    """The page without what differs between any two pages."""
    text = re.sub(r'((?:csrf-token|live-since)" content|csrfmiddlewaretoken" value)="[^"]*"', "", text)
    return text.replace(number, "")


def test_off_shift_the_case_is_closed(page: Any, operator2: Any, case: Case) -> None:
    assert page(operator2).get(at(case)).status_code == 404


def test_history_shows_old_and_new(desk: Any, operator: Any, case: Case) -> None:
    actions.change_case(by=operator, number=case.number, changes={"city": "Кобе"}, version=None)
    text = desk.get(at(case, "history/"), headers=HTMX).content.decode()
    assert "Осака" in text and "Кобе" in text


def test_the_draft_of_a_note_is_there_again(desk: Any, case: Case) -> None:
    desk.post(f"/drafts/case-note-{case.number}/", {"text": "Недописана нота"})
    assert "Недописана нота" in desk.get(at(case)).content.decode()


def test_statements_do_not_grow_with_the_case(desk: Any, operator: Any, case: Case) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(at(case))
        return len(captured)

    statements()
    few = statements()
    for index in range(5):
        actions.add_note(by=operator, number=case.number, text=f"Нота {index}")
        actions.add_contact(by=operator, number=case.number, channel="phone", direction="in", party="x")
    assert statements() == few


def test_the_person_of_a_provisional_case_is_found_and_tied(
    desk: Any, operator: Any, project: Any, case: Case
) -> None:
    told = CaseFacts(
        person_name="ХРИСТЕНКО", caller_name="гід", description="Коліно", country="PL", insurer=project.pk
    )
    other = actions.register_case(by=operator, facts=told)
    person = make_person("Христенко", "Ігор", surname_latin="KHRYSTENKO", given_name_latin="IHOR", phone="")
    policy = make_policy(project, person)
    text = desk.get(at(other, "person/"), headers=HTMX).content.decode()
    assert policy.number in text
    typed = {"version": other.version, "q": "Христенко"}
    assert policy.number in desk.post(at(other, "person/"), typed, headers=HTMX).content.decode()
    answer = desk.post(at(other, "person/"), {**typed, "found": f"{person.pk}:{policy.pk}"}, headers=HTMX)
    assert answer.status_code == 200 and answer["HX-Trigger"] == "case-saved", answer.content.decode()
    other.refresh_from_db()
    assert (other.person, other.policy, other.provisional) == (person, policy, False)

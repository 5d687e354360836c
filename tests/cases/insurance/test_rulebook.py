"""The rules of a programme: a draft is edited, tried on examples, published; what was said before stays (JD II.3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance import actions
from cases.insurance.models import Cover, Edition, Programme
from cases.insurance.rules.changes import differences
from cases.insurance.selectors import verdict
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from tests.cast import make_person, make_policy


@pytest.fixture
def policy(project: Any) -> Any:
    return make_policy(project, make_person(), asks=True)


@pytest.fixture
def programme(policy: Any) -> Programme:
    return policy.programme  # type: ignore[no-any-return]


def today() -> date:
    return clock.local(clock.now()).date()


def line(service: str = "visit", **more: Any) -> dict[str, Any]:
    return {"service_id": service, "currency_id": "EUR", "limit": None, "excess": Decimal(0), **more}


def save(by: Any, programme: Programme, covers: Any, exclusions: Any = (), **more: Any) -> Edition:
    draft = actions.draft_of(programme)
    values = {"version": draft.version, "limits": {}, **more}
    return actions.save_edition(
        by=by, programme_id=programme.pk, covers=covers, exclusions=exclusions, **values
    )


def publish(by: Any, programme: Programme, day: date | None = None) -> Edition:
    version = actions.draft_of(programme).version
    return actions.publish_edition(
        by=by, programme_id=programme.pk, version=version, valid_from=day or today()
    )


def said(policy: Any, on: date | None = None, **more: Any) -> str:
    at = clock.now() + timedelta(days=(on - today()).days if on else 0)
    return verdict(policy, country="TR", at=at, service="visit", **more).verdict


def test_a_draft_begins_as_a_copy_and_changes_nothing_until_it_is_published(
    head: Any, policy: Any, programme: Programme
) -> None:
    draft = actions.begin_edition(by=head, programme_id=programme.pk)
    assert (draft.number, draft.covers.count(), draft.exclusions.count()) == (2, 4, 1)
    save(head, programme, [line("hospital")])
    assert said(policy) == "ask"  # the question about alcohol of the edition in force
    publish(head, programme)
    assert said(policy) == "not_covered"


def test_an_edition_counts_from_its_day(head: Any, policy: Any, programme: Programme) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line()])
    publish(head, programme, today() + timedelta(days=3))
    days = [today() + timedelta(days=ahead) for ahead in (0, 2, 3, 4)]
    assert [said(policy, day) for day in days] == ["ask", "ask", "covered", "covered"]


def test_what_was_known_before_the_publication_stays(head: Any, policy: Any, programme: Programme) -> None:
    before = clock.now()
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line()])
    publish(head, programme, today() - timedelta(days=10))
    assert (said(policy), said(policy, known_at=before)) == ("covered", "ask")


def test_one_draft_at_a_time(head: Any, programme: Programme) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    with pytest.raises(Conflict):
        actions.begin_edition(by=head, programme_id=programme.pk)


def test_nobody_saves_over_another(head: Any, admin_: Any, programme: Programme) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(admin_, programme, [line()])
    with pytest.raises(Stale):
        save(head, programme, [line("hospital")], version=1)
    with pytest.raises(Stale):
        actions.publish_edition(by=head, programme_id=programme.pk, version=1, valid_from=today())
    assert [row.service_id for row in actions.draft_of(programme).covers.all()] == ["visit"]


def test_two_lines_for_the_same_age_are_refused_whole(head: Any, programme: Programme) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    with pytest.raises(Conflict):
        save(head, programme, [line(age_to=64), line(age_from=60)])
    assert actions.draft_of(programme).covers.count() == 4
    save(head, programme, [line(age_to=64), line(age_from=65)])


def test_rules_that_cover_nothing_are_not_published(head: Any, programme: Programme) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [])
    with pytest.raises(Conflict):
        publish(head, programme)


def test_a_draft_that_somebody_saved_meanwhile_is_not_thrown_away(
    head: Any, programme: Programme, page: Any
) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    browser, at = page(head), f"/rules/{programme.pk}/"
    seen = actions.draft_of(programme).version
    assert f'name="version" value="{seen}"><button' in browser.get(at).content.decode()
    save(head, programme, [line()])
    assert browser.post(f"{at}drop/", {"version": seen}).status_code == 409
    assert actions.draft_of(programme).covers.count() == 1
    assert browser.post(f"{at}drop/", {"version": seen + 1}).status_code == 302
    assert not programme.editions.filter(published_at=None).exists()


def test_editions_in_force_follow_each_other_by_their_days(head: Any, programme: Programme) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line()])
    publish(head, programme, today() - timedelta(days=4))
    actions.begin_edition(by=head, programme_id=programme.pk)
    with pytest.raises(Invalid):
        publish(head, programme, today() - timedelta(days=5))
    actions.drop_edition(by=head, programme_id=programme.pk)
    assert programme.editions.count() == 2


def test_a_slip_in_the_year_forbids_no_nearer_day(
    head: Any, policy: Any, programme: Programme, page: Any
) -> None:
    """The edition that has not begun is replaced, and that is said beforehand and afterwards."""
    browser, at = page(head), f"/rules/{programme.pk}/"
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line()])
    publish(head, programme, date(2098, 1, 1))
    assert [row["ahead"].number for row in browser.get("/rules/").context["rows"]] == [2]
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line("hospital")])
    assert "Редакція 2 (з 01.01.2098) не набуде чинності" in browser.get(at).content.decode()
    publish(head, programme)
    assert [said(policy, day) for day in (None, date(2098, 2, 1))] == ["not_covered", "not_covered"]
    book = browser.get(at)
    assert [past[2] for past in book.context["history"]] == [False, True, False]
    assert "замінено до початку" in book.content.decode()
    assert [row["ahead"] for row in browser.get("/rules/").context["rows"]] == [None]


def test_a_day_that_cannot_be_meant_is_asked_about(head: Any, programme: Programme, page: Any) -> None:
    actions.begin_edition(by=head, programme_id=programme.pk)
    sent = {"version": actions.draft_of(programme).version, "valid_from": "2206-12-01"}
    answer = page(head).post(f"/rules/{programme.pk}/publish/", sent)
    assert answer.status_code == 400 and "між 2000 і 2099" in answer.content.decode()


def test_only_who_keeps_the_rules_changes_them(
    operator: Any, senior: Any, stranger: Any, director: Any, programme: Programme
) -> None:
    for somebody, refusal in (
        (operator, NotAllowed), (senior, NotAllowed), (director, NotAllowed), (stranger, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            actions.begin_edition(by=somebody, programme_id=programme.pk)


def form(draft: Edition, **more: Any) -> dict[str, Any]:
    """What the page of the draft sends with one line in each table."""
    return {
        "version": draft.version, "note": "Новий ліміт", "excluded": "sy, AF", "excluded_clause": "3.2", "age_to": "80",
        "covers-TOTAL_FORMS": "3", "covers-INITIAL_FORMS": "1", "covers-0-service": "visit",
        "covers-0-limit": "1500,50",
        "covers-0-currency": "EUR", "covers-0-clause": "4.9", "covers-1-currency": "EUR", "covers-2-currency": "EUR",
        "exclusions-TOTAL_FORMS": "2",
        "exclusions-1-kind": "yes_no", "exclusions-1-effect": "not_covered", "exclusions-INITIAL_FORMS": "0",
        "exclusions-0-code": "sport",
        "exclusions-0-name_uk": "Чи це спорт?", "exclusions-0-name_en": "Is it sport?", "exclusions-0-kind": "yes_no",
        "exclusions-0-effect": "ask", **more,
    }  # fmt: skip


def test_the_page_saves_what_was_typed_and_says_what_it_changes(
    head: Any, programme: Programme, page: Any
) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    assert browser.post(f"{at}begin/").status_code == 302
    answer = browser.post(f"{at}save/", form(actions.draft_of(programme)))
    assert answer.status_code == 302, answer.content.decode()
    draft = actions.draft_of(programme)
    assert (draft.excluded, draft.age_to, draft.note) == (["AF", "SY"], 80, "Новий ліміт")
    cover: Cover = draft.covers.get()
    assert (cover.service_id, cover.limit, cover.clause) == ("visit", Decimal("1500.50"), "4.9")
    assert draft.exclusions.get().effect == "ask"
    text = browser.get(at).content.decode()
    assert "ліміт: страхова сума → 1 500,50 EUR" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "запитання «Чи це спорт?»: додано" in text


def test_a_draft_that_is_saved_as_it_stands_changes_nothing(
    head: Any, programme: Programme, page: Any
) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    row = {
        "code": "sport", "name_uk": "Чи це спорт?", "name_en": "Is it sport?", "services": ["visit", "hospital"],
        "countries": ["TR", "EG"],
    }  # fmt: skip
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line()], [row])
    publish(head, programme)
    actions.begin_edition(by=head, programme_id=programme.pk)
    # The page sends codes in the order of its lists.
    save(head, programme, [line()], [{**row, "services": ["hospital", "visit"], "countries": ["EG", "TR"]}])
    assert browser.get(at).context["changes"] == []
    save(head, programme, [line()], [{**row, "services": []}])
    (sentence,) = browser.get(at).context["changes"]
    assert sentence.startswith("запитання «Чи це спорт?», види допомоги: ") and sentence.endswith(
        " → усі види допомоги"
    )


def test_a_fault_is_said_and_nothing_typed_is_lost(head: Any, programme: Programme, page: Any) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    browser.post(f"{at}begin/")
    bad = form(actions.draft_of(programme), **{"covers-0-limit": "багато", "excluded": "Сирія"})
    answer = browser.post(f"{at}save/", bad)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "багато" in text and "Сирія" in text and "Немає країни з таким кодом" in text
    assert actions.draft_of(programme).version == 1


def test_what_the_database_refuses_stays_on_the_page(
    head: Any, admin_: Any, programme: Programme, page: Any
) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    browser.post(f"{at}begin/")
    backwards = form(actions.draft_of(programme), note="Ось що змінено", age_from="60", age_to="6")
    answer = browser.post(f"{at}save/", backwards)
    assert answer.status_code == 409 and "Ось що змінено" in answer.content.decode()
    mine = form(actions.draft_of(programme), note="Ось що змінено")
    save(admin_, programme, [line("hospital")])
    answer = browser.post(f"{at}save/", mine)
    text = answer.content.decode()
    assert answer.status_code == 409 and "Ось що змінено" in text and "змінив" in text
    theirs = actions.draft_of(programme)
    assert [row.service_id for row in theirs.covers.all()] == ["hospital"]
    assert browser.post(f"{at}save/", {**mine, "version": theirs.version}).status_code == 302
    assert f'name="version" value="{theirs.version}"' in text, "who saves again has read that"
    old = {"version": 1, "valid_from": today().isoformat()}
    answer = browser.post(f"{at}publish/", old)
    assert answer.status_code == 409 and "змінив" in answer.content.decode()


def test_no_line_of_a_long_table_is_left_out(head: Any, programme: Programme, page: Any) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    browser.post(f"{at}begin/")
    sent = form(actions.draft_of(programme))
    for place in range(101):
        line_ = {
            "service": "visit",
            "currency": "EUR",
            "age_from": place,
            "age_to": place,
            "clause": f"9.{place}",
        }
        sent |= {f"covers-{place}-{name}": value for name, value in line_.items()}
    answer = browser.post(f"{at}save/", sent)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "щонайбільше 100 рядків" in text and 'value="9.100"' in text
    answer = browser.post(f"{at}save/", {**sent, "covers-100-DELETE": "on"})
    assert answer.status_code == 302, answer.content.decode()
    assert actions.draft_of(programme).covers.count() == 100


def test_the_calculator_shows_both_with_every_reason(head: Any, programme: Programme, page: Any) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line("hospital", clause="9.9")])
    territory = programme.policies.get().territory_id
    asked = {"territory": territory, "country": "TR", "service": "visit", "day": "10", "ask-alcohol": "no"}
    text = browser.post(f"{at}try/", asked).content.decode()
    assert 'data-verdict="covered"' in text and 'data-verdict="not_covered"' in text
    assert "Виняток не діє. Чи був алкоголь? – ні." in text and "(5.1)" in text
    assert "notice" in browser.post(f"{at}try/", {**asked, "day": "0"}).content.decode()


def test_the_calculator_asks_the_rules_of_the_day_of_the_event(
    head: Any, programme: Programme, page: Any
) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line("hospital")])
    publish(head, programme, today() + timedelta(days=3))
    asked = {
        "territory": programme.policies.get().territory_id,
        "country": "TR",
        "service": "visit",
        "day": "10",
    }
    asked["ask-alcohol"] = "no"

    def codes(on: Any) -> list[tuple[int, str]]:
        told = browser.post(f"{at}try/", {**asked, "on": on}).context["now"]
        return [(told["edition"].number, told["code"])]

    assert codes("") == codes((today() + timedelta(days=2)).strftime("%d.%m.%Y")) == [(1, "covered")]
    assert codes((today() + timedelta(days=3)).isoformat()) == [(2, "not_covered")]
    for beyond in ("01.01.0001", "31.12.9999"):
        text = browser.post(f"{at}try/", {**asked, "on": beyond, "age": "120"}).content.decode()
        assert "між 2000 і 2099" in text


def test_an_example_is_kept_and_shows_what_the_draft_would_change(
    head: Any, programme: Programme, page: Any
) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    territory = programme.policies.get().territory_id
    kept = {
        "territory": territory,
        "country": "TR",
        "service": "visit",
        "day": "10",
        "age": "40",
        "name": "Огляд у Туреччині",
    }
    assert browser.post(f"{at}examples/", kept).status_code == 302
    answer = browser.post(f"{at}examples/", kept)
    assert answer.status_code == 409 and kept["name"] in answer.content.decode()
    actions.begin_edition(by=head, programme_id=programme.pk)
    (same,) = browser.get(at).context["examples"]
    save(head, programme, [line("hospital")])
    (other,) = browser.get(at).context["examples"]
    assert (same["differs"], other["differs"]) == (False, True)
    assert (other["now"]["code"], other["then"]["code"]) == ("ask", "not_covered")
    browser.post(f"{at}examples/{other['row'].pk}/drop/")
    assert browser.get(at).context["examples"] == []


def test_an_operator_reads_the_rules_of_the_own_project(
    operator: Any, stranger: Any, programme: Programme, page: Any
) -> None:
    text = page(operator).get(f"/rules/{programme.pk}/").content.decode()
    assert "Чи був алкоголь?" in text and "Редагувати" not in text
    assert page(stranger).get(f"/rules/{programme.pk}/").status_code == 404
    assert [row["programme"] for row in page(operator).get("/rules/").context["rows"]] == [programme]
    assert page(stranger).get("/rules/").context["rows"] == []


LINES = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), st.fixed_dictionaries({"n": st.integers(0, 2)})
)


@given(LINES, LINES)
def test_differences_make_one_edition_of_the_other(old: Any, new: Any) -> None:
    made = {key: dict(row) for key, row in old.items()}
    for one in differences(old, new):
        if one.field:
            made[one.key][one.field] = one.new
        elif one.new is None:
            del made[one.key]
        else:
            made[one.key] = dict(one.new)
    assert made == new


@given(LINES)
def test_the_same_rules_differ_in_nothing(lines: Any) -> None:
    assert differences(lines, lines) == []


def test_publishing_is_said_and_nothing_is_not_published(head: Any, programme: Programme, page: Any) -> None:
    browser, at = page(head), f"/rules/{programme.pk}/"
    browser.post(f"{at}begin/")
    sent = {"version": actions.draft_of(programme).version, "valid_from": today().isoformat()}
    assert browser.post(f"{at}publish/", sent).status_code == 409
    save(head, programme, [line("hospital")])
    sent["version"] = actions.draft_of(programme).version
    told = browser.post(f"{at}publish/", sent, follow=True).context["messages"]
    assert ["2" in str(one) for one in told] == [True]
    browser.post(f"{at}begin/")
    save(head, programme, [line("visit")])
    publish(head, programme, date(2098, 1, 1))
    browser.post(f"{at}begin/")
    sent["version"] = actions.draft_of(programme).version
    assert browser.post(f"{at}publish/", sent).status_code == 302, "what has not begun is taken back so"

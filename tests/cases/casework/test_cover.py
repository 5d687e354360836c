"""The cover of a case: questions of the rules, their answers, and what is kept of the verdict (C1)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.assistance.actions import give_letter
from cases.casework import actions
from cases.casework.models import Case, TimelineEntry
from cases.casework.rules import CaseFacts, ServiceFacts
from cases.casework.views import seat
from cases.insurance.models import Cover, Edition, Exclusion, Policy, ServiceKind
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid
from tests.cast import make_person, make_policy, make_service_kind


@pytest.fixture
def policy(project: Any) -> Any:
    return make_policy(project, make_person(), asks=True)


@pytest.fixture
def case(policy: Any, at_work: Any) -> Case:
    return actions.register_case(by=at_work, facts=facts(policy))


def facts(policy: Any, **more: Any) -> CaseFacts:
    values = {
        "person": policy.persons.get().pk, "policy": policy.pk, "caller_relation": "self", "country": "TR",
        "description": "Гарячка.", "services": (ServiceFacts(kind="visit"),), **more,
    }  # fmt: skip
    return CaseFacts(**values)


def said(case: Case) -> tuple[str, dict[str, Any]]:
    case.refresh_from_db()
    return case.verdict, case.answers


def test_what_was_answered_in_the_call_is_kept_with_the_verdict(policy: Any, at_work: Any) -> None:
    case = actions.register_case(by=at_work, facts=facts(policy, answers={"alcohol": "yes", "other": "yes"}))
    assert said(case) == ("not_covered", {"alcohol": True})
    kept = TimelineEntry.objects.get(case=case, kind="registered").values["cover"]
    assert kept == case.cover
    assert (kept["verdict"], kept["edition"]) == ("not_covered", 1)
    assert kept["reasons"][0]["uk"] == "Діє виняток. Чи був алкоголь? – так."
    assert kept["reasons"][0]["source"] == {"uk": "5.1", "en": "5.1"}
    assert kept["questions"][0]["answer"] is True


def test_an_answer_on_the_case_changes_its_verdict_and_not_what_was_said_before(
    case: Case, at_work: Any
) -> None:
    assert said(case) == ("ask", {})
    version = case.version
    actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": "no"})
    assert said(case) == ("covered", {"alcohol": False})
    assert case.version == version + 1
    verdicts = [
        (row.kind, row.values["cover"]["verdict"])
        for row in TimelineEntry.objects.filter(case=case, kind__in=["registered", "answered"])
    ]
    assert verdicts == [("registered", "ask"), ("answered", "covered")]
    actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": None})
    assert said(case) == ("ask", {})


def test_a_draft_is_judged_when_it_is_registered_and_that_is_kept(policy: Any, at_work: Any) -> None:
    """Meanwhile the sum was promised to a clinic in another case of the person."""
    draft = actions.register_case(by=at_work, facts=facts(policy, answers={"alcohol": "no"}), draft=True)
    assert said(draft)[0] == "covered"
    other = actions.register_case(by=at_work, facts=facts(policy, answers={"alcohol": "no"}))
    give_letter(by=at_work, number=other.number, kind="visit", provider="Лікарня", limit=Decimal(30_000))
    actions.move_case(by=at_work, number=draft.number, to="reported")
    assert said(draft) == ("not_covered", {"alcohol": False})
    kept = TimelineEntry.objects.get(case=draft, kind="status").values
    assert (kept["verdict"], kept["cover"]) == ("not_covered", draft.cover)
    assert draft.cover and draft.cover["reasons"][0]["code"] == "sum_spent"


def test_the_same_answer_again_changes_nothing(case: Case, at_work: Any) -> None:
    actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": "no"})
    case.refresh_from_db()
    version = case.version
    actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": False})
    case.refresh_from_db()
    assert case.version == version


def test_an_absurd_answer_gets_a_sentence(case: Case, at_work: Any) -> None:
    for answers in ({"alcohol": "perhaps"}, {"nothing": "yes"}, {"alcohol": 7}):
        with pytest.raises(Invalid):
            actions.answer_questions(by=at_work, number=case.number, answers=answers)
    assert said(case) == ("ask", {})


def test_a_case_that_has_ended_takes_no_answer(case: Case, at_work: Any, head: Any) -> None:
    actions.move_case(by=head, number=case.number, to="cancelled", reason="Помилка.")
    with pytest.raises(Conflict):
        actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": "no"})


def test_rules_that_are_published_later_leave_an_older_case_its_verdict(case: Case, at_work: Any) -> None:
    now = clock.now()
    Edition.objects.create(
        programme=case.policy.programme, number=2, begun_at=now, published_at=now  # it covers nothing
    )  # fmt: skip
    actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": "no"})
    assert said(case)[0] == "covered"
    assert case.cover is not None and case.cover["edition"] == 1
    newer = actions.register_case(by=at_work, facts=facts(case.policy))
    assert (newer.verdict, newer.cover and newer.cover["edition"]) == ("not_covered", 2)


def test_the_age_of_the_person_counts(policy: Any, at_work: Any) -> None:
    Edition.objects.update(age_to=18, ages_clause="п. 2.4")
    case = actions.register_case(by=at_work, facts=facts(policy, answers={"alcohol": "no"}))
    assert case.verdict == "not_covered"
    assert case.cover is not None and case.cover["reasons"][0]["code"] == "too_old"


def test_the_date_of_birth_that_was_told_counts_where_the_list_has_none(project: Any, at_work: Any) -> None:
    policy = make_policy(project, make_person(birth_date=None))
    Edition.objects.update(age_to=64)
    assert actions.register_case(by=at_work, facts=facts(policy)).verdict == "ask"
    for born, verdict in ((date(1950, 1, 1), "not_covered"), (date(1990, 1, 1), "covered")):
        case = actions.register_case(by=at_work, facts=facts(policy, person_birth_date=born))
        assert case.verdict == verdict
    listed = make_policy(project, make_person(birth_date=date(1950, 1, 1)))
    case = actions.register_case(by=at_work, facts=facts(listed, person_birth_date=date(1990, 1, 1)))
    assert case.verdict == "not_covered", "what the list says goes before"


def test_more_rules_and_more_help_take_no_more_statements(
    policy: Any, at_work: Any, django_assert_max_num_queries: Any
) -> None:
    from cases.insurance.selectors import Circumstances, verdicts

    edition = Edition.objects.get()
    Exclusion.objects.bulk_create(
        Exclusion(edition=edition, code=f"q{n}", name_uk="?", name_en="?", position=n) for n in range(30)
    )
    asked = Circumstances(
        at=clock.now(), country="TR", services=("visit", "doctor_call", "hospital", "examination"),
        person=policy.persons.get(),
    )  # fmt: skip
    with django_assert_max_num_queries(7):
        assert len(verdicts(policy, asked).verdicts) == 4


def test_the_page_of_the_case_takes_an_answer(case: Case, at_work: Any, page: Any) -> None:
    browser = page(at_work)
    text = browser.get(f"/cases/{case.number}/").content.decode()
    assert "Чи був алкоголь?" in text and 'name="ask-alcohol"' in text
    answer = browser.post(
        f"/cases/{case.number}/answers/", {"ask-alcohol": "no"}, headers={"hx-request": "true"}
    )
    assert answer.status_code == 200 and 'data-verdict="covered"' in answer.content.decode()
    assert said(case) == ("covered", {"alcohol": False})


def test_on_paper_the_answers_stand_among_the_reasons(case: Case, at_work: Any, page: Any) -> None:
    browser = page(at_work)
    open_yet = browser.get(f"/cases/{case.number}/").content.decode()
    assert '<li class="only-print">Запитайте: Чи був алкоголь?' in open_yet
    actions.answer_questions(by=at_work, number=case.number, answers={"alcohol": "no"})
    answered = browser.get(f"/cases/{case.number}/").content.decode()
    assert '<li class="only-print">Виняток не діє. Чи був алкоголь? – ні' in answered


def test_answers_are_sent_and_never_stand_in_an_address(case: Case, at_work: Any, page: Any) -> None:
    """Enter in a field of the form, also before the scripts have come."""
    form = re.search(
        '<form class="questions"[^>]*>', page(at_work).get(f"/cases/{case.number}/").content.decode()
    )
    assert form is not None and 'method="post"' in form[0]
    assert f'action="/cases/{case.number}/answers/"' in form[0] and 'hx-trigger="change, submit"' in form[0]


def test_the_new_call_asks_and_registers_with_the_answer(policy: Any, at_work: Any, page: Any) -> None:
    browser = page(at_work)
    form = {
        "person": policy.persons.get().pk, "policy": policy.pk, "caller_relation": "self", "country": "TR",
        "description": "Гарячка.", "services": "visit",
    }  # fmt: skip
    panel = browser.post("/calls/new/cover/", form).content.decode()
    assert "Чи був алкоголь?" in panel and f'name="asked-of" value="{policy.pk}"' in panel
    answered = {**form, "asked-of": policy.pk, "ask-alcohol": "yes"}
    assert "Діє виняток." in browser.post("/calls/new/cover/", answered).content.decode()
    assert (
        "Діє виняток." not in browser.post("/calls/new/cover/", {**answered, "asked-of": 1}).content.decode()
    )
    browser.post("/calls/new/", answered)
    assert said(Case.objects.get()) == ("not_covered", {"alcohol": True})


def test_beside_the_call_all_kinds_of_help_are_asked_as_at_registration(
    project: Any, at_work: Any, page: Any
) -> None:
    kinds = [f"kind-{number}" for number in range(9)]
    policy = make_policy(project, make_person(), services=kinds)
    Cover.objects.filter(service=kinds[-1]).update(needs_consent=True)
    form = {"person": policy.persons.get().pk, "policy": policy.pk, "country": "TR", "services": kinds * 3}
    panel = page(at_work).post("/calls/new/cover/", form).content.decode()
    assert 'data-verdict="ask"' in panel


def test_of_several_kinds_the_order_of_ticking_changes_nothing_and_each_excess_says_whose_it_is(
    project: Any, at_work: Any, page: Any
) -> None:
    policy = make_policy(project, make_person())
    Cover.objects.filter(service="visit").update(excess=50, limit=9000)
    Cover.objects.filter(service="hospital").update(excess=100, limit=20_000)
    form = {"person": policy.persons.get().pk, "policy": policy.pk, "country": "TR"}
    names = ServiceKind.objects.filter(code__in=("visit", "hospital")).values_list("name_uk", flat=True)
    for kinds in (["visit", "hospital"], ["hospital", "visit"]):
        case = actions.register_case(
            by=at_work, facts=facts(policy, services=tuple(ServiceFacts(kind=kind) for kind in kinds))
        )
        kept = case.cover or {}
        assert (kept["excess"]["amount"], kept["limit_left"]["amount"]) == ("100.00", "9000.00")
        said_of = " ".join(one["uk"] for one in kept["reasons"] if one["code"] == "excess")
        assert all(name in said_of for name in names)
        panel = page(at_work).post("/calls/new/cover/", {**form, "services": kinds}).content.decode()
        assert "<dd>100 EUR</dd>" in panel.replace("\xa0", " ")


def test_of_several_kinds_what_decides_comes_first_in_whatever_order_they_are_ticked(
    project: Any, at_work: Any, page: Any
) -> None:
    """«Not covered» stood over four sentences of what is covered."""
    policy = make_policy(project, make_person())
    make_service_kind("legal")
    Cover.objects.filter(service="hospital").update(needs_consent=True)
    form = {"person": policy.persons.get().pk, "policy": policy.pk, "country": "TR"}
    for kinds in (["visit", "hospital", "legal"], ["legal", "visit", "hospital"]):
        case = actions.register_case(
            by=at_work, facts=facts(policy, services=tuple(ServiceFacts(kind=kind) for kind in kinds))
        )
        told = page(at_work).post("/calls/new/cover/", {**form, "services": kinds}).context["verdict"]
        for said_there in (case.cover or {}, told):
            codes = [one["code"] for one in said_there["reasons"]]
            assert codes[:2] == ["no_cover", "needs_consent"], codes


def test_the_api_takes_answers_and_gives_the_reasons(policy: Any, at_work: Any, api: Any) -> None:
    body = {
        "person": policy.persons.get().pk, "policy": policy.pk, "caller": {"relation": "self"},
        "place": {"country": "TR"}, "description": "Гарячка.", "services": [{"kind": "visit"}],
    }  # fmt: skip
    asked = api(at_work).post(f"/api/v1/policies/{policy.pk}/verdict/", {"country": "TR", "service": "visit"})
    (question,) = asked.json()["questions"]
    assert question == {
        "code": "alcohol", "text": "Чи був алкоголь?", "kind": "yes_no", "source": "5.1", "answer": None,
    }  # fmt: skip
    made = api(at_work).post("/api/v1/cases/", {**body, "answers": {"alcohol": False}}).json()
    assert made["verdict"] == "covered"
    assert made["cover"]["questions"][0]["answer"] is False
    assert {"code", "text", "source"} == set(made["cover"]["reasons"][0])
    bad = api(at_work).post("/api/v1/cases/", {**body, "answers": {"alcohol": "так"}})
    assert bad.status_code == 400


def test_of_several_policies_the_call_says_which_goes_first_and_lets_choose(
    policy: Any, project: Any, at_work: Any, page: Any
) -> None:
    person = policy.persons.get()
    other = make_policy(project, person, number="VZR-0000777", countries=("PL",))
    form = {"person": person.pk, "country": "TR", "services": "visit"}
    browser = page(at_work)
    wrong = browser.post("/calls/new/cover/", {**form, "policy": other.pk}).content.decode()
    assert f"{policy.number} іде першим" in wrong and f'data-picks="policy-{policy.pk}"' in wrong
    right = browser.post("/calls/new/cover/", {**form, "policy": policy.pk}).content.decode()
    assert f"{policy.number} іде першим: його висновок кращий." in right and "data-picks" not in right


def test_of_more_policies_than_are_compared_those_that_are_valid_then_are(
    policy: Any, project: Any, at_work: Any, page: Any
) -> None:
    """Journeys that were bought ahead end last: the six of them hid the one that covers."""
    person, day = policy.persons.get(), clock.local(clock.now()).date()
    ahead = [
        make_policy(
            project, person, valid_from=day + timedelta(days=100 + n), valid_to=day + timedelta(days=110 + n)
        )
        for n in range(6)
    ]
    form = {"person": person.pk, "country": "TR", "services": "visit", "policy": ahead[0].pk}
    shown = page(at_work).post("/calls/new/cover/", form).content.decode()
    assert f'data-picks="policy-{policy.pk}"' in shown
    for absurd in ("31.12.9999 23:30", "01.01.0001 00:30"):
        assert page(at_work).post("/calls/new/cover/", {**form, "occurred_at": absurd}).status_code == 200


def test_a_policy_that_ends_today_is_not_chosen_before_one_that_is_valid() -> None:
    """From the day on which it was ended early it covers nothing any more."""
    now = clock.now()
    day = clock.local(now).date()
    ended = Policy(valid_from=day - timedelta(days=9), valid_to=day + timedelta(days=90), ended_on=day)
    valid = Policy(valid_from=day - timedelta(days=9), valid_to=day)
    assert seat.best_first([ended, valid], now) == [valid, ended]
    ended.ended_on = day + timedelta(days=1)
    last = Policy(valid_from=day, valid_to=day - timedelta(days=1), ended_on=day + timedelta(days=5))
    assert seat.best_first([last, ended, valid], now) == [ended, valid, last]

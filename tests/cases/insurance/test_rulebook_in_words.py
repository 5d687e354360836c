"""The draft of the rules speaks the language of its page, and is published by nobody while it changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from cases.insurance import actions
from cases.insurance.models import Programme
from fregat.lib import clock
from fregat.lib.errors import Conflict
from tests.cast import make_person, make_policy


@pytest.fixture
def programme(project: Any) -> Programme:
    return make_policy(project, make_person(), asks=True).programme  # type: ignore[no-any-return]


def test_questions_of_the_draft_stand_in_the_language_of_the_page(
    head: Any, programme: Programme, page: Any
) -> None:
    draft = actions.begin_edition(by=head, programme_id=programme.pk)
    one = draft.exclusions.all()[0]
    browser = page(head)
    for language, name in (("uk", one.name_uk), ("en", one.name_en)):
        browser.cookies["django_language"] = language
        assert f"<summary>{name} " in browser.get(f"/rules/{programme.pk}/").content.decode()


def test_a_draft_that_changes_nothing_is_published_by_nobody(head: Any, programme: Programme) -> None:
    draft = actions.begin_edition(by=head, programme_id=programme.pk)
    today = clock.local(clock.now()).date()
    with pytest.raises(Conflict) as refused:
        actions.publish_edition(by=head, programme_id=programme.pk, version=draft.version, valid_from=today)
    assert refused.value.code == "no_change"

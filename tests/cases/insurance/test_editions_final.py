"""A published edition of the rules is final, whoever writes: the database itself refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection

from cases.insurance import actions
from cases.insurance.models import Edition
from fregat.lib.db import refusal
from tests.cases.insurance.test_rulebook import line, publish, save
from tests.cast import make_person, make_policy

WRITING = (
    "UPDATE insurance_edition SET age_to = 90 WHERE id = {0}",
    "UPDATE insurance_edition SET published_at = NULL, published_by_id = NULL WHERE id = {0}",
    "DELETE FROM insurance_edition WHERE id = {0}",
    "UPDATE insurance_cover SET excess = 100 WHERE edition_id = {0}",
    "DELETE FROM insurance_cover WHERE edition_id = {0}",
    """INSERT INTO insurance_cover (edition_id, service_id, currency_id, excess, clause, needs_consent, waiting_days)
       SELECT {0}, 'hospital', 'EUR', 0, '', false, 0""",
    "DELETE FROM insurance_exclusion WHERE edition_id = {0}",
    "UPDATE insurance_exclusion SET effect = 'ask' WHERE edition_id = {0}",
    "UPDATE insurance_cover SET edition_id = {0} WHERE edition_id = {1}",
)
QUESTION = {"code": "sport", "name_uk": "Чи це спорт?", "name_en": "Is it sport?"}


@pytest.fixture
def programme(project: Any) -> Any:
    return make_policy(project, make_person()).programme


@pytest.fixture
def editions(head: Any, programme: Any) -> tuple[Edition, Edition]:
    """One that is published, and the draft of the next one."""
    actions.begin_edition(by=head, programme_id=programme.pk)
    save(head, programme, [line()], [QUESTION])
    final = publish(head, programme)
    return final, actions.begin_edition(by=head, programme_id=programme.pk)


@pytest.mark.django_db(transaction=True)
def test_what_is_published_stays_in_sql_too(editions: tuple[Edition, Edition]) -> None:
    final, draft = editions
    for statement in WRITING:
        with pytest.raises(IntegrityError) as caught, connection.cursor() as cursor:
            cursor.execute(statement.format(final.pk, draft.pk))
        refused = refusal(caught.value)
        assert refused and refused.code == "edition_is_final", statement
    assert final.covers.get().excess == Decimal(0) and final.exclusions.get().code == "sport"


def test_a_draft_is_written_and_thrown_away(
    head: Any, programme: Any, editions: tuple[Edition, Edition]
) -> None:
    save(head, programme, [line("hospital")], [QUESTION])
    actions.drop_edition(by=head, programme_id=programme.pk)
    assert [row.number for row in programme.editions.published()] == [2, 1]

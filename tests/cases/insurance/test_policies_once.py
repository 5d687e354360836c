"""What the database itself refuses of a policy, whoever writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cases.insurance.models import Policy
from fregat.lib.db import refusal
from tests.builders import make_person, make_policy, make_project

pytestmark = pytest.mark.django_db


def test_one_number_of_one_insurer_from_one_day_however_it_is_spelt(project: Any) -> None:
    first = make_policy(project, make_person(), number="ВЗР-44 718")
    again = {name: getattr(first, name) for name in ("valid_from", "valid_to", "insured_sum", "currency_id")}
    whose = {name: getattr(first, name) for name in ("insurer_id", "programme_id", "territory_id")}
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Policy.objects.create(number="BЗP44718", **again, **whose)
    refused = refusal(caught.value)
    assert refused and refused.code == "policy_number_once"


def test_a_policy_has_a_programme_of_its_own_insurer(project: Any) -> None:
    policy = make_policy(project, make_person())
    other = make_policy(make_project("other"), make_person()).programme
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Policy.objects.filter(pk=policy.pk).update(programme=other)
    refused = refusal(caught.value)
    assert refused and refused.code == "policy_programme_of_its_insurer"

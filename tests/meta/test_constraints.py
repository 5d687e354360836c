"""Whatever the database may refuse is refused with a sentence: a race is a page that says so, never a 500."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import translation

from fregat.lib import db
from fregat.lib.errors import Conflict
from staff.employees.models import Employee, StaffExport

pytestmark = pytest.mark.django_db

HOUSE = ("fregat.", "staff.", "shifts.", "cases.")
RAISED = re.compile(r"(?:CONSTRAINT = |THEN |_refuse\()'(\w+)'")
"""How our triggers name the constraint that they stand for."""


def rows(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tables() -> list[str]:
    """Of the models of the house, of their histories and of their many-to-many relations."""
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model.__module__.startswith(HOUSE)]


def test_every_constraint_of_the_models_has_a_sentence() -> None:
    declared = {
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith(HOUSE)
        for constraint in model._meta.constraints
    }
    assert declared > {"one_senior_at_a_time", "one_draft_per_form", "cost_not_negative"}
    assert declared - db.explained() == set()


def test_everything_unique_checked_or_excluded_in_the_database_has_a_sentence() -> None:
    """Also what a field's `unique=True` or a migration's own statement has made.

    Left out: keys that the database itself numbers, and the checks that Django adds to a counter of ours.
    """
    found = rows(
        """
        SELECT conname FROM pg_constraint c WHERE conrelid::regclass::text = ANY(%s) AND (
          contype IN ('x', 'u') OR contype = 'c' AND conname !~ '_check$'
          OR contype = 'p' AND EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = conrelid AND a.attnum = ANY(conkey)
              AND a.attidentity = '' AND NOT a.atttypid = 'uuid'::regtype))
        UNION
        SELECT k.relname FROM pg_index i JOIN pg_class k ON k.oid = i.indexrelid
        WHERE i.indisunique AND NOT i.indisprimary AND i.indrelid::regclass::text = ANY(%s)
        """,
        tables(), tables(),
    )  # fmt: skip
    names = {name for (name,) in found}
    assert names > {"one_responsible_at_a_time", "tasks_report_proof_id_key", "version_fingerprint_is_true"}
    assert names - db.explained() == set()


def test_every_trigger_that_refuses_has_a_sentence() -> None:
    functions = rows(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        " AND prosrc ~ 'RAISE EXCEPTION|_refuse\\('"
    )
    faults = rows("SELECT prosrc FROM pg_proc WHERE proname = 'employees_tie_fault'")
    names = set(RAISED.findall(faults[0][0]))
    for function, source in functions:
        raised = set(RAISED.findall(source))
        own = re.sub(r"^pgtrigger_(\w+)_[0-9a-f]+$", r"\1", function)
        names |= raised or (set() if "CONSTRAINT = fault" in source else {own})
    assert names > {"responsibility_complete", "team_has_a_senior", "signature_is_final", "append_only"}
    assert names - db.explained() == set()


def test_every_sentence_belongs_to_something_that_refuses() -> None:
    """A constraint that was renamed leaves no sentence behind."""
    refusing = {
        name for (name,) in rows("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class")
    }
    sources = " ".join(source for (source,) in rows("SELECT prosrc || ' ' || proname FROM pg_proc"))
    assert {name for name in db.explained() - refusing if name not in sources} == set()


def test_sentences_are_whole_and_in_both_languages() -> None:
    for name in db.explained():
        said = str(db._sentences[name])
        with translation.override("en"):
            english = str(db._sentences[name])
        assert said != english, name
        assert said[0].isupper() and said.endswith("."), (name, said)


def test_a_trigger_that_names_no_constraint_is_a_refusal_too(director: Employee) -> None:
    with transaction.atomic():
        row = StaffExport.objects.create(
            by=director, at="2026-11-28T10:00+02:00", purpose="Звіт.", people=1, digest="0" * 64
        )

    @db.action
    def rewrite() -> None:
        StaffExport.objects.filter(pk=row.pk).update(purpose="Інше.")

    with pytest.raises(Conflict) as refused, translation.override("uk"):
        rewrite()
    assert refused.value.code == "exports_are_kept"


def test_a_fault_that_is_no_constraint_stays_a_fault() -> None:
    with pytest.raises(DatabaseError) as fault, transaction.atomic():
        rows("SELECT * FROM no_such_table")
    assert db.refusal(fault.value) is None


def test_a_race_outside_an_action_is_a_page_with_the_sentence(
    admin_: Employee, page: Any, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two administrators add one insurer at once: the form of the second found the code free."""
    monkeypatch.setattr(type(project), "validate_unique", lambda *_args, **_more: None)
    client: Client = page(admin_)
    answer = client.post(
        "/admin/insurance/insurer/add/",
        {"code": project.code, "name_uk": "СК «Друга»", "name_en": "Second", "threshold_amount": "1",
         "threshold_currency": "EUR"},
    )  # fmt: skip
    assert answer.status_code == 409
    assert "Інша страхова компанія вже має цей код" in answer.content.decode()

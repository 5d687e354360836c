"""What the database itself keeps true of persons and policies, whoever writes them and however many at once."""

from __future__ import annotations

import pgtrigger

_NEW = pgtrigger.Referencing(new="written")  # type: ignore[no-untyped-call]  # the library does not say its types

# In one order, so that two writers of the same new surnames wait for each other and never in a circle.
_NOTE_SURNAMES = """
    INSERT INTO insurance_surname (key)
    SELECT key FROM (SELECT DISTINCT surname_key AS key FROM written WHERE surname_key <> '' OFFSET 0) AS one
    WHERE NOT EXISTS (SELECT 1 FROM insurance_surname AS known WHERE known.key = one.key)
    ORDER BY key
    ON CONFLICT DO NOTHING;
    RETURN NULL;
"""

_NOTE_CUTS = """
    INSERT INTO insurance_surnamecut (cut, key)
    SELECT DISTINCT overlay(key PLACING '' FROM place FOR 1), key
    FROM written, generate_series(1, length(key) + 1) AS place
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING;
    RETURN NULL;
"""


def _after(operation: pgtrigger.Operation, name: str, body: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=_NEW,
        func=body,
    )


SURNAMES_OF_PERSONS = (
    _after(pgtrigger.Insert, "note_surnames_of_new", _NOTE_SURNAMES),
    _after(pgtrigger.Update, "note_surnames_of_changed", _NOTE_SURNAMES),
)
"""Of persons: the key of every surname is in the dictionary. It forgets none: a key alone says nothing of anybody."""
CUTS_OF_SURNAMES = _after(pgtrigger.Insert, "note_cuts", _NOTE_CUTS)
"""Of the dictionary: each key has its cuts, the whole key among them."""

# --- What policies refer to ---------------------------------------------------------------------------
_REFERRED = {
    "insurance_programme": (("id", "programme_id"), ("insurer_id", "insurer_id")),
    "insurance_territory": (("id", "territory_id"),),
    "insurance_currency": (("code", "currency_id"),),
}
"""Table → its columns and those of a policy: the programme is one of the policy's insurer."""
_REFUSE = """
    RAISE EXCEPTION 'a policy refers to %', TG_TABLE_NAME
    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'policy_refers_to_what_is_there';
"""


def _there(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    """It is there, and is held until the end of the transaction, so that nobody takes it away meanwhile."""
    same = " AND ".join(f"there.{theirs} = one.{name}" for theirs, name in columns)
    return f"EXISTS (SELECT FROM {table} AS there WHERE {same} FOR KEY SHARE)"


_LOOK_UP = f"""
    IF EXISTS (
        SELECT FROM (
            SELECT DISTINCT insurer_id, programme_id, territory_id, currency_id FROM written OFFSET 0
        ) AS one
        WHERE NOT ({" AND ".join(_there(*one) for one in _REFERRED.items())})
    ) THEN {_REFUSE} END IF;
    RETURN NULL;
"""  # noqa: S608 — names of ours

REFERENCES_OF_POLICIES = (
    _after(pgtrigger.Insert, "look_up_references_of_new", _LOOK_UP),
    _after(pgtrigger.Update, "look_up_references_of_changed", _LOOK_UP),
)
"""Of policies: a programme of their insurer, a territory, a currency. Foreign keys would be looked up for each row, a
tenth of the time that a row of a list takes; these are looked up for all rows of a statement (ADR 0027)."""


def kept_while_referred_to(table: str) -> pgtrigger.Trigger:
    """Of a table of `_REFERRED`: what a policy refers to is not taken away, nor called otherwise."""
    columns = _REFERRED[table]
    same = " AND ".join(f"p.{name} = OLD.{theirs}" for theirs, name in columns)
    changed = " OR ".join(f"NEW.{theirs} IS DISTINCT FROM OLD.{theirs}" for theirs, _name in columns)
    return pgtrigger.Trigger(
        name="kept_while_referred_to",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
    IF TG_OP = 'UPDATE' THEN
        IF NOT ({changed}) THEN RETURN NEW; END IF;
    END IF;
    IF EXISTS (SELECT FROM insurance_policy AS p WHERE {same}) THEN {_REFUSE} END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
    )

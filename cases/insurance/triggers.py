"""What the database itself keeps true of persons and policies, whoever writes them and however many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pgtrigger

# The library does not say its types.
_NEW = pgtrigger.Referencing(new="written")  # type: ignore[no-untyped-call]

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

PAST_LISTS = pgtrigger.Trigger(
    name="keep_past_lists",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    NEW.past := OLD.past;
    IF (NEW.countries, NEW.without) IS DISTINCT FROM (OLD.countries, OLD.without) THEN
        NEW.past := OLD.past || jsonb_build_object(
            'until', clock_timestamp(), 'countries', to_jsonb(OLD.countries), 'without', to_jsonb(OLD.without)
        );
    END IF;
    RETURN NEW;
""",
)
"""Of territories: whoever edits the lists, in whatever way, leaves those that were, for what was judged by them."""

# --- Who refers to what -------------------------------------------------------------------------------
_Columns = tuple[tuple[str, str], ...]
"""Of what is referred to, of whoever refers to it."""
_POLICY: Mapping[str, _Columns] = {
    "insurance_programme": (("id", "programme_id"), ("insurer_id", "insurer_id")),
    "insurance_territory": (("id", "territory_id"),),
    "insurance_currency": (("code", "currency_id"),),
}
"""The programme is one of the policy's insurer."""
_LINK: Mapping[str, _Columns] = {
    "insurance_policy": (("id", "policy_id"),),
    "insurance_insuredperson": (("id", "person_id"),),
}
_REFERRED = {
    table: (referring, columns, code)
    for referring, tables, code in (
        ("insurance_policy", _POLICY, "policy_refers_to_what_is_there"),
        ("insurance_policyperson", _LINK, "insured_are_there"),
    )
    for table, columns in tables.items()
}


def _refuse(code: str) -> str:
    return f"""
    RAISE EXCEPTION 'a reference to nothing, or what is referred to would go: %', TG_TABLE_NAME
    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '{code}';
"""


def _there(table: str) -> str:
    """It is there, and is held until the end of the transaction, so that nobody takes it away meanwhile."""
    _referring, columns, _code = _REFERRED[table]
    same = " AND ".join(f"there.{theirs} = one.{name}" for theirs, name in columns)
    return f"EXISTS (SELECT FROM {table} AS there WHERE {same} FOR KEY SHARE)"


def _ours(table: str) -> str:
    """This transaction has written it: nobody else sees it, or whoever takes it away waits for us already."""
    _referring, ((theirs, name),), _code = _REFERRED[table]
    mine = "there.xmin = pg_current_xact_id()::xid"
    return f"EXISTS (SELECT FROM {table} AS there WHERE there.{theirs} = one.{name} AND {mine} OFFSET 0)"


def _look_up(rows: str, there: Iterable[str], code: str) -> str:
    return f"""
    IF EXISTS (SELECT FROM {rows} AS one WHERE NOT ({" AND ".join(there)})) THEN {_refuse(code)} END IF;
    RETURN NULL;
"""


_TERMS = "(SELECT DISTINCT insurer_id, programme_id, territory_id, currency_id FROM written OFFSET 0)"
_OF_POLICIES = _look_up(_TERMS, map(_there, _POLICY), "policy_refers_to_what_is_there")
_OF_LINKS = _look_up("written", (f"({_ours(one)} OR {_there(one)})" for one in _LINK), "insured_are_there")

REFERENCES_OF_POLICIES = (
    _after(pgtrigger.Insert, "look_up_references_of_new", _OF_POLICIES),
    _after(pgtrigger.Update, "look_up_references_of_changed", _OF_POLICIES),
)
"""Of policies: a programme of their insurer, a territory, a currency. Foreign keys would be looked up for each row, a
tenth of the time that a row of a list takes; these are looked up for all rows of a statement (ADR 0027)."""
REFERENCES_OF_LINKS = (
    _after(pgtrigger.Insert, "look_up_references_of_new", _OF_LINKS),
    pgtrigger.Trigger(
        name="between_the_same",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("policy_id", "person_id"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.AnyChange("policy", "person"),
        func=_refuse("insured_are_there"),
    ),
)
"""Of who is insured by which policy: both are there, and it stays between the same two. A foreign key would lock each
person and policy that a list has just written (ADR 0028)."""


def kept_while_referred_to(table: str) -> pgtrigger.Trigger:
    """Of a table of `_REFERRED`: what something refers to is not taken away, nor called otherwise."""
    referring, columns, code = _REFERRED[table]
    same = " AND ".join(f"one.{name} = OLD.{theirs}" for theirs, name in columns)
    keys = pgtrigger.UpdateOf(*(theirs for theirs, _name in columns))  # type: ignore[no-untyped-call]
    changed = " OR ".join(f"NEW.{theirs} IS DISTINCT FROM OLD.{theirs}" for theirs, _name in columns)
    return pgtrigger.Trigger(
        name="kept_while_referred_to",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=keys | pgtrigger.Delete,
        func=f"""
    IF TG_OP = 'UPDATE' THEN
        IF NOT ({changed}) THEN RETURN NEW; END IF;
    END IF;
    IF EXISTS (SELECT FROM {referring} AS one WHERE {same}) THEN {_refuse(code)} END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
    )

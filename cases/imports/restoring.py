"""What a list has changed becomes what it was, as statements over the journal. Parameters are those of `statements`.

Only what is still as the list has written it: what somebody did afterwards stays. Old entries do not say what was
`written` (`statements.changed`): of these everything is put back.
"""

from __future__ import annotations

from cases.imports.statements import TERMS, WORDS, listed


def _entries(key: str, column: str) -> str:
    return f"""(
        SELECT DISTINCT ON ({key}) {key}, {column} AS before, {column} -> 'written' AS written FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND {column} IS NOT NULL ORDER BY {key}, id
    ) AS e"""


def _back(row: str, only: str = "true") -> str:
    """The row as it was."""
    return f"""jsonb_populate_record({row}, (
        SELECT COALESCE(jsonb_object_agg(f.key, f.value), '{{}}') FROM jsonb_each(e.before - 'written') AS f
        WHERE (e.written IS NULL OR e.written -> f.key = to_jsonb({row}) -> f.key) AND {only}
    )) AS b"""


LINKS_RESTORED = f"""
    UPDATE insurance_policyperson AS n SET ended_on = (e.before ->> 'ended_on')::date
    FROM {_entries("policy_id, person_id", "link_before")}
    WHERE n.policy_id = e.policy_id AND n.person_id = e.person_id
        AND (e.written IS NULL OR (e.written ->> 'ended_on')::date IS NOT DISTINCT FROM n.ended_on)
"""

_ENDS_ANYWAY = "NOT (f.key = 'ended_on' AND p.id = ANY(%(annulled)s))"
"""Annulled since, on the very day on which the list had ended it: it does not go on."""

_POLICIES = f"""
    FROM {_entries("policy_id", "policy_before")} JOIN insurance_policy AS p ON p.id = e.policy_id
    CROSS JOIN LATERAL {_back("p", _ENDS_ANYWAY)}
"""
_STAYS = """(b.valid_to < b.valid_from OR b.valid_from <> p.valid_from AND EXISTS (
        SELECT 1 FROM insurance_policy AS o
        WHERE o.number_key = p.number_key AND o.insurer_id = p.insurer_id AND o.valid_from = b.valid_from
    ))"""
"""Another policy has its number and its beginning by now, that of a later list, which a case refers to; or somebody has
changed one end of its term since, and it would end before it begins."""

COUNTED_STAYING = f"SELECT count(*) {_POLICIES} WHERE {_STAYS} AND NOT p.id = ANY(%(kept)s)"
POLICIES_RESTORED = f"""
    WITH was AS MATERIALIZED (
        SELECT p.id, {listed("b.", TERMS)} {_POLICIES} WHERE NOT {_STAYS} ORDER BY p.id FOR NO KEY UPDATE OF p
    )
    UPDATE insurance_policy AS p SET ({listed("", TERMS)}) = ROW({listed("was.", TERMS)}) FROM was WHERE p.id = was.id
"""

PERSONS_RESTORED = f"""
    WITH was AS MATERIALIZED (
        SELECT q.id, {listed("b.", WORDS)}
        FROM {_entries("person_id", "person_before")} JOIN insurance_insuredperson AS q ON q.id = e.person_id
        CROSS JOIN LATERAL {_back("q")} ORDER BY q.id FOR NO KEY UPDATE OF q
    )
    UPDATE insurance_insuredperson AS q SET ({listed("", WORDS)}) = ROW({listed("was.", WORDS)}) FROM was
    WHERE q.id = was.id
"""

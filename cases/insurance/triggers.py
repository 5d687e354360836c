"""The dictionary of surname keys follows the persons inside the database, so that a bulk import keeps it too."""

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

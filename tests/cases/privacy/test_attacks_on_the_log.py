"""Whoever owns the database may change the log, and every change is found (E1, design: security)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from cases.privacy.actions import anchor_head, seal_log
from cases.privacy.models import AccessLog, Seal, SealMark
from cases.privacy.rules import chain
from cases.privacy.selectors.chain import rows_between
from fregat.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[[str], None]
Verify = Callable[..., tuple[int, str]]
Make = Callable[..., None]

FIELDS = {
    "at": "at - interval '1 day'",
    "employee": "employee + 1",
    "username": "'somebody'",
    "address": "'203.0.113.9'",
    "action": "'print'",
    "kind": "'case'",
    "objects_seen": "array[gen_random_uuid()]",
    "persons": "array[gen_random_uuid()]",
    "part": "'list'",
    "ground": "'call'",
    "reference": "'7'",
    "route": "'desk:desk'",
    "xid": "'1'::xid8",
}


def test_an_honest_log_is_whole(sealed: Make, verify: Verify) -> None:
    sealed()
    code, said = verify()
    assert code == 0
    assert "12 rows, 3 seals" in said and "is whole" in said


def test_every_column_of_a_row_is_under_the_seal() -> None:
    assert set(FIELDS) | {"id"} == set(chain.COLUMNS)
    assert {field.column for field in AccessLog._meta.concrete_fields} == set(chain.COLUMNS)


def test_an_edit_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed(seals=2)
    owner("CREATE TABLE honest AS SELECT * FROM privacy_accesslog WHERE id = 2")
    for column, value in FIELDS.items():
        owner(f"UPDATE privacy_accesslog SET {column} = {value} WHERE id = 2")
        code, said = verify()
        assert code == 1, column
        assert "Numbers 1–4: some of 4 rows were changed after sealing (seal 1" in said
        owner(f"UPDATE privacy_accesslog l SET {column} = h.{column} FROM honest h WHERE l.id = h.id")
        assert verify()[0] == 0, column


def test_a_deletion_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("DELETE FROM privacy_accesslog WHERE id IN (6, 7)")
    code, said = verify()
    assert code == 1
    assert "Numbers 5–8: 2 rows were deleted after sealing (seal 2" in said


def test_deletions_in_neighbouring_seals_are_one_sentence(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("DELETE FROM privacy_accesslog WHERE id BETWEEN 2 AND 6")
    code, said = verify()
    assert code == 1
    assert "Numbers 1–8: 5 rows were deleted after sealing (seal 1–2" in said


@pytest.mark.parametrize(("number", "place"), [(5, "Numbers 5–6"), (0, "Numbers 1–4"), (-9, "Numbers 1–4")])
def test_an_insertion_below_a_sealed_number_is_found(
    sealed: Make, look: Callable[..., UUID], owner: Run, verify: Verify, number: int, place: str
) -> None:
    sealed(seals=1)
    owner("SELECT nextval('privacy_accesslog_number')")  # a number that nobody used, as after a rollback
    look()
    seal_log()
    owner(
        "INSERT INTO privacy_accesslog (id, at, employee, username, kind, objects_seen, part, ground, route)"
        f" VALUES ({number}, now(), 1, 'operator', 'person', '{{}}', 'card', 'project', '')"
    )
    seal_log()
    code, said = verify()
    assert code == 1
    assert f"{place}: 1 row was inserted after sealing" in said


def test_a_row_with_a_number_from_nowhere_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner(
        "INSERT INTO privacy_accesslog (id, at, employee, username, kind, objects_seen, part, ground, route)"
        " VALUES (9000, now() + interval '9 years', 1, 'operator', 'person', '{}', 'card', 'project', '')"
    )
    seal_log()
    code, said = verify()
    assert code == 1
    assert "1 row bears a number that was never given out" in said


def test_two_rows_that_change_places_are_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("UPDATE privacy_accesslog SET id = CASE id WHEN 1 THEN -2 ELSE -1 END WHERE id IN (1, 2)")
    owner("UPDATE privacy_accesslog SET id = -id WHERE id < 0")
    code, said = verify()
    assert code == 1 and "changed after sealing" in said


def test_an_emptied_log_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("TRUNCATE privacy_accesslog")
    code, said = verify()
    assert code == 1
    assert "The log was emptied: 12 rows were sealed and none is there." in said


def test_an_emptied_log_with_its_seals_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("TRUNCATE privacy_accesslog, privacy_seal, privacy_anchor RESTART IDENTITY")
    code, said = verify()
    assert code == 1
    assert "the sealer has made seal 3: its end was cut off" in said


def test_a_cut_tail_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("DELETE FROM privacy_accesslog WHERE id > 8")
    code, said = verify()
    assert code == 1
    assert "Numbers 9–12: 4 rows were deleted after sealing (seal 3" in said


def test_a_tail_cut_with_its_seals_is_found_before_the_sealer_goes_on_and_after_it(
    sealed: Make, look: Callable[..., UUID], owner: Run, verify: Verify
) -> None:
    sealed()
    owner("DELETE FROM privacy_accesslog WHERE id > 8; DELETE FROM privacy_seal WHERE number > 2")
    code, said = verify()
    assert code == 1
    assert "The chain ends with seal 2, and the sealer has made seal 3: its end was cut off." in said
    look()
    assert seal_log() == 1
    code, said = verify()
    assert code == 1
    assert "Seals 3–3 are gone: the chain has a gap." in said


def test_a_removed_seal_is_found_and_the_rows_of_its_neighbours_are_not_blamed(
    sealed: Make, owner: Run, verify: Verify
) -> None:
    sealed()
    owner("DELETE FROM privacy_seal WHERE number = 2")
    code, said = verify()
    assert code == 1
    assert "Seals 2–2 are gone" in said and "Numbers" not in said


def test_a_changed_seal_is_found(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("CREATE TABLE honest AS SELECT * FROM privacy_seal WHERE number = 2")
    changes = {"hash": "repeat('a', 64)", "total": "total + 1", "sealed_at": "sealed_at - interval '1 hour'"}
    for column, value in changes.items():
        owner(f"UPDATE privacy_seal SET {column} = {value} WHERE number = 2")
        code, said = verify()
        assert code == 1, column
        assert "Seal 2 of" in said and "was changed itself" in said
        owner(f"UPDATE privacy_seal s SET {column} = h.{column} FROM honest h WHERE s.number = h.number")
    assert verify()[0] == 0


def test_the_mark_of_the_sealer_cannot_be_lost_silently(sealed: Make, owner: Run, verify: Verify) -> None:
    sealed()
    owner("DELETE FROM privacy_sealmark")
    code, said = verify()
    assert code == 1 and "The sealer's mark was deleted" in said


def _forge(owner: Run) -> None:
    """The whole chain anew over what is in the log now, as somebody does it who has read the source."""
    before, previous = 0, chain.GENESIS
    for seal in Seal.objects.order_by("number"):
        content = chain.content_of(rows_between(before, seal.through_id, limit=1000))
        seal.content, seal.previous = content, previous
        seal.hash = chain.link(
            number=seal.number, previous=previous, first_id=seal.first_id, through_id=seal.through_id,
            count=seal.count, total=seal.total, content=content, sealed_at=seal.sealed_at,
        )  # fmt: skip
        owner(
            f"UPDATE privacy_seal SET content = '{content}', previous = '{previous}', hash = '{seal.hash}'"
            f" WHERE number = {seal.number}"
        )
        before, previous = seal.through_id, seal.hash
    owner(f"UPDATE privacy_sealmark SET hash = '{previous}'")


def test_a_chain_written_anew_is_found_by_the_anchor_alone(
    sealed: Make, owner: Run, verify: Verify, settings: object, tmp_path: Path
) -> None:
    settings.ACCESS_LOG_ANCHOR = str(tmp_path / "anchor")  # type: ignore[attr-defined]
    sealed()
    anchor_head(now=clock.now())
    owner("UPDATE privacy_accesslog SET username = 'somebody' WHERE id = 2")
    _forge(owner)
    settings.ACCESS_LOG_ANCHOR = ""  # type: ignore[attr-defined]
    assert verify()[0] == 0
    code, said = verify("--anchor", tmp_path / "anchor")
    assert code == 1
    assert "Seal 3 is not the one that was anchored on" in said


def test_a_tail_cut_carefully_is_found_by_the_anchor(
    sealed: Make, owner: Run, verify: Verify, settings: object, tmp_path: Path
) -> None:
    settings.ACCESS_LOG_ANCHOR = str(tmp_path / "anchor")  # type: ignore[attr-defined]
    sealed()
    anchor_head(now=clock.now())
    head = Seal.objects.get(number=2)
    owner("DELETE FROM privacy_accesslog WHERE id > 8; DELETE FROM privacy_seal WHERE number > 2")
    owner(f"UPDATE privacy_sealmark SET number = 2, total = 8, sealed_id = 8, hash = '{head.hash}'")
    code, said = verify()
    assert code == 1
    assert "knows seal 3 and 12 rows, and the chain ends with seal 2 and 8 rows" in said


def test_the_program_itself_can_neither_change_nor_empty_the_chain(sealed: Make) -> None:
    from django.db import DatabaseError, connection

    sealed(seals=1)
    for table in ("privacy_seal", "privacy_anchor"):
        for change in ("UPDATE {} SET hash = ''", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute(change.format(table))
    assert SealMark.objects.get().number == Seal.objects.count() == 1

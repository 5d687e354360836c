"""The sealer chains what is final, each second, and holds nobody up (E1)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from cases.privacy.actions import seal_log, seals
from cases.privacy.models import AccessLog, Seal, SealMark
from cases.privacy.rules.chain import GENESIS

pytestmark = pytest.mark.django_db(transaction=True)
Look = Callable[..., UUID]
Verify = Callable[..., tuple[int, str]]

INSERT = (
    "INSERT INTO privacy_accesslog (at, employee, username, kind, objects_seen, part, ground, route)"
    " VALUES (now(), 1, 'operator', 'person', array[gen_random_uuid()], 'card', 'project', '') RETURNING id"
)


@contextmanager
def another() -> Iterator[Any]:
    """Another connection of the program, in a transaction of its own; it waits for nothing longer than 3 s."""
    given = connection.get_connection_params()
    given.pop("cursor_factory", None)
    given.pop("context", None)
    link = psycopg2.connect(**given)
    try:
        with link.cursor() as cursor:
            cursor.execute("SET lock_timeout = 3000; SET statement_timeout = 3000")
            link.commit()
            yield cursor
    finally:
        link.rollback()
        link.close()


def test_seals_follow_one_another(look: Look) -> None:
    for rows in (2, 1, 3):
        for _row in range(rows):
            look()
        assert seal_log() == rows
    seals_ = list(Seal.objects.order_by("number"))
    assert [(s.number, s.first_id, s.through_id, s.count, s.total) for s in seals_] == [
        (1, 1, 2, 2, 2), (2, 3, 3, 1, 3), (3, 4, 6, 3, 6),
    ]  # fmt: skip
    assert [s.previous for s in seals_] == [GENESIS, seals_[0].hash, seals_[1].hash]


def test_with_nothing_to_seal_one_statement_is_asked(look: Look, django_assert_num_queries: Any) -> None:
    look()
    seal_log()
    with django_assert_num_queries(1):
        assert seal_log() == 0
    assert Seal.objects.count() == 1


def test_many_rows_become_several_seals(look: Look, monkeypatch: pytest.MonkeyPatch, verify: Verify) -> None:
    monkeypatch.setattr(seals, "ROWS_MAX", 2)
    for _row in range(5):
        look()
    assert seal_log() == 5
    assert list(Seal.objects.order_by("number").values_list("count", flat=True)) == [2, 2, 1]
    assert verify()[0] == 0


def test_numbers_that_a_rollback_used_up_are_sealed_too(look: Look, verify: Verify) -> None:
    look()
    with pytest.raises(RuntimeError), transaction.atomic():
        look()
        raise RuntimeError("nothing was shown")
    look()
    assert seal_log() == 2
    assert Seal.objects.get().through_id == 3
    assert verify()[0] == 0


def test_an_older_transaction_with_a_lower_number_is_waited_for(look: Look, verify: Verify) -> None:
    """Two writers cross: the one that began first draws the higher number and is saved first.

    Sealing everything older than the oldest running transaction would put 2 under a seal before 1 appears.
    """
    with another() as first, another() as second:
        first.execute("SELECT pg_current_xact_id()")
        second.execute("SELECT pg_current_xact_id()")
        second.execute(INSERT)
        assert second.fetchone() == (1,)
        first.execute(INSERT)
        assert first.fetchone() == (2,)
        first.connection.commit()
        assert seal_log() == 0
        second.connection.commit()
    assert seal_log() == 2
    assert verify()[0] == 0


def test_a_writer_that_lasts_does_not_stop_the_sealing_for_ever(look: Look, verify: Verify) -> None:
    """Writers that overlap one another: at no moment is none at work."""
    with another() as first, another() as second:
        first.execute(INSERT)
        look()
        assert seal_log() == 0  # the border is noted
        second.execute(INSERT)
        look()
        first.connection.rollback()
        assert seal_log() == 1  # what was given out before the border; the second still writes
        assert seal_log() == 0
        second.connection.rollback()
    assert seal_log() == 1
    assert verify()[0] == 0


def test_who_does_not_write_to_the_log_is_not_waited_for(look: Look) -> None:
    with another() as other:
        other.execute("SELECT pg_current_xact_id(), count(*) FROM privacy_accesslog")
        look()
        assert seal_log() == 1


def test_a_writer_does_not_wait_for_the_sealer(look: Look, verify: Verify) -> None:
    look()
    with transaction.atomic(), another() as writer:
        assert seals._seal(SealMark.objects.select_for_update().get(), 1) == 1
        writer.execute(INSERT)  # the seal is not saved yet
        writer.connection.commit()
        SealMark.objects.update(number=1, total=1, sealed_id=1, hash=Seal.objects.get().hash)
    assert seal_log() == 1
    assert verify()[0] == 0


def test_the_sealer_does_not_wait_for_a_writer(look: Look) -> None:
    with another() as writer:
        writer.execute(INSERT)
        done = threading.Event()

        def seal() -> None:
            seal_log()
            connection.close()
            done.set()

        look()
        threading.Thread(target=seal).start()
        assert done.wait(10)
        assert not Seal.objects.exists()


def test_of_two_sealers_one_goes_away(look: Look) -> None:
    look()
    with another() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [seals._LOCK])
        assert seal_log() == 0
    assert seal_log() == 1


def test_what_comes_from_another_cluster_is_sealed(
    look: Look, owner: Callable[[str], None], verify: Verify
) -> None:
    """A copy restored elsewhere: the transactions of its rows and of the mark bear numbers of the old cluster."""
    look()
    owner("UPDATE privacy_accesslog SET xid = '9000000000'")
    owner("UPDATE privacy_sealmark SET final_id = 1, waits_for = array['99/99']")
    assert seal_log() == 1
    assert verify()[0] == 0


def test_without_its_mark_the_sealer_goes_on_from_the_last_seal(look: Look) -> None:
    look()
    seal_log()
    SealMark.objects.all().delete()
    look()
    assert seal_log() == 1
    assert Seal.objects.get(number=2).previous == Seal.objects.get(number=1).hash


def test_the_number_and_the_transaction_of_a_row_are_the_databases_word(look: Look) -> None:
    look()
    with connection.cursor() as cursor:
        cursor.execute(INSERT.replace("(at,", "(id, xid, at,").replace("(now()", "(777, '1'::xid8, now()"))
        assert cursor.fetchone() == (2,)
    assert AccessLog.objects.get(pk=2).xid > 1


def test_beat_asks_for_a_seal_each_second() -> None:
    from fregat.celery import app

    assert django_settings.CELERY_BEAT_SCHEDULE["seal"]["schedule"] == 1.0
    app.loader.import_default_modules()
    assert django_settings.CELERY_BEAT_SCHEDULE["seal"]["task"] in app.tasks

"""What machines ask: alive, ready, figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from fregat.lib import clock
from fregat.lib.models import Pulse

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    """A program that has not signed in."""
    return Client()


def test_alive_is_said_to_anybody(visitor: Client) -> None:
    assert visitor.get("/healthz").content == b"ok\n"


def test_ready_needs_a_sweep_within_the_last_minute(visitor: Client) -> None:
    assert visitor.get("/readyz").json()["worker"] == "has not swept lately"
    Pulse.objects.create(name="sweep", at=clock.now() - timedelta(seconds=61))
    assert visitor.get("/readyz").status_code == 503
    Pulse.objects.update(at=clock.now())
    answer = visitor.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": "ok", "broker": "ok", "worker": "ok"}


@override_settings(DEMO=True)
def test_ready_waits_for_the_demonstration_shifts(visitor: Client) -> None:
    Pulse.objects.create(name="sweep", at=clock.now())
    assert visitor.get("/readyz").json()["demo"] == "is being prepared"
    Pulse.objects.create(name="demo", at=clock.now())
    assert visitor.get("/readyz").status_code == 200


@override_settings(REDIS_URL="unix:///nowhere/valkey.sock")
def test_ready_says_when_the_broker_is_away(visitor: Client) -> None:
    Pulse.objects.create(name="sweep", at=clock.now())
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, "does not answer")


def test_figures_are_for_this_machine(visitor: Client) -> None:
    answer = visitor.get("/metrics")
    assert answer.status_code == 200
    assert b"fregat_jobs_due 0" in answer.content


def test_figures_are_refused_to_the_public(visitor: Client) -> None:
    assert visitor.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
    assert visitor.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 403


@override_settings(METRICS_TOKEN="s3cret")
def test_figures_are_given_for_the_token(visitor: Client) -> None:
    far = {"REMOTE_ADDR": "203.0.113.7"}
    assert visitor.get("/metrics", headers={"Authorization": "Bearer s3cret"}, **far).status_code == 200
    assert visitor.get("/metrics", headers={"Authorization": "Bearer wrong"}, **far).status_code == 403

"""Is it alive, can it work, and its figures: /healthz, /readyz, /metrics. For machines, in English."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

import redis
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fregat.lib import clock

SWEEP_AGE = timedelta(seconds=60)  # older, and the worker is not working
BROKER_SECONDS = 1.0

ROUTES = {"healthz": "public", "readyz": "public", "metrics": "public"}


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Asks nothing else, so that a slow database kills no web server."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Ready: database, broker, the worker's last sweep, the renewed demonstration shifts."""
    found = checks(clock.now())
    ready = all(answer == "ok" for answer in found.values())
    response = JsonResponse({"ready": ready, **found}, status=200 if ready else 503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # «not yet» is an answer, no fault
    return response


def checks(now: datetime) -> dict[str, str]:
    """What /readyz asks: the name of a part → «ok» or what is missing."""
    found = {"database": "ok", "broker": _broker()}
    try:
        pulses = dict(apps.get_model("lib", "Pulse").objects.values_list("name", "at"))
    except DatabaseError:
        # Why it failed is in the database's own log; here it might name hosts and roles.
        connection.close()
        return found | {"database": "does not answer"}
    swept = pulses.get("sweep")
    found["worker"] = "ok" if swept and now - swept <= SWEEP_AGE else "has not swept lately"
    if settings.DEMO:
        found["demo"] = "ok" if "demo" in pulses else "is being prepared"
    return found


def _broker() -> str:
    link = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
    )
    try:
        link.ping()
    except (redis.RedisError, OSError):
        return "does not answer"
    finally:
        link.close()
    return "ok"


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; for this machine alone, or with METRICS_TOKEN as bearer."""
    if not _may_measure(request):
        return HttpResponseForbidden("Not for the public.\n", content_type="text/plain")
    return HttpResponse(_figures(clock.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    if settings.METRICS_TOKEN and hmac.compare_digest(
        given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()
    ):
        return True
    proxied = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return not proxied and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1", ""}


def _figures(now: datetime) -> str:
    """The figures as text. All come from the database, so every process answers the same."""
    jobs = apps.get_model("lib", "Job").objects.filter(done_at=None)
    due = jobs.filter(due_at__lte=now)
    oldest = due.aggregate(at=Min("due_at"))["at"]
    swept = apps.get_model("lib", "Pulse").objects.filter(name="sweep").values_list("at", flat=True).first()
    rows = (
        ("fregat_jobs_waiting", "Jobs not done yet.", jobs.count()),
        ("fregat_jobs_due", "Jobs whose time has come.", due.count()),
        ("fregat_jobs_failing", "Jobs that failed at least once.", jobs.filter(attempts__gt=0).count()),
        ("fregat_job_oldest_seconds", "How long the oldest due job waits.", _seconds(oldest, now)),
        ("fregat_sweep_age_seconds", "Time since the worker's last sweep.", _seconds(swept, now)),
        ("fregat_broker_up", "Whether the broker answers.", int(_broker() == "ok")),
    )
    return "".join(
        f"# HELP {name} {text}\n# TYPE {name} gauge\n{name} {value}\n" for name, text, value in rows
    )


def _seconds(since: datetime | None, now: datetime) -> float | str:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]

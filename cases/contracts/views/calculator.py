"""The calculator, tariffs in force, one tariff with its history and an example of computing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.contracts import selectors
from cases.contracts.forms import CalculatorForm
from cases.contracts.labels import TABLE_LABELS, VERSION_LABELS, VERSION_TONES, amount
from cases.contracts.models import Tariff
from cases.contracts.views.words import answer_words, line_words
from fregat.lib import clock, rights
from fregat.lib.middleware import is_htmx

WHOLE = "calculator"
"""The part of the page that is drawn again when another programme is chosen: other territories, sums, risks."""


def _today(now: datetime) -> date:
    return clock.local(now).date()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tariff(request: HttpRequest) -> HttpResponse:
    """`/contracts/tariff/`: the premium, step by step. POST: dates of birth do not belong in addresses."""
    tariffs = selectors.in_force(request.user, _today(clock.now()))
    context = _computed(request, tariffs) | {
        "first": request.method != "POST",
        "may_enter": rights.lets(request.user, "contract.enter"),
        "may_edit": rights.lets(request.user, "tariff.edit"),
    }
    return _answer(request, "contracts/calculator.html", context)


@never_cache
@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    """`/contracts/tariffs/`: programmes of my projects, with the tariff in force and the next one."""
    today = _today(clock.now())
    rows = [
        (programme, [_version(row, today) for row in versions])
        for programme, versions in selectors.programmes_with_tariffs(request.user, today)
    ]
    context = {"rows": rows, "may_edit": rights.lets(request.user, "tariff.edit")}
    return render(request, "contracts/tariffs.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One tariff: its lines, how a premium is computed by it, all its versions. `?version=2` shows an older one."""
    now = clock.now()
    row, today = selectors.get_programme(request.user, pk, now=now), _today(now)
    versions = selectors.versions(row)
    shown = _chosen(versions, request.GET.get("version", ""), today)
    for one in versions:
        one.programme = row
    lines = shown.facts().lines if shown else ()
    context = _computed(request, [shown] if shown else []) | {
        "programme": row,
        "versions": [_version(one, today) for one in versions],
        "shown": _version(shown, today) if shown else None,
        "minimum": amount(shown.minimum, shown.currency_id) if shown and shown.minimum else "",
        "tables": _tables(lines, selectors.territories({line.what for line in lines if line.what})),
        "may_edit": rights.lets(request.user, "tariff.edit"),
    }
    return _answer(request, "contracts/programme.html", context)


def _computed(request: HttpRequest, tariffs: list[Tariff]) -> dict[str, Any]:
    """The form, and what it came to when it was sent."""
    if request.method != "POST":
        begins = _today(clock.now()) + timedelta(days=1)
        initial = {"starts": begins, "ends": begins + timedelta(days=6)}
        form = CalculatorForm(tariffs=tariffs, initial=initial)
        return {"form": form, "here": request.get_full_path(), "first": False}
    form = CalculatorForm(request.POST, tariffs=tariffs)
    context: dict[str, Any] = {"form": form, "here": request.get_full_path(), "asked": True, "first": False}
    if form.is_valid() and form.tariff is not None:
        question = form.question(form.cleaned_data["born"])
        # By a version that is over or yet to come it is only computed.
        today = _today(clock.now())
        selling = today if form.tariff.state_on(today) == "now" else None
        answer = selectors.quote(form.tariff, question, form.offered.get(question.territory), today=selling)
        context["answer"] = answer_words(answer)
    return context


def _answer(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, the calculator, or what it came to alone, so that nothing moves under whoever types."""
    if not is_htmx(request):
        return render(request, page, context, status=400 if context["form"].errors else 200)
    whole = request.headers.get("HX-Target") == WHOLE
    if whole:
        _unmark(context["form"])
    return render(request, "contracts/_calculator.html" if whole else "contracts/_premium.html", context)


def _unmark(form: CalculatorForm) -> None:
    """Another programme was chosen: nobody is told what they have not typed yet, or that it had other territories."""
    blank = (name for name in form.errors if not form.data.get(form.add_prefix(name), "").strip())
    gone = (name for name in form.errors if form.has_error(name, "invalid_choice"))
    for name in {*blank, *gone}:
        del form.errors[name]


def _chosen(versions: list[Tariff], asked: str, today: date) -> Tariff | None:
    """The version of the address, else the one in force, else the newest."""
    named = (row for row in versions if str(row.number) == asked)
    current = (row for row in versions if row.state_on(today) == "now")
    return next(named, None) or next(current, None) or next(iter(versions), None)


def _version(row: Tariff, today: date) -> dict[str, Any]:
    state = row.state_on(today)
    return {"row": row, "label": VERSION_LABELS[state], "tone": VERSION_TONES[state]}


def _tables(lines: Any, places: dict[str, Any]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Lines by their kind, in the order in which a premium is computed."""
    words = line_words(lines, places)
    found = (
        (label, [one for one in words if one["table"] == table]) for table, label in TABLE_LABELS.items()
    )
    return [(label, rows) for label, rows in found if rows]

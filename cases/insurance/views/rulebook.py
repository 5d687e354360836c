"""The rules of programmes: the list, the page of one with its draft, calculator, examples and history (JD II.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.insurance import actions, permissions
from cases.insurance.differences import difference_text
from cases.insurance.forms.rulebook import ExampleForm, PublishForm, offered, tables
from cases.insurance.labels import VERDICT_LABELS, excess_text, money, reason_words
from cases.insurance.models import Programme
from cases.insurance.selectors import rulebook
from cases.insurance.selectors.rulebook import Rulebook, Tried
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, Stale
from fregat.lib.forms import add_errors
from fregat.lib.gates import row_id


def _today() -> date:
    return clock.local(clock.now()).date()


@never_cache
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Programmes with the edition of their rules that is in force, and drafts."""
    today = _today()
    rows = [_line(row, today) for row in rulebook.programmes(request.user)]
    return render(request, "insurance/rules.html", {"rows": rows})


def _line(row: Programme, today: date) -> dict[str, Any]:
    editions = list(row.editions.all())
    published = [one for one in reversed(editions) if one.published_at]
    current, ahead = rulebook.standing(published, today)
    draft = next((one for one in editions if not one.published_at), None)
    return {"programme": row, "current": current, "ahead": ahead, "draft": draft}


@never_cache
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of a programme."""
    row = rulebook.get_programme(request.user, pk, now=clock.now())
    return render(request, "insurance/programme.html", _page(request, row))


def _page(request: HttpRequest, row: Programme, forms: Mapping[str, Any] | None = None) -> dict[str, Any]:
    book = rulebook.rulebook(row, _today())
    choices = offered(row)
    words = {**choices, "question": book.questions}
    may_edit = permissions.can_rules(request.user)
    context: dict[str, Any] = {
        "programme": row,
        "book": book,
        "may_edit": may_edit,
        "names": {name: dict(rows) for name, rows in choices.items()},
        "changes": [difference_text(one, words) for one in book.drafted],
        "history": [
            (past.edition, [difference_text(one, words) for one in past.changes], past.void)
            for past in book.history
        ],
        "example": ExampleForm(choices=choices, auto_id="example-%s", initial={"on": _today()}),
        "examples": _examples(row, book),
    }
    if book.draft and may_edit:
        context |= tables(book.draft, choices)
        context["publish"] = PublishForm(
            initial={"version": book.draft.version, "valid_from": _today()}, auto_id="publish-%s"
        )
    return {**context, **(forms or {})}


def _examples(row: Programme, book: Rulebook) -> list[dict[str, Any]]:
    """Every kept example by the rules in force and by the draft."""
    rows = rulebook.kept_examples(row)
    wanted = [rulebook.imagined(one) for one in rows]
    names = rulebook.names_for(wanted) if rows else {}
    found = []
    for one, example in zip(rows, wanted, strict=True):
        now, then = (
            rulebook.try_out(edition, example, _today(), names) for edition in (book.current, book.draft)
        )
        found.append(
            {
                "row": one,
                "now": _said(now),
                "then": _said(then),
                "differs": bool(book.draft) and _differ(now, then),
            }
        )
    return found


def _differ(now: Tried, then: Tried) -> bool:
    sides = [
        (said.verdict, said.excess, said.excess_percent, said.limit_left) if said else None
        for said in (now.verdict, then.verdict)
    ]
    return sides[0] != sides[1]


def _said(tried: Tried) -> dict[str, Any] | None:
    if tried.verdict is None:
        return None
    excess, percent = tried.verdict.excess, tried.verdict.excess_percent
    return {
        "edition": tried.edition, "code": tried.verdict.verdict, "label": VERDICT_LABELS[tried.verdict.verdict],
        "reasons": reason_words(tried.verdict.reasons), "left": money(tried.verdict.limit_left),
        "excess": excess_text(excess, percent) if percent or (excess and excess.amount) else "",
    }  # fmt: skip


@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The example calculator: the rules in force and the draft beside each other."""
    row = rulebook.get_programme(request.user, pk, now=clock.now())
    form = ExampleForm(request.POST, choices=offered(row), auto_id="example-%s")
    context: dict[str, Any] = {
        "programme": row,
        "example": form,
        "may_edit": permissions.can_rules(request.user),
    }
    if form.is_valid():
        context |= _tried(row, form)
    # A sentence beside the form, which stays on the page as it is.
    return render(request, "insurance/_tried.html", context)


def _tried(row: Programme, form: ExampleForm) -> dict[str, Any]:
    on = form.cleaned_data["on"] or _today()
    book, example = rulebook.rulebook(row, on), form.imagined()
    names = rulebook.names_for([example])
    now, then = (rulebook.try_out(edition, example, on, names) for edition in (book.current, book.draft))
    questions = {one.code: one for one in (*now.questions, *then.questions)}
    return {
        "tried": True, "book": book, "now": _said(now), "then": _said(then),
        "differs": bool(book.draft) and _differ(now, then), "questions": list(questions.values()),
    }  # fmt: skip


def _back(pk: int, part: str = "") -> HttpResponse:
    return redirect(reverse("insurance:programme", args=[pk]) + (f"#{part}" if part else ""))


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft: a copy of the latest edition."""
    actions.begin_edition(by=request.user, programme_id=pk)
    return _back(pk, "draft")


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the draft as it was typed; with faults it comes back with their sentences and nothing is lost."""
    row = rulebook.get_programme(request.user, pk, now=clock.now())
    permissions.check_rules(request.user)
    draft = actions.draft_of(row)
    found = tables(draft, offered(row), request.POST)
    right = [one.is_valid() for one in found.values()]  # each, so that every fault is shown
    status = 400
    if all(right):
        try:
            actions.save_edition(
                by=request.user, programme_id=pk, version=found["limits"].cleaned_data["version"],
                limits=found["limits"].limits(), covers=found["covers"].rows(), exclusions=found["exclusions"].rows(),
            )  # fmt: skip
        except (Invalid, Conflict) as refused:
            add_errors(found["limits"], refused)
            status = refused.status
            if isinstance(refused, Stale):  # who reads that and saves again does it on purpose
                found["limits"].data["version"] = f"{actions.draft_of(row).version}"
        else:
            return _back(pk, "draft")
    return render(request, "insurance/programme.html", _page(request, row, found), status=status)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away, unless somebody has saved it since it was shown."""
    seen = request.POST.get("version", "")
    actions.drop_edition(by=request.user, programme_id=pk, version=row_id(seen) if seen else None)
    return _back(pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft counts."""
    row = rulebook.get_programme(request.user, pk, now=clock.now())
    permissions.check_rules(request.user)
    form, status = PublishForm(request.POST, auto_id="publish-%s"), 400
    if form.is_valid():
        try:
            edition = actions.publish_edition(by=request.user, programme_id=pk, **form.cleaned_data)
        except (Invalid, Conflict) as refused:
            add_errors(form, refused)
            status = refused.status
        else:
            said = _("Edition %(number)d is published: it counts for events from %(day)s on.")
            day = edition.valid_from.strftime("%d.%m.%Y") if edition.valid_from else ""
            messages.success(request, said % {"number": edition.number, "day": day})
            return _back(pk)
    return render(request, "insurance/programme.html", _page(request, row, {"publish": form}), status=status)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the example that stands in the calculator."""
    row = rulebook.get_programme(request.user, pk, now=clock.now())
    permissions.check_rules(request.user)
    form, status = ExampleForm(request.POST, choices=offered(row), auto_id="example-%s"), 400
    form.fields["name"].required = True
    if form.is_valid():
        try:
            actions.keep_example(by=request.user, programme_id=pk, values=form.values())
        except Conflict as refused:
            form.add_error("name", str(refused))
            status = refused.status
        else:
            return _back(pk, "examples")
    return render(request, "insurance/programme.html", _page(request, row, {"example": form}), status=status)


@require_POST
def drop_example(request: HttpRequest, pk: int, example_id: int) -> HttpResponse:
    """Throw an example away."""
    actions.drop_example(by=request.user, programme_id=pk, example_id=example_id)
    return _back(pk, "examples")

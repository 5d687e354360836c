"""The letters on the page of a case, the dialog that gives one, what is decided about one, its paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.assistance import actions, permissions, selectors
from cases.assistance import paper as papers
from cases.assistance.forms import LetterForm, NothingForm, ReasonForm
from cases.assistance.labels import STATUS_TONES
from cases.assistance.models import GuaranteeLetter
from cases.assistance.rules import must_be_asked
from cases.assistance.statuses import Status
from cases.casework.drafts import draft_of
from cases.casework.forms.work import CaseForm
from cases.casework.models import Case
from cases.casework.selectors import get_case
from cases.casework.views import choices
from cases.insurance.labels import money
from cases.insurance.rules import COVERED, NOT_COVERED
from cases.privacy.actions import record_look
from fregat.lib import drafts, pdf
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.once import moment
from staff.employees.models import Employee

require_ask = require_http_methods(["GET", "HEAD", "POST"])


def _looked(request: HttpRequest, case: Case, now: datetime, part: str) -> None:
    record_look(
        by=request.user,
        kind="case",
        objects=[case.uuid],
        part=part,
        ground=case.ground,
        request=request,
        now=now,
    )


@never_cache
@require_safe
def letters(request: HttpRequest, number: str) -> HttpResponse:
    """The panel: every letter of the case, and what is left of the sum now."""
    now = moment()
    case = get_case(request.user, number, now=now)
    rows = selectors.letters_of(case)
    _looked(request, case, now, "medical" if rows else "card")
    context = {
        "case": case,
        "letters": [_line(request.user, row, now) for row in rows],
        "left": money(selectors.said_of(case, None).left),
        "may_give": case.is_open and permissions.can_give(request.user, case, now),
    }
    return render(request, "assistance/_letters.html", context)


def _line(user: Employee, row: GuaranteeLetter, now: datetime) -> dict[str, Any]:
    asked, given = row.status == Status.ASKED, row.status == Status.GIVEN
    return {
        "row": row, "tone": STATUS_TONES[Status(row.status)], "limit": money(row.up_to), "asked": asked,
        "given": given, "may_decide": asked and permissions.can_agree(user, row, now),
        "may_withdraw": given and permissions.can_withdraw(user, row, now),
    }  # fmt: skip


# --- The dialog ----------------------------------------------------------------------------------
def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _asked(
    request: HttpRequest, form: CaseForm, act: Callable[[dict[str, Any]], object], **words: Any
) -> HttpResponse:
    """Draw the form, or do what it asks; what is wrong comes back beside the fields with everything typed."""
    context = {"form": form, "action": request.path, **words}
    if request.method != "POST":
        return render(request, "casework/_ask.html", context)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            # The dialog closes; panel and time line hear of it by themselves and fetch what is theirs.
            return HttpResponse(status=204, headers={"HX-Trigger": "case-saved"})
    return render(request, "casework/_ask.html", context, status=400)


@require_ask
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Give a letter; what is typed is kept until it is sent (C10)."""
    now = moment()
    case = get_case(request.user, number, now=now)
    permissions.check_give(request.user, case, now)
    draft = draft_of("letter", number)
    lefts = selectors.lefts_of(case)
    _looked(request, case, now, "medical")
    kept = {name: values[-1] for name, values in drafts.get(request.user.pk, draft).items() if values}
    first = {
        "token": uuid4(), "kind": next((one.kind for one in lefts if one.kind), ""),
        "currency": case.policy.currency_id if case.policy else "EUR",
    }  # fmt: skip
    form = LetterForm(
        _data(request), now=now, initial={**first, **kept}, kinds=choices.kinds(),
        currencies=choices.currencies(),
    )  # fmt: skip

    def give(clean: dict[str, Any]) -> None:
        actions.give_letter(by=request.user, number=number, **clean)
        drafts.clear(request.user.pk, draft)

    label = (
        pgettext("guarantee letter", "Give")
        if _any_covered(lefts)
        else pgettext("guarantee letter", "Ask for it")
    )
    return _asked(
        request, form, give, draft=draft, title=_("Guarantee letter"), label=label, text=_said_of(lefts)
    )


def _any_covered(lefts: list[selectors.Left]) -> bool:
    return any(not must_be_asked(one.verdict, one.left) for one in lefts)


def _said_of(lefts: list[selectors.Left]) -> str:
    """What is left of what is covered; of what is not, that a letter for it is only asked for, whatever its limit."""
    words = [_left_words(one) if _tells(one) else _uncovered_words(one) for one in lefts]
    if not _any_covered(lefts):
        words.append(
            _("Every guarantee letter here is only asked for: it holds once the senior manager has agreed.")
        )
    elif any(must_be_asked(one.verdict, one.left) for one in lefts):
        words.append(
            _("Beyond what is left, and for what is not covered, the senior manager is asked to agree.")
        )
    else:
        words.append(_("Beyond that the senior manager is asked to agree."))
    return " ".join(words)


def _tells(one: selectors.Left) -> bool:
    """Is what is left the thing to say: it is covered, or nothing is left of the sum."""
    return one.verdict == COVERED or bool(one.left and one.left.amount <= 0)


def _uncovered_words(one: selectors.Left) -> str:
    """Why a letter for this help is asked for, whatever its limit."""
    name = one.name or _("insured sum")
    if not one.verdict:
        return _("%(name)s: the case has no policy, the cover is not known.") % {"name": name}
    if one.verdict == NOT_COVERED:
        return _("%(name)s: not covered.") % {"name": name}
    return _("%(name)s: the cover is not confirmed yet.") % {"name": name}


def _left_words(one: selectors.Left) -> str:
    name = one.name or _("insured sum")
    if one.left is None:
        return _("It is not known what is left (%(name)s).") % {"name": name}
    return _("Left (%(name)s): %(left)s.") % {"name": name, "left": money(one.left)}


def _letter(request: HttpRequest, number: str, letter_id: int, now: datetime) -> GuaranteeLetter:
    letter = selectors.get_letter(request.user, now=now, number=number, letter_id=letter_id)
    _looked(request, letter.case, now, "medical")
    return letter


def _named(letter: GuaranteeLetter) -> str:
    return f"{letter.number or letter.kind.name} · {letter.provider} · {money(letter.up_to)}"


@require_ask
def agree(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Agree to a letter beyond the sum, with what is left now before one's eyes."""
    now = moment()
    letter = _letter(request, number, letter_id, now)
    permissions.check_agree(request.user, letter, now)
    left = selectors.said_of(letter.case, letter.kind_id).left
    words = [
        _named(letter), letter.why,
        _left_words(selectors.Left(letter.kind_id, letter.kind.name, left)),
    ]  # fmt: skip
    return _asked(
        request, NothingForm(_data(request), now=now),
        lambda clean: actions.agree_to_letter(by=request.user, letter_id=letter_id),
        title=_("Agree to the guarantee letter"),
        label=pgettext("guarantee letter", "Agree"), text=". ".join(filter(None, words)),
    )  # fmt: skip


@require_ask
def refuse(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Refuse it, with the reason."""
    now = moment()
    letter = _letter(request, number, letter_id, now)
    permissions.check_agree(request.user, letter, now)
    return _asked(
        request, ReasonForm(_data(request), now=now),
        lambda clean: actions.refuse_letter(by=request.user, letter_id=letter_id, **clean),
        title=_("Refuse the guarantee letter"),
        label=pgettext("guarantee letter", "Refuse"), tone="danger", text=_named(letter),
    )  # fmt: skip


@require_ask
def withdraw(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Take the promise back, with the reason."""
    now = moment()
    letter = _letter(request, number, letter_id, now)
    permissions.check_withdraw(request.user, letter, now)
    return _asked(
        request, ReasonForm(_data(request), now=now),
        lambda clean: actions.withdraw_letter(by=request.user, letter_id=letter_id, **clean),
        title=_("Withdraw the guarantee letter"),
        label=pgettext("guarantee letter", "Withdraw"), tone="danger", text=_named(letter),
    )  # fmt: skip


@never_cache
@require_safe
def paper(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """The letter as PDF; `?lang=en` in English. Only one that was given has a paper."""
    now = moment()
    letter = selectors.get_letter(request.user, now=now, number=number, letter_id=letter_id)
    # On record before it is drawn, in one transaction: what cannot be drawn was not passed on either.
    with transaction.atomic():
        actions.pass_on_paper(by=request.user, letter=letter, request=request, now=now)
        language = "en" if request.GET.get("lang") == "en" else "uk"
        drawn = papers.paper_of(letter, language)
    return pdf.answer(f"{letter.number}-{language}.pdf", drawn)

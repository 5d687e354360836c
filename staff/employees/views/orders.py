"""The director's orders: the register, one order, what is decided about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, pdf, rights
from fregat.lib.errors import Conflict, DomainError, Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.employees import actions, papers, registry, selectors
from staff.employees.forms.orders import FIELDS, ReasonForm, RegisterForm, SignForm
from staff.employees.labels import ORDER_STATE_LABELS
from staff.employees.models import Employee, Order

_ID_DIGITS = 18


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """The register; for htmx its part, or the next rows."""
    now, user = clock.now(), request.user
    people = [named(person) for person in selectors.people_in_orders(user, now)]
    kinds = [(kind.code, kind.label) for kind in registry.order_kinds()]
    form = RegisterForm(request.GET, people=people, kinds=kinds)
    filters, after = form.chosen(), request.GET.get("after", "")
    after_id = int(after) if after.isascii() and after.isdigit() and len(after) <= _ID_DIGITS else None
    page = selectors.register(user, filters, after=after_id, now=now)
    context: dict[str, Any] = {"page": page, "labels": dict(kinds), "next_url": _next(request, page)}
    if is_htmx(request) and after_id is not None:
        return render(request, "employees/orders/_rows.html", context)
    context |= {
        "form": form,
        "filtered": bool(filters),
        "counts": _counts(request.GET, page.counts),
        "here": request.get_full_path(),
        "to_decide": selectors.to_decide(user, now),
        "begins": _begins(user),
        "signs": rights.lets(user, "order.issue"),
    }
    name = "employees/orders/_register.html" if is_htmx(request) else "employees/orders/orders.html"
    return render(request, name, context)


def named(person: Employee) -> tuple[str, str, str]:
    """A person for a list of choice: found by sign-in name too."""
    return (person.username, person.full_name, person.username)


def _begins(user: Employee) -> list[tuple[str, Any]]:
    """Kinds of orders that this person may begin."""
    if not rights.lets(user, "order.draft"):
        return []
    return [(kind.code, kind.label) for kind in registry.order_kinds() if kind.code in FIELDS]


def _next(request: HttpRequest, page: selectors.Register) -> str:
    if not page.more:
        return ""
    query = request.GET.copy()
    query["after"] = str(page.rows[-1].pk)
    return f"{request.path}?{query.urlencode()}"


def _counts(query: QueryDict, found: dict[str, int]) -> list[dict[str, Any]]:
    """The states that there are, as links that filter by them."""
    listed = []
    for code, label in ORDER_STATE_LABELS.items():
        current = query.get("state") == code
        if not found.get(str(code)) and not current:
            continue
        other = query.copy()
        other.pop("after", None)
        other["state"] = "" if current else str(code)
        url = f"{reverse('employees:orders')}?{other.urlencode()}"
        listed.append(
            {
                "code": str(code),
                "label": label,
                "count": found.get(str(code), 0),
                "url": url,
                "current": current,
            }
        )
    return listed


@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order as it was signed, how it stands, and what may be done with it."""
    return _draw(request, selectors.get_order(request.user, pk, now=clock.now()))


@require_safe
def order_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The order on paper. A draft has no number and is not printed."""
    row = selectors.get_order(request.user, pk, now=clock.now())
    if not row.is_signed:
        raise Conflict(_("A draft is not printed: it has no number until the director signs it."))
    return pdf.answer(papers.file_name(row), papers.order(row))


@require_POST
def order_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The director signs a proposal."""
    row = selectors.get_order(request.user, pk, now=clock.now())
    form = SignForm(request.POST, today=clock.local(clock.now()).date())
    return _decide(
        request, row, form, "sign_form",
        lambda: actions.sign_proposal(by=request.user, order_id=row.pk, **form.cleaned_data),
        _("Signed: the order has its number."),
    )  # fmt: skip


@require_POST
def order_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The director declines a proposal, with a reason."""
    row = selectors.get_order(request.user, pk, now=clock.now())
    form = ReasonForm(request.POST, prefix="decline")
    return _decide(
        request, row, form, "decline_form",
        lambda: actions.decline_proposal(by=request.user, order_id=row.pk, **form.cleaned_data),
        _("Declined. The author is told why."),
    )  # fmt: skip


@require_POST
def order_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The author takes a proposal back."""
    row = selectors.get_order(request.user, pk, now=clock.now())
    actions.withdraw_proposal(by=request.user, order_id=row.pk)
    messages.success(request, _("The proposal is taken back."))
    return _there(request, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def order_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke the order by another one: first what it will do, then with a reason."""
    now = clock.now()
    row = selectors.get_order(request.user, pk, now=now)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = actions.revoke_order(by=request.user, order=row, reason=form.cleaned_data["reason"])
        except (Invalid, Conflict) as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("Revoked by order № %(number)s.") % {"number": paper.number})
            return _there(request, row.pk)
    context = {"order": row, "form": form, "foreseen": selectors.foresee_revocation(row, now)}
    name = "employees/orders/_revoke.html" if is_htmx(request) else "employees/orders/revoke.html"
    return render(request, name, context, status=400 if form.errors else 200)


@require_POST
def order_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Give effect now to an order that could not take it at its moment."""
    row = selectors.get_order(request.user, pk, now=clock.now())
    try:
        actions.retry_order(by=request.user, order_id=row.pk)
    except Invalid as refused:
        raise Conflict(next(str(text) for texts in refused.errors.values() for text in texts)) from refused
    messages.success(request, _("The order has taken effect."))
    return _there(request, row.pk)


# --- Answers -----------------------------------------------------------------------------------------


def _decide(
    request: HttpRequest, row: Order, form: Form, name: str, act: Callable[[], Order], sentence: str
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except (Invalid, Conflict) as refused:
            _refuse(form, refused)
        else:
            messages.success(request, sentence)
            return _there(request, row.pk)
    return _draw(request, row, **{name: form})


def _refuse(form: Form, refused: DomainError) -> None:
    if isinstance(refused, Invalid):
        add_errors(form, refused)
    else:
        form.add_error(None, str(refused.sentence))


def _there(request: HttpRequest, pk: int) -> HttpResponse:
    """The order as it is now."""
    url = reverse("employees:order", args=[pk])
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if is_htmx(request) else redirect(url)


def _draw(request: HttpRequest, row: Order, **forms: Form) -> HttpResponse:
    now = clock.now()
    signing = {"effective_at": clock.local(row.effective_at) if row.effective_at else None}
    context = {
        **selectors.order_page(request.user, row, now=now),
        "sign_form": SignForm(today=clock.local(now).date(), initial=signing),
        "decline_form": ReasonForm(prefix="decline"),
        **forms,
    }
    name = "employees/orders/_order.html" if is_htmx(request) else "employees/orders/order.html"
    return render(request, name, context, status=400 if forms else 200)

"""The month: people by days or a table; cells by keys, drafts published, changes confirmed, a step taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotFound
from fregat.lib.middleware import is_htmx
from shifts.roster import actions, labels, permissions, selectors
from shifts.roster.forms import FiltersForm, ReasonForm
from staff.employees.models import Employee

BACK_MAX = 400


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """The month, as a grid of people by days or as a table."""
    template = "roster/_roster.html" if is_htmx(request) else "roster/roster.html"
    return render(request, template, month_context(request, request.GET))


@require_POST
def cell(request: HttpRequest) -> HttpResponse:
    """One cell by a key: the usual day, the usual night, nothing. Answers with the person's row."""
    permissions.check_plans_at_all(request.user)
    employee, day = _person(request.POST.get("employee", "")), _day(request.POST.get("day", ""))
    try:
        actions.put(by=request.user, employee=employee, day=day, kind=request.POST.get("kind", ""))
    except Invalid as refused:
        # Keys have no form that could show the sentence beside its field.
        raise Conflict(next(iter(refused.errors.values()))[0], code=refused.code) from refused
    back = back_of(request)
    if not is_htmx(request):
        return redirect(f"{reverse('roster:roster')}?{back.urlencode()}")
    context = month_context(request, back, only=employee.username)
    return render(request, "roster/_row_answer.html", {**context, "row": context["month"].rows[0]})


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the drafts of the month within the filters; a reason when they break rules."""
    permissions.check_plans_at_all(request.user)
    back, form = back_of(request), ReasonForm(request.POST)
    filters = filters_of(request, back).filters()
    if not form.is_valid():
        return _month(request, back, publish_form=form, status=400)
    people = None
    if filters.team or filters.person:
        rows = selectors.narrowed(Employee.objects.all(), filters.team, filters.person, clock.now())
        people = list(rows.values_list("pk", flat=True))
    try:
        count = actions.publish(
            by=request.user, month=filters.month, people=people, reason=form.cleaned_data["reason"]
        )
    except Invalid as refused:
        for sentence in refused.errors["reason"]:
            form.add_error("reason", str(sentence))
        return _month(request, back, publish_form=form, status=refused.status)
    said = ngettext("%(count)s shift is published.", "%(count)s shifts are published.", count) % {
        "count": count
    }
    return _month(request, back, said)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """I have seen the changes of my shifts that stood on the page."""
    try:
        until = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        raise Conflict(_("Open the roster again: this page is out of date."), code="out_of_date")
    actions.confirm_changes(by=request.user, until=until)
    return _month(request, back_of(request), _("Thank you: it is on record that you have seen the changes."))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what I did last in drafts."""
    count = actions.undo(by=request.user)
    said = ngettext("Taken back: %(count)s shift.", "Taken back: %(count)s shifts.", count) % {"count": count}
    return _month(request, back_of(request), said)


# --- Answers -----------------------------------------------------------------------------------------


def month_context(request: HttpRequest, query: QueryDict, only: str = "") -> dict[str, Any]:
    """What the month is drawn from; `only` one person's row of it."""
    now = clock.now()
    form = filters_of(request, query)
    filters = form.filters()
    month = selectors.month(request.user, filters, now=now, only=only)
    return {
        "month": month, "filters": form, "is_list": form.is_list, "back": query.urlencode(),
        "today": clock.local(now).date(), "addresses": _addresses(query),
        "may_read_rules": permissions.can_read_rules(request.user),
        "may_read_hours": permissions.can_read_hours(request.user), "publish_form": ReasonForm(),
        "page_numbers": range(1, month.pages + 1),
        "signs": [(kind, labels.KIND_SIGNS[kind], label) for kind, label in labels.KIND_LABELS.items()],
    }  # fmt: skip


def back_of(request: HttpRequest) -> QueryDict:
    """The filters of the roster that the person came from."""
    text = (request.POST if request.method == "POST" else request.GET).get("back", "")
    return QueryDict(text if len(text) <= BACK_MAX else "")


def filters_of(request: HttpRequest, query: QueryDict) -> FiltersForm:
    """The filters in an address, understood."""
    today = clock.local(clock.now()).date()
    return FiltersForm(query, people=selectors.people_to_choose(request.user), today=today)


def _addresses(query: QueryDict) -> dict[str, str]:
    """The same filters with another view; the template adds the month to `base`."""
    made = {}
    for name, left_out in (("base", ("from", "month", "page")), ("pages", ("page",))):
        kept = query.copy()
        for key in left_out:
            kept.pop(key, None)
        text = kept.urlencode()
        made[name] = f"?{text}&" if text else "?"
    for view in ("list", ""):
        other = query.copy()
        other["view"] = view
        made[view or "grid"] = f"?{other.urlencode()}"
    return made


def _person(username: str) -> Employee:
    found = Employee.objects.filter(username=username).first() if "\0" not in username else None
    if found is None:
        raise NotFound()
    return found


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Conflict(_("Give the date and the time."), code="bad_day") from None
    if not 2000 <= day.year <= 2200:
        raise Conflict(_("Check the year."), code="bad_day")
    return day


def _month(
    request: HttpRequest, back: QueryDict, done: str = "", *, status: int = 200, **more: Any
) -> HttpResponse:
    """The month again, with what was done."""
    if not is_htmx(request) and status == 200:
        messages.success(request, done)
        return redirect(f"{reverse('roster:roster')}?{back.urlencode()}")
    template = "roster/_roster.html" if is_htmx(request) else "roster/roster.html"
    context = {**month_context(request, back), "done": done, **more}
    return render(request, template, context, status=status)

"""`/figures/`: today and the month against targets, each figure with its chart, its table and what it is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.figures import actions, rules, selectors
from cases.figures.forms import PeriodForm, TargetForm
from cases.figures.permissions import can_choose_team, can_set_target
from fregat.lib import clock, sheets
from fregat.lib.errors import Invalid
from fregat.lib.files import download
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.employees.selectors import seniors_to_choose


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure of a month in one table."""
    now = clock.now()
    period = _period(request, now)
    lines = selectors.overview(request.user, period.month_chosen, now, period.team_chosen)
    return render(request, "figures/figures.html", {"lines": lines, **_months(period)})


@require_safe
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """One figure: the month day by day, and the rows of the chosen day."""
    return _page(request, figure)


@require_POST
def target(request: HttpRequest, figure: str) -> HttpResponse:
    """The head sets what is expected from a day on."""
    now = clock.now()
    form, period = TargetForm(request.POST), _period(request, now)
    if form.is_valid():
        try:
            page = selectors.figure_page(request.user, figure, period.month_chosen, now, period.team_chosen)
            row = actions.set_target(by=request.user, figure=figure, team=page.team, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            said = _("From %(since)s the target is %(value)s %%.")
            messages.success(request, said % {"since": f"{row.since:%d.%m.%Y}", "value": row.value})
            return redirect(f"{reverse('figures:figure', args=[figure])}?{period.tail.removeprefix('&')}")
    return _page(request, figure, form, status=400)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The month as CSV or XLSX: figures by day, no persons (security: export without persons)."""
    now = clock.now()
    period = _period(request, now)
    rows = selectors.table(selectors.overview(request.user, period.month_chosen, now, period.team_chosen))
    name = _("Figures %(month)s") % {"month": f"{period.month_chosen:%Y-%m}"}
    if request.GET.get("format") == "csv":
        return download(sheets.write_csv([_headings(), *rows]), sheets.CSV, f"{name}.csv")
    content = sheets.write([(name, _headings(), rows)], mark=request.user.full_name)
    return download(content, sheets.XLSX, f"{name}.xlsx")


def _page(request: HttpRequest, code: str, form: TargetForm | None = None, status: int = 200) -> HttpResponse:
    now = clock.now()
    today = clock.local(now).date()
    period = _period(request, now)
    after, failed = period.chosen("after") or 0, bool(period.chosen("failed"))
    day = period.day_chosen
    context: dict[str, Any] = {"day": day, "failed": failed, "code": code}
    if day:
        context["made_of"] = selectors.made_of(
            request.user, code, day, now, team=period.team_chosen, after=after, failed=failed
        )
    if after and is_htmx(request) and day:
        return render(request, "figures/_made_of_rows.html", context)
    page = selectors.figure_page(request.user, code, period.month_chosen, now, period.team_chosen)
    if page.line.figure.is_share and can_set_target(request.user, page.team):
        context["form"] = form or TargetForm(initial={"value": page.line.target, "since": today})
    context |= {"line": page.line, "targets": page.targets, "team": page.team, **_months(period)}
    return render(request, "figures/figure.html", context, status=status)


def _period(request: HttpRequest, now: datetime) -> PeriodForm:
    """What the address asks for; a team is chosen by whoever sees the centre."""
    teams = seniors_to_choose(request.user, now) if can_choose_team(request.user) else ()
    return PeriodForm(request.GET, today=clock.local(now).date(), teams=teams)


def _months(period: PeriodForm) -> dict[str, Any]:
    """The month and its neighbours; none after the running one."""
    month = period.month_chosen
    following = rules.next_month(month)
    return {
        "month": month, "before": rules.month_before(month), "today": period.today,
        "following": following if following <= period.today else None, "tail": period.tail, "period": period,
    }  # fmt: skip


def _headings() -> list[str]:
    return [_("Figure"), _("Day"), _("As it should be"), _("Of how many"), _("Share, %"), _("Target, %")]

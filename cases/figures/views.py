"""`/figures/`: today and the month against targets, each figure with its chart, its table and what it is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.figures import actions, rules, selectors
from cases.figures.forms import PeriodForm, TargetForm
from fregat.lib import clock, sheets
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import lets


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure of a month in one table."""
    now = clock.now()
    period = PeriodForm(request.GET, today=clock.local(now).date())
    lines = selectors.overview(request.user, period.month_chosen, now)
    return render(request, "figures/figures.html", {"lines": lines, **_months(period)})


@require_safe
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """One figure: the month day by day, and the rows of the chosen day."""
    return _page(request, figure)


@require_POST
def target(request: HttpRequest, figure: str) -> HttpResponse:
    """The head sets what is expected from a day on."""
    form = TargetForm(request.POST)
    if form.is_valid():
        try:
            row = actions.set_target(by=request.user, figure=figure, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            said = _("From %(since)s the target is %(value)s %%.")
            messages.success(request, said % {"since": f"{row.since:%d.%m.%Y}", "value": row.value})
            return redirect("figures:figure", figure)
    return _page(request, figure, form, status=400)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The month as CSV or XLSX: figures by day, no persons (security: export without persons)."""
    now = clock.now()
    period = PeriodForm(request.GET, today=clock.local(now).date())
    rows = selectors.table(selectors.overview(request.user, period.month_chosen, now))
    name = _("Figures %(month)s") % {"month": f"{period.month_chosen:%Y-%m}"}
    if request.GET.get("format") == "csv":
        return _file(sheets.write_csv([_headings(), *rows]), "text/csv; charset=utf-8", f"{name}.csv")
    content = sheets.write([(name, _headings(), rows)], mark=request.user.full_name)
    return _file(content, sheets.XLSX, f"{name}.xlsx")


def _page(request: HttpRequest, code: str, form: TargetForm | None = None, status: int = 200) -> HttpResponse:
    now = clock.now()
    today = clock.local(now).date()
    period = PeriodForm(request.GET, today=today)
    after, failed = period.chosen("after") or 0, bool(period.chosen("failed"))
    day = period.day_chosen
    context: dict[str, Any] = {"day": day, "failed": failed, "code": code}
    if day:
        context["made_of"] = selectors.made_of(request.user, code, day, now, after=after, failed=failed)
    if after and is_htmx(request) and day:
        return render(request, "figures/_made_of_rows.html", context)
    page = selectors.figure_page(request.user, code, period.month_chosen, now)
    sets = page.line.figure.is_share and lets(request.user, "figure.target")
    if sets:
        context["form"] = form or TargetForm(initial={"value": page.line.target, "since": today})
    context |= {"line": page.line, "targets": page.targets, **_months(period)}
    return render(request, "figures/figure.html", context, status=status)


def _months(period: PeriodForm) -> dict[str, date | None]:
    """The month and its neighbours; none after the running one."""
    month = period.month_chosen
    following = rules.next_month(month)
    return {
        "month": month, "before": rules.month_before(month), "today": period.today,
        "following": following if following <= period.today else None,
    }  # fmt: skip


def _headings() -> list[str]:
    return [_("Figure"), _("Day"), _("As it should be"), _("Of how many"), _("Share, %"), _("Target, %")]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer

"""The rules of working time: what holds, since when, on what ground; changed in place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fregat.lib import clock
from fregat.lib.errors import Invalid
from shifts.roster import actions, labels, permissions, selectors
from shifts.roster.forms import RuleForm


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules; `?change=rest` opens the form of one."""
    today = clock.local(clock.now()).date()
    if request.method != "POST":
        chosen = request.GET.get("change", "")
        line = next((one for one in selectors.rule_lines(today) if one.kind == chosen), None)
        return _page(request, RuleForm(line=line, today=today) if line else None)
    permissions.check_sets_rules(request.user)
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        row = actions.set_rule(by=request.user, **form.cleaned_data)
    except Invalid as refused:
        form.add_refusal(refused)
        return _page(request, form, refused.status)
    words = {"rule": labels.RULE_LABELS[row.kind], "day": f"{row.since:%d.%m.%Y}"}
    messages.success(request, _("%(rule)s: the new terms hold from %(day)s.") % words)
    return redirect("roster:rules")


def _page(request: HttpRequest, form: RuleForm | None, status: int = 200) -> HttpResponse:
    today = clock.local(clock.now()).date()
    lines = [
        {"line": one, "label": labels.RULE_LABELS[one.kind], "unit": labels.RULE_UNITS[one.kind],
         "source": labels.source(one.kind)}
        for one in selectors.rule_lines(today)
    ]  # fmt: skip
    context = {
        "lines": lines, "form": form, "may_set": permissions.can_set_rules(request.user), "today": today,
        "changed": any(one["line"].changes for one in lines),
    }  # fmt: skip
    return render(request, "roster/rules.html", context, status=status)

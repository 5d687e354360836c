"""The rows of the list of cases, drawn without a template: fifty of them are most of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.casework.labels import STATUS_LABELS
from cases.casework.models import Case
from fregat.lib.html import format_html, format_html_join
from fregat.lib.templatetags import ui

register = template.Library()

_ROW = (
    "<tr{}>\n"
    '<td><a class="row-link nowrap" href="{}{}/">{}</a>{}</td>\n'
    "<td>{}{}</td>\n"
    '<td data-label="{}">{}{}</td>\n'
    '<td data-label="{}">{}</td>\n'
    '<td data-label="{}">{}</td>\n'
    '<td data-label="{}">{}</td>\n'
    '<td data-label="{}">{}</td>\n'
    "</tr>\n"
)


@register.simple_tag
def case_lines(cases: Iterable[Any], now: datetime) -> SafeString:
    """A row for each of `selectors.lines`, with when it is next due (`due_at`) and whether something waits (`told`)."""
    url, unknown = reverse("casework:cases"), format_html('<span class="text-soft">{}</span>', _("not known"))
    who, where, whose = _("Insured person"), _("Place"), _("Responsible")
    due, opened = _("Next due"), _("Opened")
    status = cache(lambda code: ui.drawn(**ui.status_badge(code, str(STATUS_LABELS[code]))))
    name = cache(lambda row: row.name)
    provisional = ui.drawn(**ui.badge(_("provisional"), "warn"))
    told = ui.drawn(**ui.badge(_("told, not acknowledged"), "bad", "siren"))
    return format_html_join(
        "", _ROW,
        (
            (
                SafeString(" data-urgent") if case.due_at and case.due_at < now else "",
                url, case.number, case.number, provisional if case.provisional else "",
                status(case.status), told if case.told else "",
                who, case.who or "—", _insurer(case, name),
                where, _place(case, name) or unknown,
                whose, case.responsible.short_name,
                due, _due(case),
                opened, ui.when(case.opened_at, "short"),
            )
            for case in cases
        ),
    )  # fmt: skip


def _insurer(case: Case, name: Callable[[Any], str]) -> str:
    return format_html('<br><span class="text-soft">{}</span>', name(case.insurer)) if case.insurer else ""


def _place(case: Case, name: Callable[[Any], str]) -> str:
    if not case.country:
        return ""
    return f"{name(case.country)}, {case.city}" if case.city else name(case.country)


def _due(case: Any) -> str:
    if not case.due_at:
        return ""
    return format_html(
        "{} {}", ui.two_clocks(case.due_at, case.zone, case.place), ui.countdown(case.due_at, 15)
    )

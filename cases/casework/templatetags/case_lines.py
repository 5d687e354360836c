"""The rows of the list of cases, drawn without a template: fifty of them are most of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
    provisional = ui.drawn(**ui.badge(_("provisional"), "warn"))
    told = ui.drawn(**ui.badge(_("told, not acknowledged"), "bad", "siren"))
    return format_html_join(
        "", _ROW,
        (
            (
                SafeString(" data-urgent") if case.due_at and case.due_at < now else "",
                url, case.number, case.number, provisional if case.provisional else "",
                ui.drawn_once(**ui.status_badge(case.status, case.get_status_display())), told if case.told else "",
                who, case.who or "—", _insurer(case),
                where, _place(case) or unknown,
                whose, case.responsible.short_name,
                due, _due(case),
                opened, ui.when(case.opened_at, "short"),
            )
            for case in cases
        ),
    )  # fmt: skip


def _insurer(case: Case) -> str:
    return format_html('<br><span class="text-soft">{}</span>', case.insurer.name) if case.insurer else ""


def _place(case: Case) -> str:
    if not case.country:
        return ""
    return f"{case.country.name}, {case.city}" if case.city else case.country.name


def _due(case: Any) -> str:
    if not case.due_at:
        return ""
    return format_html(
        "{} {}", ui.two_clocks(case.due_at, case.zone, case.place), ui.countdown(case.due_at, 15)
    )

"""A cell of the month: there are thousands of them on a page, so they are written here and not by a template."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fregat.lib import clock
from fregat.lib.html import format_html, format_html_join
from shifts.roster import labels, rules
from shifts.roster.models import Shift, Wish
from shifts.roster.selectors.month import Cell, Entry, Row

register = template.Library()

_TONES = {"day": "accent", "night": "info"}


@register.simple_tag
def month_cell(row: Row, cell: Cell, today: date) -> SafeString:
    """`<td>` with its shifts; where one may plan, keys and the mouse work in it."""
    css = "cell weekend" if cell.day.weekday() > 4 else "cell"
    if cell.day == today:
        css += " is-today"
    marks = format_html_join(" ", "{}", ((_mark(entry),) for entry in cell.entries))
    marks += format_html_join(" ", "{}", ((_wish(wish),) for wish in cell.wishes))
    editable = row.editable and (cell.day >= today or bool(cell.entries))
    return format_html(
        '<td id="c-{}-{}" class="{}" tabindex="-1"{}>{}</td>',
        row.employee.pk,
        f"{cell.day:%Y%m%d}",
        css,
        format_html(' data-who="{}" data-day="{}"', row.employee.username, f"{cell.day}") if editable else "",
        marks,
    )


@register.simple_tag
def sequence(text: str) -> str:
    """A pattern with the letters of the reader's language: `Д Д Н Н – –`."""
    signs = {kind: str(sign) for kind, sign in labels.KIND_SIGNS.items()}
    words = rules.write_pattern(rules.read_pattern(text), signs).split(" ")
    return " ".join("–" if word == "-" else word.replace("-", "–") for word in words)


@register.simple_tag
def hours(length: timedelta) -> str:
    """`168:00`, empty for nothing."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else ""


def _mark(entry: Entry) -> SafeString:
    shift = entry.shift
    css = f"mark tone-{_TONES.get(shift.kind, 'quiet')}"
    css += " is-draft" if shift.is_draft else ""
    css += " is-faulty" if entry.faults else ""
    css += " is-now" if entry.running else ""
    words = " ".join([_facts(shift, entry), *entry.faults])
    shown = format_html(
        '<span aria-hidden="true">{}{}{}{}</span><span class="visually-hidden">{}</span>',
        entry.sign,
        "★" if shift.leads else "",
        "!" if entry.faults else "",
        "" if entry.is_usual else format_html("<small>{}</small>", _hours(shift)),
        words,
    )
    if not entry.editable:
        return format_html('<span class="{}" title="{}">{}</span>', css, words, shown)
    return format_html(
        '<a id="shift-{}" class="{}" tabindex="-1" href="{}" title="{}">{}</a>',
        shift.pk, css, reverse("roster:shift", args=[shift.pk]), words, shown,
    )  # fmt: skip


def _wish(wish: Wish) -> SafeString:
    words = " ".join(filter(None, [f"{labels.WISH_LABELS[wish.kind]}.", wish.note]))
    return format_html(
        '<span class="mark wish" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        words, labels.WISH_SIGNS[wish.kind], words,
    )  # fmt: skip


def _facts(shift: Shift, entry: Entry) -> str:
    """`day 08:00–20:00, draft, leads.`"""
    said = [f"{labels.KIND_LABELS[shift.kind]} {labels.span(shift.starts_at, shift.ends_at)}"]
    said += [pgettext("shift", "draft")] if shift.is_draft else []
    said += [pgettext("shift", "leads")] if shift.leads else []
    said += [_("now")] if entry.running else []
    said += [_("the change is not confirmed yet")] if shift.is_unconfirmed else []
    return ", ".join(said) + "."


def _hours(shift: Shift) -> str:
    """`9–18`, `9:30–18`: as short as a cell."""
    return "–".join(
        f"{moment.hour}:{moment.minute:02}" if moment.minute else str(moment.hour)
        for moment in (clock.local(shift.starts_at), clock.local(shift.ends_at))
    )

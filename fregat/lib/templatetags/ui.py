"""Components of the interface: `{% load ui %}`, then as `docs/components.md` shows.

Each renders a template of `templates/components/`, or draws a small mark itself: a page's markup stays in one place.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import lucide
from babel.dates import get_timezone, get_timezone_location
from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fregat.lib import clock, drawing, phones
from fregat.lib.html import format_html, format_html_join

register = template.Library()

TONES = {"good", "warn", "bad", "info", "accent", "quiet"}
_TONE_OF_LEVEL = {"success": "good", "warning": "warn", "error": "bad", "info": "info", "debug": "quiet"}
_VERDICT_ICONS = {"covered": "circle-check", "not_covered": "circle-x", "ask": "circle-question-mark"}
_SIZES = {"": "icon", "large": "icon icon-large"}


# --- Icons and small marks -----------------------------------------------------------------------


@lru_cache(maxsize=512)
def _svg(name: str, css: str) -> SafeString:
    drawing = lucide._render_icon(name, None, **{"class": css, "aria-hidden": "true", "focusable": "false"})
    return SafeString(drawing)  # drawn by lucide from its own file, no text of ours in it


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of lucide's, hidden from screen readers: a word always stands beside it."""
    return _svg(str(name), _SIZES[size])


@register.simple_tag
def kbd(*keys: str) -> SafeString:
    """A key as people see it on the keyboard: `{% kbd "Ctrl" "Enter" %}`."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in keys))


@register.filter
def tone(level: str) -> str:
    """The tone of a message's level."""
    return _TONE_OF_LEVEL.get(str(level).split(" ")[-1], "info")


Function = TypeVar("Function", bound=Callable[..., dict[str, Any]])


def mark(library: template.Library, *, kept: bool = False) -> Callable[[Function], Function]:
    """A tag that draws a word in a colour; its function says `label`, `css`, perhaps `sign`, `kind` with `code`, and
    `shown` when it is not always there. Drawn without a template: a list shows hundreds. `kept`: its words come from
    a table and are drawn once.
    """
    draw = drawn_once if kept else drawn

    def registered(function: Function) -> Function:
        @wraps(function)
        def tag(*args: Any, **kwargs: Any) -> SafeString:
            return draw(**function(*args, **kwargs))

        library.simple_tag(tag, name=function.__name__)
        return function

    return registered


def drawn_once(*, label: object, **said: Any) -> SafeString:
    """The same as `drawn`, of words that come from a table."""
    return _kept(label=str(label), **said)


def drawn(
    *, label: object = "", css: str = "", sign: str = "", kind: str = "", code: str = "", shown: bool = True
) -> SafeString:
    """The mark that a function under `mark` describes."""
    if not shown:
        return SafeString("")
    data = format_html(' data-{}="{}"', kind, code) if kind else ""
    # The line's end keeps two marks apart.
    return format_html(
        '<span class="mark {}"{}>{}{}</span>\n', css, data, _svg(sign, _SIZES[""]) if sign else "", label
    )


_kept = lru_cache(maxsize=1024)(drawn)


@mark(register)
def badge(label: object, tone: str = "quiet", icon: str = "") -> dict[str, Any]:
    """A word in a tone. `tone`: good, warn, bad, info, accent, quiet."""
    return {"label": label, "css": f"tone-{tone if tone in TONES else 'quiet'}", "sign": icon}


@mark(register, kept=True)
def status_badge(code: str, label: object) -> dict[str, Any]:
    """The status of a case: the glossary's label in the colour of its code."""
    return {"label": label, "css": f"status-{code}", "sign": "", "kind": "status", "code": code}


@mark(register, kept=True)
def verdict_badge(code: str, label: object) -> dict[str, Any]:
    """The verdict on the cover: word, sign and colour together."""
    return {
        "label": label, "css": f"verdict verdict-{code}", "kind": "verdict", "code": code,
        "sign": _VERDICT_ICONS.get(code, "circle-question-mark"),
    }  # fmt: skip


@register.inclusion_tag("components/notice.html")
def notice(
    text: object, tone: str = "info", advice: object = "", title: object = "", closable: bool = False
) -> dict[str, Any]:
    """A sentence that must be seen, with advice on what to do."""
    signs = {"good": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert"}
    return {
        "text": text, "tone": tone, "advice": advice, "title": title, "closable": closable,
        "sign": signs.get(tone, "info"),
    }  # fmt: skip


@register.inclusion_tag("components/empty.html")
def empty(
    title: object, text: object = "", icon: str = "inbox", url: str = "", action: object = "", key: str = ""
) -> dict[str, Any]:
    """What stands where a list is empty: says why, and what to do next."""
    return {"title": title, "text": text, "sign": icon, "url": url, "action": action, "key": key}


@register.filter
def phone(number: str) -> str:
    """A phone number in groups, as people read it aloud: `+380 67 123 4567`; what is none stays as it is."""
    return phones.read_aloud(number)


@register.inclusion_tag("components/copy.html")
def copy(text: object) -> dict[str, Any]:
    """A text with a button that copies it."""
    return {"text": text}


# --- Time ----------------------------------------------------------------------------------------


@register.filter
def iso(instant: datetime | None) -> str:
    """The instant for a script or `<time datetime>`."""
    return instant.isoformat() if instant else ""


@register.filter
def hour(instant: datetime | None) -> str:
    """The time of day in Kyiv: `17:05`."""
    return clock.local(instant).strftime("%H:%M") if instant else ""


@register.simple_tag
def when(instant: datetime | None, style: str = "full") -> SafeString:
    """A time in Kyiv: `23.11.2026 17:05`; style `day` gives the date, `time` the hour, `short` no year."""
    if instant is None:
        return SafeString("")
    shape = {"full": "%d.%m.%Y %H:%M", "short": "%d.%m %H:%M", "day": "%d.%m.%Y", "time": "%H:%M"}[style]
    text = clock.local(instant).strftime(shape)
    return format_html('<time class="nowrap" datetime="{}">{}</time>', instant.isoformat(), text)


@register.simple_tag
def two_clocks(instant: datetime | None, zone: str = "", place: object = "") -> SafeString:
    """The time in Kyiv and, when it differs, in the zone of the person or the provider.

    `zone` is an IANA name (`Asia/Tokyo`); an unknown one shows Kyiv alone. `place` names it for people.
    """
    there = _there(instant, zone)
    if not there:
        return format_html('<span class="clocks">{}</span>', when(instant))
    named = place or _city_in(zone, get_language() or "uk")
    local = _("%(there)s local (%(place)s)") % {"there": there, "place": named}
    return format_html(
        '<span class="clocks">{} <span class="clock-zone">{}</span></span>', when(instant), local
    )


@register.inclusion_tag("components/there.html")
def there(instant: datetime, zone: str) -> dict[str, Any]:
    """The time of day in a place, first and strong, and the day when it is another one than in Kyiv.

    An unknown place is said to be shown on Kyiv's clock.
    """
    local, here = _in_zone(instant, zone), clock.local(instant)
    at = local or here
    day = f"{at:%d.%m}" if at.date() != here.date() else ""
    return {"instant": instant.isoformat(), "time": f"{at:%H:%M}", "day": day, "known": local is not None}


def _in_zone(instant: datetime, zone: str) -> datetime | None:
    try:
        return instant.astimezone(ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _there(instant: datetime | None, zone: str) -> str:
    local = _in_zone(instant, zone) if instant else None
    here = clock.local(instant) if instant else None
    if local is None or here is None or local.utcoffset() == here.utcoffset():
        return ""
    return local.strftime("%H:%M" if local.date() == here.date() else "%d.%m %H:%M")


@lru_cache(maxsize=1024)
def _city_in(zone: str, language: str) -> str:
    """The zone's city in the language of the page: `Europe/Rome` is «Рим»."""
    if not zone:
        return ""
    try:
        return get_timezone_location(get_timezone(zone), locale=language, return_city=True)
    except (LookupError, ValueError):
        return zone.rpartition("/")[2].replace("_", " ")


@register.simple_tag
def countdown(until: datetime | None, soon_minutes: int = 3) -> SafeString:
    """The time left until an instant, counted by the browser; `soon_minutes` before it is emphasised."""
    if until is None:
        return SafeString("")
    return format_html(
        '<time class="countdown" datetime="{0}" data-countdown-to="{0}" data-soon="{1}" data-until="{2}">{2}</time>',
        iso(until), soon_minutes * 60, hour(until),
    )  # fmt: skip


# --- Forms ---------------------------------------------------------------------------------------


def _css_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _describe(bound: BoundField) -> str:
    parts = [f"{bound.auto_id}_help"] if bound.help_text else []
    return " ".join([*parts, f"{bound.auto_id}_error"] if bound.errors else parts)


def _choices(bound: BoundField) -> list[BoundWidget]:
    """The radio buttons or boxes of a field, each to be drawn beside its own label."""
    choices = list(bound.subwidgets)
    for choice in choices:
        choice.data["attrs"] |= {"class": "form-check-input"}
    return choices


@register.simple_tag
def field(bound: BoundField, **attrs: Any) -> SafeString:
    """A form's field with its label, help and error. Other arguments become attributes of the control.

    `{% field form.city width="w-half" hx_post=url autofocus=True %}`: underscores become hyphens,
    `width` sizes the field in a `.form-grid`, `label` and `help` replace those of the form, False leaves an
    attribute out.
    """
    width, label, help_text = (attrs.pop(name, "") for name in ("width", "label", "help"))
    widget = bound.field.widget
    css = f"{_css_of(widget)}{' is-invalid' if bound.errors else ''} {attrs.pop('css', '')}".strip()
    control: dict[str, Any] = {"class": css, "aria-describedby": _describe(bound) or False}
    control["aria-invalid"] = "true" if bound.errors else False
    control |= {name.replace("_", "-"): value for name, value in attrs.items()}
    many = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    one = isinstance(widget, forms.CheckboxInput)
    label, hint = label or bound.label, help_text or bound.help_text
    drawn = _choices(bound) if many else bound.as_widget(attrs=control)
    if not (many or one):
        return drawing.labelled(bound, width=width, label=label, hint=hint, control=drawn)
    context = {"field": bound, "width": width, "label": label, "help": hint, "control": drawn}
    return SafeString(get_template(f"components/field_{'choices' if many else 'check'}.html").render(context))


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole, and how many fields need a look."""
    return {"form": form, "hidden": [e for f in form.hidden_fields() for e in f.errors]}


# --- Larger pieces -------------------------------------------------------------------------------


@register.inclusion_tag("components/conflict.html")
def conflict(mine: dict[str, str], theirs: dict[str, str], who: object = "") -> dict[str, Any]:
    """Both versions side by side after a stale save; the rows that differ are marked."""
    labels = list(dict.fromkeys([*mine, *theirs]))
    rows = [(label, mine.get(label, ""), theirs.get(label, "")) for label in labels]
    return {"rows": rows, "who": who}

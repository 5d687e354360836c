"""Fields and widgets of forms without a template for each: a case has some thirty, a template costs ten times more.

What is not named here is drawn by Django's own templates. A test compares both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fregat.lib.html import format_html, format_html_join

Widget = Mapping[str, Any]


def _attrs(widget: Widget) -> SafeString:
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return format_html_join(
        "",
        "{}",
        (
            (f" {name}" if value is True else format_html(' {}="{}"', name, str(value)),)
            for name, value in given
        ),
    )


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    said = "" if value is None else format_html(' value="{}"', str(value))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], said, _attrs(widget)
    )


def _textarea(widget: Widget) -> SafeString:
    text = localize(widget["value"]) if widget["value"] else ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attrs(widget), text)


def _option(widget: Widget) -> SafeString:
    label = localize(widget["label"])
    return format_html('<option value="{}"{}>{}</option>', str(widget["value"]), _attrs(widget), label)


def _select(widget: Widget) -> SafeString:
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = format_html_join("", "\n  {}\n", ((_option(option),) for option in options))
        groups.append(
            format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, drawn) if name else drawn
        )
    rows = format_html_join("", "{}", ((group,) for group in groups))
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], _attrs(widget), rows)


def labelled(field: BoundField, *, width: str, label: object, hint: object, control: object) -> SafeString:
    """A control under its label, with its help and its error."""
    optional = ""
    if not field.field.required:
        optional = format_html(' <span class="field-optional">{}</span>', _("optional"))
    notes = []
    if hint:
        notes.append(format_html('<div class="form-hint" id="{}_help">{}</div>', field.auto_id, hint))
    if field.errors:
        faults = format_html_join(" ", "{}", ((fault,) for fault in field.errors))
        notes.append(format_html('<p class="field-error" id="{}_error">{}</p>', field.auto_id, faults))
    return format_html(
        '<div class="field {}">\n  <label class="form-label" for="{}">{}{}</label>\n  {}\n  {}\n</div>\n',
        width, field.id_for_label, label, optional, control, format_html_join("\n", "{}", ((one,) for one in notes)),
    )  # fmt: skip


_INPUTS = (
    "input",
    "text",
    "date",
    "datetime",
    "time",
    "number",
    "email",
    "tel",
    "search",
    "url",
    "password",
    "hidden",
    "checkbox",
)
_DRAWN: dict[str, Callable[[Widget], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}


class Renderer(DjangoTemplates):
    """Django's renderer of forms, quicker for the plain widgets."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The widget's HTML."""
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)

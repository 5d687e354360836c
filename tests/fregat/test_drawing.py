"""What is drawn without a template is what Django's templates draw."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from fregat.lib.drawing import Renderer

CHOICES = [
    ("", "–"),
    ("a&b", "<Київ> & «Львів»"),
    (3, gettext_lazy("Save")),
    ("г", [("x", "Ікс"), ("y", "Ігрек")]),
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(attrs={"class": 'a "b"', "autofocus": True, "hidden": False, "data-n": 7}),
    forms.NumberInput(attrs={"step": "0.01"}),
    forms.EmailInput(), forms.URLInput(), forms.PasswordInput(), forms.PasswordInput(render_value=True),
    forms.HiddenInput(), forms.DateInput(), forms.DateTimeInput(), forms.TimeInput(), forms.CheckboxInput(),
    forms.Textarea(attrs={"rows": 3}), forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES), forms.CheckboxSelectMultiple(choices=CHOICES),
]  # fmt: skip
VALUES: list[Any] = [
    None,
    "",
    "0",
    0,
    3,
    1234567,
    Decimal("1234.50"),
    date(2026, 2, 28),
    "a&b",
    "<b>'\"&",
    True,
    SafeString("<i>x</i>"),
    ["a&b", "y"],
]


def plain(text: str) -> str:
    """Without the space between options, which no browser shows."""
    return "".join(line.strip() for line in text.splitlines()) if "<option" in text else text


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_every_value_is_drawn_as_by_django(widget: forms.Widget) -> None:
    for value in VALUES:
        mine = widget.render("name<", value, {"id": "id_1"}, renderer=Renderer())
        theirs = widget.render("name<", value, {"id": "id_1"}, renderer=DjangoTemplates())
        assert plain(mine) == plain(theirs), value
        assert isinstance(mine, SafeString)

"""The field for «it is really me»."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class InPersonField(forms.CharField):
    """The password, or a code of the second factor, again: asked by `actions.confirm_in_person`.

    Drawn empty after a refusal, kept in no draft (its name must be `secret`).
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your password or a code of your second factor"))
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault(
            "widget", forms.PasswordInput(attrs={"autocomplete": "current-password"}, render_value=False)
        )
        super().__init__(strip=False, **kwargs)

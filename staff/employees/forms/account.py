"""The first password of an appointed employee, given by the administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False)
    return forms.CharField(label=label, max_length=500, strip=False, widget=widget)


class AccountForm(forms.Form):
    """A password, twice."""

    password = _password(_("Password"))
    again = _password(_("Password again"))

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and given["password"] != given["again"]:
            self.add_error("again", _("This is not the same password."))
        return given

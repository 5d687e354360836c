"""Lists chosen from by a few keys, in either language and either keyboard layout (`data-combobox`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Sentence
from fregat.lib.html import format_html, format_html_join

Named = tuple[str, str, str]
"""Code, name, other names (`|` between them)."""

NONE_SUCH = {"data-none": _("There is nothing like this in the list: type the first letters.")}
"""Attributes of a select: what is said when nothing of the list is like what was typed."""


class Offered(BaseChoiceIterator):
    """Choices with their other names, as they are: Django would go through 250 countries several times in each form."""

    def __init__(self, rows: tuple[Named, ...]) -> None:
        self.rows = rows
        self.pairs = [(code, name) for code, name, _keys in rows]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Codes and names."""
        return iter(self.pairs)


@lru_cache(maxsize=64)
def _offered(rows: tuple[Named, ...]) -> Offered:
    return Offered(rows)


@lru_cache(maxsize=64)
def _options(
    rows: tuple[Named, ...], chosen: frozenset[str], closed: tuple[tuple[str, str], ...]
) -> SafeString:
    """The same 250 countries are drawn for every call: once while nothing of them changes."""
    whys = dict(closed)
    return format_html_join(
        "",
        '<option value="{}"{}{}{}>{}</option>',
        (
            (
                code,
                format_html(' data-keys="{}"', keys) if keys else "",
                SafeString(" selected" if code in chosen else ""),
                SafeString(" disabled" if code in whys else ""),
                f"{label} – {whys[code]}" if code in whys else label,
            )
            for code, label, keys in rows
        ),
    )


class KeyedSelect(forms.Select):
    """A select that `data-combobox` turns into a list found by a few keys: its options carry their other names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closed: dict[str, Sentence] = {}
        """Options that cannot be chosen now, with why."""

    @property
    def keys(self) -> bool:
        """Is there anything to find by a few keys?"""
        return isinstance(self.choices, Offered) and any(code for code, _name, _keys in self.choices.rows)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Django's own drawing asks a template for each option: for 250 countries that is most of a page's time."""
        chosen = set(self.format_value(value))
        all_attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        if self.allow_multiple_selected:
            all_attrs["multiple"] = True
        if isinstance(self.choices, Offered):
            rows = self.choices.rows
        else:
            rows = tuple((str(code), str(label), "") for code, label in self.choices)
        options = _options(
            rows, frozenset(chosen), tuple((code, str(why)) for code, why in self.closed.items())
        )
        return format_html("<select{}>{}</select>", flatatt(all_attrs), options)


class KeyedSelectMultiple(KeyedSelect, forms.SelectMultiple):
    """The same for several."""


def offer(
    field: Any, rows: Iterable[Named], *, empty: bool = True, closed: Mapping[str, Sentence] | None = None
) -> None:
    """Fill a choice field with codes and names, and its widget with the other names; `closed`: why not these."""
    listed = rows if isinstance(rows, tuple) else tuple((code, str(name), keys) for code, name, keys in rows)
    field.choices = _offered((("", "", ""), *listed) if empty else listed)
    field.widget.closed = dict(closed or {})

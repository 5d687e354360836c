"""What is drawn fast is escaped exactly as Django escapes it (`fregat.lib.html`)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import html as django
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from fregat.lib.html import escaped, format_html, format_html_join

VALUES = st.one_of(
    st.text(alphabet=st.sampled_from("&<>\"'aїЖ{} \n")), st.integers(), st.booleans(), st.none(), st.floats(),
    st.text().map(mark_safe), st.just(gettext_lazy("Insured person")), st.binary(max_size=5),
)  # fmt: skip


@given(VALUES)
def test_escaped_like_django(value: Any) -> None:
    assert escaped(value) == django.conditional_escape(value)


@given(st.lists(st.tuples(VALUES, VALUES)), st.sampled_from(["", ", ", "<br>", mark_safe("<br>")]))
def test_joined_like_django(rows: list[tuple[Any, Any]], separator: str) -> None:
    assert format_html_join(separator, "<b>{}</b> {}", rows) == django.format_html_join(
        separator, "<b>{}</b> {}", rows
    )


def test_named_values_and_what_it_gives() -> None:
    said = format_html('<i title="{what}">{}</i>', "<b>", what="it's")
    assert said == '<i title="it&#x27;s">&lt;b&gt;</i>'
    assert isinstance(said, SafeString)
    with pytest.raises(IndexError):
        format_html("{} {}", "one")

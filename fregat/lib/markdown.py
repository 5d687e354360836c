"""Texts with headings and lists, written in Markdown: turned into HTML that can do no harm.

Raw HTML is text here, pictures are not loaded, and what comes out is cleaned once more by a list of what
may stand in it. Headings begin with the second level: the page has the first one itself.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import nh3
from django.core.cache import cache
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LOWEST = 6
_KEPT_SECONDS = 24 * 3600
_MAKE = 2
"""Part of the cache's key: a change of the rules above must change it."""


def render(text: str) -> SafeString:
    """The text as HTML of our own list of tags; kept for a day, since a long text takes up to a second."""
    key = f"markdown:{_MAKE}:{sha256(text.encode()).hexdigest()}"
    made: str | None = cache.get(key)
    if made is None:
        made = _made(text)
        cache.set(key, made, _KEPT_SECONDS)
    return SafeString(made)


def _made(text: str) -> str:
    # A parser of its own for each text: it is not said to be safe for threads.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image"])
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    html: str = parser.renderer.render(_lowered(tokens), parser.options, environment)
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
    )


def _lowered(tokens: list[Token]) -> list[Token]:
    """Headings from the second level on and without a gap, whatever levels the author chose."""
    open_levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1:])
            while open_levels and open_levels[-1] >= written:
                open_levels.pop()
            open_levels.append(written)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(len(open_levels) + 1, _LOWEST)}"
    return tokens

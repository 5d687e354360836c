"""Texts with headings and lists, written in Markdown: turned into HTML that can do no harm.

Raw HTML is text here, pictures are not loaded, and what comes out is cleaned once more by a list of what
may stand in it. Headings begin with the second level: the page has the first one itself.
"""

from __future__ import annotations

from collections.abc import Callable
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
    return SafeString(_kept("markdown", text, _made))


def words(text: str) -> str:
    """What a reader of the page sees, without signs of Markdown: a paragraph, an item or a row of a table a line.

    For comparing two texts; it is plain text, to be escaped as any other. Kept like the HTML.
    """
    return _kept("markdown-words", text, _words)


def _kept(kind: str, text: str, make: Callable[[str], str]) -> str:
    key = f"{kind}:{_MAKE}:{sha256(text.encode()).hexdigest()}"
    made: str | None = cache.get(key)
    if made is None:
        made = make(text)
        cache.set(key, made, _KEPT_SECONDS)
    return made


def _parser() -> MarkdownIt:
    # One for each text: it is not said to be safe for threads.
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image"])


class _Lists:
    """The lists that are open: how far an ordered one has counted, None of one with points."""

    def __init__(self) -> None:
        self._counts: list[int | None] = []
        self._mark = ""

    def follow(self, token: Token) -> None:
        """A list or an item begins or ends."""
        if token.type == "ordered_list_open":
            self._counts.append(int(token.attrGet("start") or 1) - 1)
        elif token.type == "bullet_list_open":
            self._counts.append(None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self._counts.pop()
        elif token.type == "list_item_open":
            count = self._counts[-1]
            self._counts[-1] = None if count is None else count + 1
            self._mark = "  " * (len(self._counts) - 1) + ("• " if count is None else f"{count + 1}. ")

    def mark(self) -> str:
        """What stands before the first paragraph of an item."""
        taken, self._mark = self._mark, ""
        return taken


def _words(text: str) -> str:
    lines: list[str] = []
    lists = _Lists()
    cells: list[str] = []
    in_row = False
    for token in _parser().parse(text):
        lists.follow(token)
        if token.type == "tr_open":
            in_row, cells = True, []
        elif token.type == "tr_close":
            in_row = False
            lines.append(" | ".join(cells))
        elif token.type == "inline" and in_row:
            cells.append(_said(token))
        elif token.type == "inline":
            lines.append(lists.mark() + _said(token))
        elif token.type in {"fence", "code_block"}:
            lines += token.content.splitlines()
    return "\n".join(lines)


def _said(token: Token) -> str:
    """The words of one paragraph; a link is followed by where it leads."""
    said, links = "", []
    for one in token.children or []:
        if one.type in {"text", "code_inline"}:
            said += one.content
        elif one.type in {"softbreak", "hardbreak"}:
            said += " "
        elif one.type == "link_open":
            links.append(str(one.attrGet("href") or ""))
        elif one.type == "link_close":
            leads = links.pop()
            said += "" if said.endswith(leads) else f" ({leads})"
    return said


def _made(text: str) -> str:
    parser = _parser()
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

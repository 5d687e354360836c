"""Markdown becomes HTML that can do no harm."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest

from fregat.lib.markdown import render, words


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=alert(1)>так</b>",
        "<style>body{display:none}</style>",
        "<iframe src=https://example.org></iframe>",
        "[тисни](javascript:alert(1))",
        "[тисни](JaVaScRiPt:alert(1))",
        "[тисни](javascript&colon;alert(1))",
        "[тисни](  java\tscript:alert(1))",
        "[тисни](data:text/html;base64,PHNjcmlwdD4=)",
        "[тисни](vbscript:x)",
        "<javascript:alert(1)>",
        "[тисни]\n\n[тисни]: javascript:alert(1)",
        "![око](https://example.org/spy.png)",
        '[тисни](https://example.org "\\" onmouseover=alert(1)")',
        "```html\n<script>\n```",
        "<!-- <script> -->",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_that_acts_comes_out(hostile: str) -> None:
    for html in (render(f"Перед {hostile} після"), render(hostile)):
        seen = Reader(html)
        assert seen.tags <= {"p", "a", "code", "pre", "br"}, html
        assert seen.attributes <= {"href", "title", "rel"}, html
        assert all(href.startswith("https://example.org") for href in seen.links), html


class Reader(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")


def test_what_was_raw_html_is_read_as_it_was_typed() -> None:
    assert "&lt;b&gt;так&lt;/b&gt;" in render("<b>так</b>")


def test_headings_begin_below_that_of_the_page() -> None:
    html = render("# Посадова інструкція\n\n## Обов’язки\n\n###### Дрібне\n\n## Права")
    assert "<h1" not in html
    assert "<h2>Посадова інструкція</h2>" in html
    assert "<h3>Обов’язки</h3>" in html
    assert "<h4>Дрібне</h4>" in html
    assert "<h3>Права</h3>" in html


def test_an_author_who_begins_at_another_level_leaves_no_gap() -> None:
    assert render("### Перше\n\n# Друге\n\n#### Третє").count("<h2>") == 2
    assert "<h3>Третє</h3>" in render("### Перше\n\n# Друге\n\n#### Третє")
    deep = "\n\n".join(f"{'#' * level} {level}" for level in range(1, 7))
    assert "<h6>5</h6>" in render(deep) and "<h6>6</h6>" in render(deep)


def test_lists_tables_and_links_are_there() -> None:
    html = render("3. третє\n4. четверте\n\n| а | б |\n|---|---|\n| 1 | 2 |\n\n[сайт](https://example.org)")
    assert '<ol start="3">' in html
    assert "<td>2</td>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">сайт</a>' in html


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a **a ", "> ", "- ", "|a", "`a``", "&amp;", "[a](", "- a\n", "<"]
)
def test_a_hundred_thousand_characters_of_anything_take_seconds_not_minutes(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.monotonic()
    first = render(text)
    assert time.monotonic() - began < 25  # two or three on a quiet machine
    assert render(text) == first


def test_the_words_are_what_a_reader_sees() -> None:
    text = """## Скільки
Ліміт – **500 євро**
на весь строк, див. [правила](https://example.org/rules).

3. третє
4. `четверте`
   - вкладене <b>

| Що | Скільки |
|----|---------|
| Ліки | *15* |
"""
    assert words(text).splitlines() == [
        "Скільки",
        "Ліміт – 500 євро на весь строк, див. правила (https://example.org/rules).",
        "3. третє",
        "4. четверте",
        "  • вкладене <b>",
        "Що | Скільки",
        "Ліки | 15",
    ]

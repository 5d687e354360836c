"""Words as people search for them: «франшизою» finds «франшиза», `страховку` finds `страховка`.

PostgreSQL brings no Ukrainian dictionary. Each word becomes a few keys: itself, its lemma by simplemma's
dictionary, both without their endings, for the words of insurance that no dictionary knows, and the stems that they
have where an ending follows («похід», «походу»). Two words are forms of one when they have a key in common. The keys
lie in a `tsvector` of the configuration `simple`.

Measured on 169 forms of 62 words of the trade (`tests/fregat/test_wordforms.py`): the dictionary alone joins 126,
endings alone 108, all together 165. Of 12,980 forms of the most usual nouns and adjectives (`wordfreq`, read by
`pymorphy3`) 13 do not find their word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import simplemma

_TOKEN = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:['’ʼ`\u0301\u00ad][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’ʼ`\u0301\u00ad]")
"""With the mark of a stress and the hyphen that stands where a word may be parted: they part none."""
_CYRILLIC = re.compile(r"[а-яіїєґ]")
_ALIKE = str.maketrans("abcehikmoptxy", "авсенікмортху")
"""Latin letters that look like Cyrillic ones: texts out of a PDF have them inside Ukrainian words."""
_SHORTEST = 3
"""So many letters stay of a word at least when its ending is taken off."""
_ENDINGS = re.compile(
    r"(?:(?<=[аиіуюяїє])(?:тися|ться|ти|ть|ла|ло|ли)|"
    r"ами|ями|ові|еві|єві|ого|ього|ому|ьому|ими|іми|ості|істю|ість|ують|"
    r"ах|ях|ою|ею|єю|ів|їв|ей|єй|ам|ям|ом|ем|єм|ий|ій|їй|им|ім|їм|ої|ьої|их|іх|їх|ує|"
    r"[аяоеєиіїуюьй])$"
)
_ENGLISH = re.compile(r"(?:(?<=[a-z]{3})ing|(?<=[a-z]{3})ed|(?<=ss)es|(?<=[^s])s)$")
_AS_NOUNS = {"ти": "т", "ці": "к", "зі": "г", "сі": "х"}
"""«ліміти» ends like a verb and is none; «виписці» stands for «виписка», «нозі» for «нога»: a stem besides."""
_ANOTHER_STEM = {"діт": "дитин", "люд": "людин", "померл": "помер", "померт": "помер"}
"""Stems of one word that no rule joins."""
_ANOTHER_LEMMA = {
    "дні": "день",
    "роком": "рік",
    "голів": "голова",
    "болів": "біль",
    "сіл": "село",
    **dict.fromkeys(("двома", "двох", "двом", "дві"), "два"),
    **dict.fromkeys(("трьома", "трьох", "трьом"), "три"),
}
"""The dictionary tells one lemma of a form: «дні» is of «дно» for it, and never of «день»."""
_CLOSED = re.compile(r"(?<=[а-яґєії]{2})і(?=[бгґджзклмнпрстфхцчшщ]ь?$)")
"""«похід» has the stem of «походу», «переліт» of «перельоту»: і of a last, closed syllable is о or е where an ending
follows. Not in the shortest words («від» is nothing of «води»), nor in the ending -ів."""
_FLEETING = re.compile(r"(?<=[бвгґджзйклмнпрстфхцчшщ])е(?=(?:нь|р)$)")
"""«рівень» has the stem of «рівня», «майстер» of «майстра»: е of a last syllable is lost there."""
_LITTLE = frozenset(
    "у в уві і й та а але чи або що як з із зі зо на за до по від од при про для без під над між не ні це "
    "a an and at by for from in of on or the to with".split()
)
"""Words that say nothing alone, and of which the one who wrote took another («у», «в»): they are not asked for."""
_CACHED = 50_000

_AROUND = 90
"""Letters before and after a hit that a snippet shows."""


@dataclass(frozen=True)
class Bit:
    """Some letters of a snippet; `hit` when they are what was searched for."""

    text: str
    hit: bool = False


def words(text: str) -> list[str]:
    """The words of a text, small letters without apostrophes, in order; a clause such as 4.1.3 is one word."""
    return [_plain(found) for found in _TOKEN.findall(text)]


def _plain(word: str) -> str:
    if word[0].isdigit() and "." in word:
        return "n" + word.replace(".", "n")  # one lexeme for the parser of PostgreSQL
    word = _APOSTROPHES.sub("", word.lower())
    return word.translate(_ALIKE) if _CYRILLIC.search(word) else word


@lru_cache(maxsize=_CACHED)
def keys(word: str) -> frozenset[str]:
    """What a word of `words` is found by: two forms of one word have a key in common."""
    if not _CYRILLIC.search(word):
        return frozenset({word, _ENGLISH.sub("", word)}) if word.isalpha() else frozenset({word})
    lemma = _plain(simplemma.lemmatize(word, lang="uk") or word)
    noun = word[:-2] + _AS_NOUNS.get(word[-2:], word[-2:])
    other = _ANOTHER_LEMMA.get(word, lemma)
    return frozenset(
        {word, lemma, other, _stem(word), _stem(lemma), noun, *_alternations(word), *_alternations(lemma)}
    )


def _alternations(word: str) -> Iterator[str]:
    """The stems that a word without an ending has where an ending follows."""
    if _CLOSED.search(word):
        yield from (_stem(_CLOSED.sub(vowel, word)) for vowel in ("о", "ьо", "е"))
    if len(word) > _SHORTEST + 1 and _FLEETING.search(word):
        yield _stem(_FLEETING.sub("", word))


def _stem(word: str) -> str:
    """Without the ending; «операцій» as «операція», «рахунок» as «рахунка», «знань» as «знання»."""
    found = _ENDINGS.search(word)
    if found and found.start() >= _SHORTEST:
        word = word[: found.start()]
    if len(word) > _SHORTEST and word[-1] in "іиьй" and word[-2] not in "аеєиіїоуюя":
        word = word[:-1]
    if len(word) > _SHORTEST + 1 and word.endswith(("ок", "ек")):
        word = word[:-2] + "к"
    word = word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word
    return _ANOTHER_STEM.get(word, word)


def indexed(text: str) -> str:
    """The keys of every word, for `to_tsvector('simple', …)`."""
    return " ".join(" ".join(sorted(keys(word))) for word in words(text))


def query(text: str) -> str:
    """What is searched for, for `to_tsquery('simple', …)`: every word in any form, the last one perhaps unfinished.

    Empty when the text has no words.
    """
    found = _asked(text)
    every = [" | ".join(f"'{key}'" for key in sorted(keys(word))) for word in found]
    if found and len(found[-1]) >= _SHORTEST:
        every[-1] += f" | '{found[-1]}':*"
    return " & ".join(f"({one})" for one in every)


_WORDS = 12
"""So many words of a question are searched for."""


def _asked(text: str) -> list[str]:
    """The words that are searched for: without the little ones, unless there are no others."""
    every = words(text)
    return ([word for word in every if word not in _LITTLE] or every)[:_WORDS]


def snippet(text: str, wanted: str) -> list[Bit]:
    """The stretch of the text with most of the words searched for, those marked; empty when none is there."""
    hits = _hits(text, wanted)
    if not hits:
        return []
    best = max(hits, key=lambda hit: sum(hit[0] <= other[0] < hit[0] + _AROUND for other in hits))
    begin = _at_a_word(text, max(0, best[0] - _AROUND), 1)
    end = _at_a_word(text, min(len(text), best[1] + _AROUND), -1)
    return list(_bits(text, hits, begin, end))


def marked(text: str, wanted: str) -> list[Bit]:
    """The whole text with the words searched for marked."""
    return list(_bits(text, _hits(text, wanted), 0, len(text)))


def _hits(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where the words searched for stand, in any form, the last one perhaps unfinished."""
    asked = _asked(wanted)
    if not asked:
        return []
    sought = frozenset().union(*(keys(word) for word in asked))
    begun = asked[-1] if len(asked[-1]) >= _SHORTEST else None
    return [
        found.span()
        for found in _TOKEN.finditer(text)
        if keys(word := _plain(found.group())) & sought or (begun and word.startswith(begun))
    ]


def _bits(text: str, hits: list[tuple[int, int]], begin: int, end: int) -> Iterator[Bit]:
    at = begin
    yield from [Bit("…")] if begin else []
    for first, last in hits:
        if begin <= first and last <= end:
            yield from [Bit(text[at:first])] if first > at else []
            yield Bit(text[first:last], hit=True)
            at = last
    yield from [Bit(text[at:end])] if end > at else []
    yield from [Bit("…")] if end < len(text) else []


def _at_a_word(text: str, at: int, step: int) -> int:
    """The nearest blank inwards, so that no word is cut."""
    if at in {0, len(text)}:
        return at
    for shift in range(_AROUND // 3):
        if text[at + shift * step].isspace():
            return at + shift * step + (1 if step > 0 else 0)
    return at

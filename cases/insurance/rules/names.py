"""One key for a name in Cyrillic, in the passport's Latin, and in older and foreign spellings.

The key of a Cyrillic name is the key of its transliteration, so that both are equal by construction:
first letters become Latin (Cabinet of Ministers' resolution 55 of 2010), then what spellings disagree
about is folded away: г/ґ/х (h, g, kh), и/і/й/ы (y, i, j), the hissing digraphs, є/ю/я with and without
their i, doubled letters, soft signs and apostrophes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_TO_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
        "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
        "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
        # Russian and Belarusian papers.
        "ы": "y", "э": "e", "ё": "io", "ъ": "", "ў": "v",
        # Latin letters that NFKD leaves alone.
        "ł": "l", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ı": "i", "œ": "oe",
    }
)  # fmt: skip
_CYRILLIC = re.compile("[а-яёєіїґў]")
_NOT_LETTERS = re.compile("[^a-z]+")
_SINGLE = str.maketrans({"w": "v", "j": "i", "y": "i", "q": "k", "g": "h", "x": "ks"})
_STEPS = (
    (re.compile("kh+"), "h"),  # х, and кг (spelt kh too); Russian kh
    (re.compile("t[sz]h?"), "c"),  # ц, тс, тш
    (re.compile("([scz])h+"), r"\1"),  # ш, ч, ж, зг: typed or heard with and without h
    (re.compile("i+([aeou])"), r"\1"),  # я, є, йо, ю: ia, ya, ja, iia
    (re.compile(r"([a-z])\1+"), r"\1"),  # doubled letters
)
_VARIANTS = {
    "elena": "olena", "helena": "olena", "alexandr": "oleksandr", "aleksandr": "oleksandr",
    "aleksander": "oleksandr", "alexander": "oleksandr", "aleksandra": "oleksandra", "aleksei": "oleksii",
    "alexey": "oleksii", "aleksii": "oleksii", "nikolai": "mykola", "nikolay": "mykola", "dmitri": "dmytro",
    "dmitry": "dmytro", "dmitrii": "dmytro", "evhenii": "yevhen", "evgeny": "yevhen", "evheniia": "yevheniia",
    "ekaterina": "kateryna", "anna": "hanna", "andrei": "andrii", "serhei": "serhii", "sergey": "serhii",
    "mikhail": "mykhailo", "vladimir": "volodymyr", "pavel": "pavlo", "petr": "petro", "vasilii": "vasyl",
    "irina": "iryna", "yulia": "yuliia", "natalya": "nataliia", "marina": "maryna", "anhelina": "anzhelina",
    "ihor": "ihor", "oleh": "oleh", "konstantin": "kostiantyn", "tatyana": "tetiana", "tatiana": "tetiana",
    "viktoriya": "viktoriia", "svetlana": "svitlana", "lyudmila": "liudmyla", "hryhorii": "hryhorii",
    "hrihorii": "hryhorii", "filipp": "pylyp", "anastasiya": "anastasiia", "yuri": "yurii", "artem": "artem",
    "stepan": "stepan", "timofei": "tymofii", "maksim": "maksym", "daniil": "danylo", "anton": "anton",
    "kirill": "kyrylo", "ilya": "illia", "eduard": "eduard", "valentina": "valentyna", "halina": "halyna",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The key of a name (of its letters only); empty when there are none.

    `name_key(cyrillic) == name_key(its official transliteration)` for every Ukrainian name.
    """
    return _folded(_NOT_LETTERS.sub("", _latin_letters(name)))


def name_keys(words: Iterable[str]) -> frozenset[str]:
    """The keys of many words of letters at once: a tenth of the time for each."""
    return frozenset(_folded(_latin_letters(" ".join(words))).split())


def _latin_letters(name: str) -> str:
    # й and ї must not fall apart, foreign marks (é, č) must.
    text = unicodedata.normalize("NFC", name).lower()
    latin = text.translate(_TO_LATIN)
    if latin.isascii():
        return latin
    return "".join(
        char if _CYRILLIC.match(char) else unicodedata.normalize("NFKD", char) for char in text
    ).translate(_TO_LATIN)


def _folded(text: str) -> str:
    text = text.translate(_SINGLE)
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=16_384)
def given_name_key(name: str) -> str:
    """The key of a given name; Russian and English forms count as the Ukrainian one (Елена, Олена)."""
    key = name_key(name)
    return _BY_KEY.get(key, key)


def also_called(word: str) -> tuple[str, ...]:
    """Keys of the given names by which who is called so is called too: `Лена`, `Альона` for Олена, and Олена for these.

    Asked for beside the name itself: a list has what a passport has, a caller says what people at home say.
    """
    key = given_name_key(word)
    return tuple(one for names in _AT_HOME if key in names for one in names if one != key)


def respelt(word: str) -> str:
    """The word as a passport spells what stands here with an umlaut, or the other way round (ICAO Doc 9303, part 3,
    section 6: `Müller`, `MUELLER`), and ш and ч as in Polish (`Kowalczuk`); the word itself when it has none of these.

    Keys do not fold this: a key of five million persons would change, and `Samuel` is no `Samül`.
    """
    text = unicodedata.normalize("NFC", word).lower()
    if _CYRILLIC.search(text):
        return _AS_U.sub("ue", text)
    spelt = text.translate(_IN_PASSPORTS) if not text.isascii() else _SPELT_OUT.sub(r"\1", text)
    return spelt.replace("sz", "sh").replace("cz", "ch")


_IN_PASSPORTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "þ": "th"})
_SPELT_OUT = re.compile("([aou])e")
_AS_U = re.compile("(?<=[бвгґджзклмнпрстфхцчшщ])ю")
"""`Мюллер`: after a consonant it may be ü."""
_BY_KEY = {name_key(variant): name_key(name) for variant, name in _VARIANTS.items()}
_AT_HOME = tuple(
    tuple(dict.fromkeys(map(given_name_key, names.split())))
    for names in (
        "Олена Альона Лена", "Олександр Саша Сашко Шура", "Олександра Саша Шура", "Катерина Катя", "Тетяна Таня",
        "Наталія Наташа", "Ольга Оля", "Микола Коля", "Володимир Вова Володя", "Євген Женя", "Євгенія Женя",
        "Дмитро Діма", "Сергій Сергійко Серьожа", "Ірина Іра", "Світлана Свєта", "Людмила Люда", "Михайло Міша",
        "Іван Ваня", "Анастасія Настя", "Марія Маша", "Ганна Аня", "Вікторія Віка", "Валентина Валя", "Галина Галя",
        "Юрій Юра", "Петро Петя Пётр", "Павло Паша", "Анатолій Толя", "Олексій Льоша", "Любов Люба",
        "Надія Надя Надежда", "Василь Вася", "Григорій Гриша", "Лариса Лара", "Софія Соня", "Дарія Дарина Даша",
        "Максим Макс", "Федір Федор Фёдор", "Семен Семён", "Артем Артём", "Микита Никита", "Яків Яков", "Йосип Иосиф",
        "Юхим Ефим", "Матвій Матвей", "Віра Вера", "Омелян Емельян", "Христина Кристина", "Георгій Егор",
        "Трохим Трофим", "Хома Фома",
    )
)  # fmt: skip
"""The whole name, what is said at home, and the Russian one that `_VARIANTS` does not know: by their keys."""

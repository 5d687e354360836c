"""Invented surnames by the hundred thousand, so that a dictionary of them is as large as that of a real country."""

from __future__ import annotations

import random
from collections.abc import Iterator

import translitua

from cases.insurance.rules import given_name_key, name_key

SEED = 20261128
_FIRST = "б в г д ж з к л м н п р с т х ц ч ш щ бр вл гн др зв кр мл пр ст сл тр хв шв".split()
_VOWELS = "а е и і о у ю я є".split()
_MIDDLE = "б в г д з к л м н п р с т х ч ш рв нч льч ст вк рн йд".split()
_ENDINGS = "енко ук юк ський ик ець ович ишин ів як ура ань".split()
GIVEN = (
    "Олена Андрій Марія Ігор Софія Петро Юлія Тарас Ганна Євген Наталія Олег Ірина Роман Віра Степан Оксана Максим"
    " Дарина Лев"
).split()


def surnames(count: int) -> Iterator[tuple[str, str, str]]:
    """So many different ones: in Cyrillic, in the passport's Latin, the key. The same each time."""
    dice = random.Random(SEED)
    known: set[str] = set()
    while len(known) < count:
        name = dice.choice(_FIRST) + dice.choice(_VOWELS) + dice.choice(_MIDDLE)
        if dice.random() < 0.6:
            name += dice.choice(_VOWELS) + dice.choice(_MIDDLE)
        name = (name + dice.choice(_ENDINGS)).capitalize()
        if name not in known:
            known.add(name)
            yield name, translitua.translit(name).upper(), name_key(name)


def given_names() -> Iterator[tuple[str, str, str]]:
    """The same of given names."""
    return ((name, translitua.translit(name).upper(), given_name_key(name)) for name in GIVEN)

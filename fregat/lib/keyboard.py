"""What was typed while the other keyboard layout was on. Plain Python."""

from __future__ import annotations

import re

_EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`\\QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~|"
_UK = "йцукенгшщзхїфівапролджєячсмитьбю'ґЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ'Ґ"
_TO_UK, _TO_EN = str.maketrans(_EN, _UK), str.maketrans(_UK + "ыэъЫЭЪ", _EN + "s']S\"}")
"""The Russian layout has other letters on three keys; for who types Latin with it on."""


def layout_readings(text: str) -> tuple[str, ...]:
    """The text itself, then as typed with the other keyboard layout: `ghbdsn` → `привіт`."""
    other = text.translate(_TO_UK) if re.search("[A-Za-z]", text) else text.translate(_TO_EN)
    return (text,) if other == text else (text, other)

"""A text without quotation marks, which is split by lines, says the same as one with them (`rules.text`)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.imports.rules.files import tables
from cases.imports.rules.tables import Unreadable

CELLS = st.text(alphabet="aїЖ 1.-'", max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=12)


def rows(path: Path) -> list[list[str]]:
    (table,) = tables(path, {})
    return [table.cells(row) for row in table.rows if table.filled([row])]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROWS,
    st.sampled_from([";", ","]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_read_alike(tmp_path: Path, cells: list[list[str]], delimiter: str, end: str, encoding: str) -> None:
    said = [["Номер", "Прізвище", "Діє з"], *cells]
    read = []
    for name, quoting in (("plain.csv", csv.QUOTE_NONE), ("quoted.csv", csv.QUOTE_ALL)):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(said)
        read.append(rows(path))
    assert read[0] == read[1] == [row for row in said if any(row)]


HEAD = "Поліс;Прізвище;Ім'я;Адреса\nAU-1;Ґудзь;Олена;\n"


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a;b\n" + "x;" * 100 + "\n", "too_wide", 0),
        ("a;b\n" + "x" * 100_001 + ";\n", "quotes", 2),
        (HEAD + 'AU-2;"Ґудзь;Олена;\nAU-3;Щур;Леся;\nAU-4;Ґудзь";Іван;\n', "quotes", 3),
        (HEAD + 'AU-2;Ґудзь;Олена;"Київ\nAU-3";Щур;Леся;\n', "quotes", 3),
        (HEAD + 'AU-2;Дем"янко;Олена;\nAU-3;"Щур;Леся;\nAU-4;Ґудзь;Іван;\n', "quotes", 4),
        (HEAD + 'AU-2;Ґудзь;Олена;\nAU-3;"Щур;Леся;', "quotes", 4),
        (HEAD + "\n" * 40 + 'AU-2;"Ґудзь";Олена;\nAU-3;Щур;"' + "Л" * 131_073 + '";\n', "quotes", 44),
    ],
    ids=["wide", "long", "row swallowed", "cell swallowed", "open", "open at the end", "long cell"],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, code: str, row: int) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(Unreadable) as refused:
        rows(path)
    assert (refused.value.code, refused.value.row) == (code, row)


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("names", [['Дем"янко'], ['Дем"янко', 'В"юн'], ['Лук"янець', 'В"юн', 'Дер"яга']])
def test_a_quotation_mark_inside_a_word_is_a_letter_of_it(tmp_path: Path, names: list[str], end: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "\n".join(f"AU-2;{name};Олена;Київ" for name in names) + end)
    assert [row[1] for row in rows(path)][2:] == names
    path.write_text(HEAD + 'AU-2;"Ґудзь";Олена;"Київ,\nСадова, 2"\n' + f"AU-3;{names[0]};Олена;Київ" + end)
    assert len(rows(path)) == 4


def test_a_cell_of_several_lines_is_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + 'AU-2;"Ґудзь";Олена;"Київ;\nвул. Садова, 2;\n"\nAU-3;Щур;Леся;\n')
    assert [row[0] for row in rows(path)] == ["Поліс", "AU-1", "AU-2", "AU-3"]


LATIN = "Policy;Surname;Name\n"
NAMES = ["Ковальчук;Олена", "ТІСІТ;Сі", "СІТІ;Тімур", "Різник;Ян", "Сірко;Ія", "ҐУДЗЬ;ЛЕСЯ"] * 4
PEOPLE = [f"AU-{n};{name}\n" for n, name in enumerate(NAMES)]


def _is_utf8(line: bytes) -> bool:
    return line.decode("utf-8", "replace").encode() == line


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ([LATIN.encode(), *(line.encode() for line in PEOPLE), "AU-99;Щур;Ія\n".encode("cp1251")], ""),
        ([line.encode("koi8-u") for line in ["Полис;Фамилия;Имя\n", *PEOPLE]], ""),
        ([LATIN.encode(), *(line.replace("і", "i").encode("cp866", "replace") for line in PEOPLE)], ""),
        ([LATIN.encode(), *(line.upper().encode("cp866", "replace") for line in PEOPLE)], ""),
        (
            [LATIN.encode(), *(line.replace(";", ";„Європа“ – ", 1).encode("cp1251") for line in PEOPLE)],
            "cp1251",
        ),
        ([line.encode("cp1251") for line in [LATIN, *PEOPLE]], "cp1251"),
        ([line.upper().encode("cp1251") for line in ["Поліс;Прізвище;Ім'я\n", *PEOPLE]], "cp1251"),
        ([line.encode() for line in [LATIN, *PEOPLE]], "utf-8"),
    ],
    ids=[
        "two encodings",
        "koi8",
        "dos",
        "dos in capitals",
        "quotes and dashes",
        "cp1251",
        "capitals",
        "utf-8",
    ],
)
def test_letters_are_what_they_were(tmp_path: Path, content: list[bytes], encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"".join(content))
    if encoding:
        assert rows(path) == [line.decode(encoding).strip().split(";") for line in content]
    else:
        with pytest.raises(Unreadable) as refused:
            rows(path)
        assert refused.value.code == "encoding"
        where = next(n for n, line in enumerate(content, 1) if not _is_utf8(line))
        assert refused.value.row == where

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


@pytest.mark.parametrize(
    ("text", "code"), [("a;b\n" + "x;" * 100 + "\n", "too_wide"), ("a;b\n" + "x" * 100_001 + ";\n", "quotes")]
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(Unreadable) as refused:
        rows(path)
    assert refused.value.code == code

"""A table of rows as it stands in a file, and why a file is not taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

Row = list[str] | str
"""Cells, or a line of a text that has no quotation mark."""

COLUMNS_MAX = 100


class Unreadable(Exception):
    """Why the whole file is not taken: a code of `labels.FAILURE_TEXTS`, and where, or which bound; `row`: which row of
    it, 0 for none.
    """

    def __init__(self, code: str, place: str = "", row: int = 0) -> None:
        self.code, self.place, self.row = code, place, row
        super().__init__(code)

    @property
    def where(self) -> str:
        """The place with the row, as `labels.failure_text` takes it apart."""
        return f"{self.place[:190]}#{self.row}" if self.row else self.place


@dataclass(frozen=True)
class Table:
    """One table of the file. `source`: its name in an archive, the sheet's among several; `rows`: from the first on,
    the empty ones too.
    """

    source: str
    rows: Iterable[Row]
    left_out: tuple[str, ...] = ()
    """Sheets beside it whose columns are others: they are not read, and that is said."""
    delimiter: str = ""
    """Of a text without quotation marks, where a row is a line: it is taken apart when its piece is read, by as many
    workers as there are, not here by one."""

    def cells(self, row: Row) -> list[str]:
        """The row taken apart."""
        return next(csv.reader([row], delimiter=self.delimiter), []) if isinstance(row, str) else row

    def filled(self, rows: list[Row]) -> int:
        """In how many of them anything stands."""
        if not self.delimiter:
            return sum(map(any, rows))
        blank = f"{self.delimiter}\r\n"
        return sum(1 for line in cast("list[str]", rows) if line.strip(blank))

    def packed(self, rows: list[Row]) -> str:
        """Rows as CSV with the delimiter, or a comma."""
        if self.delimiter:
            return "".join(cast("list[str]", rows))
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue()

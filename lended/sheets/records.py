"""Records of a CSV file, one at a time, however long the file and whatever its line ends."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from lended.sheets.errors import SheetError

LONGEST_CELL = 131_072
"""In characters; what Python's own CSV reader allows unless told otherwise."""
LONGEST_RECORD = 1_000_000
"""In characters, so that a quotation mark left open cannot swallow a huge file."""


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record; ``ended`` is False only where the file stops without a line end."""

    line: int
    cells: list[str]
    ended: bool


class Lines(Iterator[str]):
    """The lines of a text file, counted, and bounded in length for each record."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._count = 0
        self._room = LONGEST_RECORD
        self.record_line = 1
        self.ended = True

    def begin_record(self) -> None:
        """Remember where a record begins and give it fresh room."""
        self.record_line = self._count + 1
        self._room = LONGEST_RECORD

    def __next__(self) -> str:
        line = self._file.readline(self._room + 1)
        if not line:
            raise StopIteration
        if len(line) > self._room:
            raise SheetError(
                f"The row on line {self.record_line:,} is longer than {LONGEST_RECORD:,} "
                "characters. A quotation mark may be open there."
            )
        self._room -= len(line)
        self._count += 1
        self.ended = line[-1] in "\r\n"
        return line


def read_records(path: Path, codec: str, delimiter: str) -> Iterator[Record]:
    """Yield the records that hold anything.

    Raises
    ------
    SheetError
        At a cell or record over the limits, at quotation marks out of place, and at the end of a
        file that was cut off inside a quoted cell.
    """
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=codec, newline="") as file:
        lines = Lines(file)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while (cells := _next_cells(reader, lines)) is not None:
            if any(map(str.strip, cells)):
                yield Record(lines.record_line, cells, lines.ended)


def _next_cells(reader: Iterator[list[str]], lines: Lines) -> list[str] | None:
    lines.begin_record()
    try:
        return next(reader, None)
    except csv.Error as error:
        raise SheetError(_words_for(error, lines.record_line)) from error


def _words_for(error: csv.Error, line: int) -> str:
    words = str(error)
    if "unexpected end of data" in words:
        return (
            f"A quotation mark opened in the row on line {line:,} is never closed: the file was "
            "cut off, or a mark is missing."
        )
    if "field limit" in words:
        return f"A cell on line {line:,} is longer than {LONGEST_CELL:,} characters."
    return (
        f"In the row on line {line:,} a quotation mark stands where none can: double it inside a "
        "quoted cell."
    )

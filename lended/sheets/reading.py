"""Reading sheets row by row, in bounded memory, whatever program wrote them.

A file is walked through twice: once to tell how it is written, once for its rows. That it was cut
off shows only at its end, so whoever saves rows saves all of a file or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from lended.sheets.cells import clean_line
from lended.sheets.encodings import CODECS, EMPTY, survey_file
from lended.sheets.errors import BadCell, SheetError
from lended.sheets.formulas import original
from lended.sheets.records import Record, read_records

T = TypeVar("T")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet.

    Parameters
    ----------
    line
        The line of the file it begins on, counted from 1.
    cells
        By header, without the apostrophe that keeps formulas neutral; a cell the row is too short
        for is empty.
    extra
        What stands under no header.
    missing
        The headers that the row does not reach.
    """

    line: int
    cells: dict[str, str]
    extra: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def take(self, column: str, read: Callable[[str], T]) -> T:
        """Return what `read` makes of a cell; a column that is not there is an empty cell.

        Raises
        ------
        BadCell
            When `read` raises a ValueError, whose words become the reason.
        """
        try:
            return read(self.cells.get(column, ""))
        except ValueError as error:
            raise BadCell(column, str(error)) from error


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file whose writing and headers are known; each iteration reads its rows anew.

    Parameters
    ----------
    encoding
        ``"UTF-8"`` or ``"Windows-1252"``.
    delimiter
        What stands between cells.
    headers
        The names of the columns, in order; empty for a column without a name.
    lines
        At least as many as there are rows: what a progress bar counts to.
    columns
        The headers to keep in ``Row.cells``; None keeps all.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    lines: int
    columns: frozenset[str] | None = None

    def demand(self, required: Sequence[str]) -> None:
        """Raise a SheetError that lists every required header that is not there."""
        missing = [header for header in required if header not in self.headers]
        if missing:
            raise SheetError(f"The file has no {_columns_named(missing)}.")

    def of(self, columns: Collection[str]) -> Sheet:
        """Return the same sheet with only some of its columns kept."""
        return replace(self, columns=frozenset(columns))

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that hold anything.

        Raises
        ------
        SheetError
            When the file turns out to be cut off, or to hold a cell beyond all measure.
        """
        kept = [
            (header, place)
            for place, header in enumerate(self.headers)
            if header and (self.columns is None or header in self.columns)
        ]
        records = read_records(self.path, CODECS[self.encoding], self.delimiter)
        next(records)  # the headers
        for record in records:
            yield self._row(record, kept)

    def _row(self, record: Record, kept: list[tuple[str, int]]) -> Row:
        cells, count = record.cells, len(self.headers)
        missing: tuple[str, ...] = ()
        if len(cells) < count:
            missing = self._missing(record)
            cells.extend([""] * (count - len(cells)))
        named = {header: original(cells[place]) for header, place in kept}
        return Row(record.line, named, self._extra(cells), missing)

    def _missing(self, record: Record) -> tuple[str, ...]:
        missing = tuple(header for header in self.headers[len(record.cells) :] if header)
        if missing and not record.ended:
            raise SheetError(
                f"The file ends in the middle of line {record.line:,}, after "
                f"{len(record.cells)} of {len(self.headers)} cells: it was cut off. "
                "Fetch it again."
            )
        return missing

    def _extra(self, cells: list[str]) -> tuple[str, ...]:
        beyond = cells[len(self.headers) :]
        if "" in self.headers:
            pairs = zip(self.headers, cells, strict=False)
            beyond = [cell for header, cell in pairs if not header] + beyond
        return tuple(original(cell) for cell in beyond if cell)


def read_rows(
    path: str | Path, required: Sequence[str] = (), columns: Collection[str] | None = None
) -> Sheet:
    """Open a CSV file to be read row by row.

    Commas, semicolons and tabs are understood, with or without a byte order mark, in UTF-8 or
    Windows-1252, with lines ended in any of the three ways. Rows may be ragged.

    Parameters
    ----------
    required
        Headers without which the file is not what it should be; found with other capitals too.
    columns
        The headers to keep in ``Row.cells``; None keeps all. What is not kept is never looked at.

    Raises
    ------
    SheetError
        When the file cannot be read, is empty or no text, lacks a required header or has two of
        one name.
    """
    path = Path(path)
    survey = survey_file(path)
    encoding = survey.encoding()
    delimiter, headers = _first_row(path, CODECS[encoding], required)
    _demand_different(headers)
    kept = None if columns is None else frozenset(columns)
    sheet = Sheet(path, encoding, delimiter, headers, survey.lines, kept)
    sheet.demand(required)
    return sheet


def _first_row(path: Path, codec: str, required: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the delimiter under which the first row makes most sense, and its headers."""
    readings = [
        (delimiter, _headers(_first_cells(path, codec, delimiter), required))
        for delimiter in DELIMITERS
    ]
    if not any(headers for _, headers in readings):
        next(read_records(path, codec, DELIMITERS[0]), None)  # says what is wrong, if anything is
        raise SheetError(EMPTY)
    return max(readings, key=lambda reading: (len({*required} & {*reading[1]}), len(reading[1])))


def _first_cells(path: Path, codec: str, delimiter: str) -> Sequence[str]:
    try:
        record = next(read_records(path, codec, delimiter), None)
    except SheetError:
        return ()
    return record.cells if record else ()


def _headers(cells: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    spelt = {header.casefold(): header for header in required}
    headers = [clean_line(original(cell)) for cell in cells]
    return tuple(spelt.get(header.casefold(), header) for header in headers)


def _demand_different(headers: Sequence[str]) -> None:
    counts = Counter(header for header in headers if header)
    doubled = [header for header, count in counts.items() if count > 1]
    if doubled:
        raise SheetError(f"The file has more than one {_columns_named(doubled)}.")


def _columns_named(headers: Sequence[str]) -> str:
    listed = ", ".join(f"“{header}”" for header in headers)
    return f"column {listed}" if len(headers) == 1 else f"columns {listed}"

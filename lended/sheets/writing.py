"""Writing sheets: UTF-8, commas, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

from lended.sheets.errors import SheetError
from lended.sheets.formulas import neutral

Cell: TypeAlias = str | int | float | None
UNWRITABLE = "{path} cannot be written: {reason}."


def write_rows(
    target: Path | TextIO, headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> int:
    """Write a sheet row by row and return how many rows it has.

    Parameters
    ----------
    target
        A path, or an open text file (made with ``newline=""``). A path holds the whole sheet
        at the end or what it held before: it is written beside and moved there.

    Raises
    ------
    SheetError
        When the path cannot be written.
    """
    if not isinstance(target, Path):
        return _write(target, headers, rows)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            count = _write(file, headers, rows)
        beside.replace(target)
    except OSError as error:
        raise SheetError(UNWRITABLE.format(path=target, reason=error.strerror)) from error
    finally:
        beside.unlink(missing_ok=True)
    return count


def _write(file: TextIO, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    writer = csv.writer(file)
    writer.writerow(neutral(header) for header in headers)
    count = 0
    for row in rows:
        writer.writerow(_sound(cell) if isinstance(cell, str) else cell for cell in row)
        count += 1
    return count


def _sound(cell: str) -> str:
    """Return a text cell that is neutral, and that our own reader takes: no zero byte."""
    return neutral(cell.replace("\0", "\N{REPLACEMENT CHARACTER}"))

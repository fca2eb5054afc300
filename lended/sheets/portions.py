"""Rows in portions, the refused ones noted on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from lended.sheets.reports import ImportReport, Refused

T = TypeVar("T")
PORTION = 1_000
"""Rows compared and written together: few enough for memory, many enough for speed."""


def in_portions(rows: Iterable[T | Refused], report: ImportReport) -> Iterator[list[T]]:
    """Yield the sound rows in portions, counting all and noting those that are refused."""
    sound = _sound(rows, report)
    while portion := list(islice(sound, PORTION)):
        yield portion


def _sound(rows: Iterable[T | Refused], report: ImportReport) -> Iterator[T]:
    for row in rows:
        report.read += 1
        if isinstance(row, Refused):
            report.refused.append(row)
        else:
            yield row

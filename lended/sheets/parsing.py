"""From rows to what they mean, with a reason for each row that means nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from lended.sheets.errors import BadCell
from lended.sheets.reading import Row
from lended.sheets.reports import Refused

T = TypeVar("T")


def parse_rows(
    rows: Iterable[Row], parse: Callable[[Row], T], key: Callable[[T], str]
) -> Iterator[T | Refused]:
    """Yield what each row says, or the refusal of it.

    Parameters
    ----------
    parse
        Raises BadCell for a row that cannot be used.
    key
        What may be there only once, in words: "URN 100000". A second one is refused with the
        lines of both.
    """
    lines: dict[str, int] = {}
    for row in rows:
        parsed = _parse(row, parse)
        if not isinstance(parsed, Refused):
            words = key(parsed)
            first = lines.setdefault(words, row.line)
            if first != row.line:
                parsed = Refused(row.line, _repeated(words, first, row.line))
        yield parsed


def _parse(row: Row, parse: Callable[[Row], T]) -> T | Refused:
    if row.missing:
        return Refused(row.line, f"The row stops before the column “{row.missing[0]}”.")
    try:
        return parse(row)
    except BadCell as bad:
        return Refused(row.line, bad.reason, bad.column)


def _repeated(words: str, first: int, second: int) -> str:
    return f"{words} stands on line {first:,} and again on line {second:,}; the first was taken."

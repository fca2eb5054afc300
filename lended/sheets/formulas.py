"""Cells that a spreadsheet would take for a formula.

Written, they get an apostrophe in front, which spreadsheets show as plain text; read, they lose
it again. A cell that looks as if it had one already gets another, so that a round trip changes
nothing.

References
----------
OWASP, CSV Injection: cells beginning with ``=``, ``+``, ``-``, ``@``, tab, carriage return or
line feed; under East Asian settings also with the full-width signs.
"""

from __future__ import annotations

import re

APOSTROPHE = "'"
DANGEROUS = re.compile(r"'*(?: *[\t\r\n]|\s*[=+\-@\uff0b\uff0d\uff1d\uff20])")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return APOSTROPHE + cell if DANGEROUS.match(cell) else cell


def original(cell: str) -> str:
    """Return what `neutral` was given."""
    return cell[1:] if cell[:1] == APOSTROPHE and DANGEROUS.match(cell, 1) else cell

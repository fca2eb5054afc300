"""Activation codes: what one may look like, and how it is shown to those it is not for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

MOST_CODES = 5000
"""Codes one file may hold."""

LONGEST_CODE = 200
SHOWN_LETTERS = 3
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as a file has it.

    Parameters
    ----------
    line
        Of the file, counted from 1.
    """

    line: int
    code: str


def masked(code: str) -> str:
    """Return a code by its last letters; of a short one less, so that most of it stays hidden."""
    shown = min(SHOWN_LETTERS, len(code) // 3)
    return HIDDEN + code[len(code) - shown :]


def wrong_rows(rows: Sequence[CodeRow], known: Collection[str]) -> list[str]:
    """Return for each row that cannot be kept its line and the reason.

    Parameters
    ----------
    known
        Codes that were kept before, whatever became of them.
    """
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        reason = _wrong(row, seen, known)
        if reason:
            problems.append(f"Line {row.line}: {reason}")
        seen.setdefault(row.code, row.line)
    return problems


def _wrong(row: CodeRow, seen: dict[str, int], known: Collection[str]) -> str:
    if not row.code:
        return "there is no code."
    if len(row.code) > LONGEST_CODE:
        return f"a code has {LONGEST_CODE} letters at most."
    if row.code in seen:
        return f"{masked(row.code)} stands on line {seen[row.code]} already."
    return f"you have {masked(row.code)} already." if row.code in known else ""

"""What an import did: rows read, added, changed, left as they were, and refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lended.sheets.writing import write_rows


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was left out.

    Parameters
    ----------
    line
        The line of the file it began on, counted from 1, the headers being line 1.
    column
        The header of the cell that is wrong; empty when it is the row as a whole.
    """

    line: int
    reason: str
    column: str = ""

    @property
    def words(self) -> str:
        """Say it in one line."""
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.reason}"


@dataclass(slots=True)
class ImportReport:
    """Counts kept while importing; every row read is counted once more as one of the others.

    Parameters
    ----------
    passed_over
        Sound rows of a kind that is not kept: how many, by what they are.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, line: int, reason: str, column: str = "") -> None:
        """Note a row that was left out, and why."""
        self.refused.append(Refused(line, reason, column))

    @property
    def words(self) -> str:
        """Say what the import did, in one line."""
        counts = {
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }
        aside = {f"passed over ({what})": count for what, count in self.passed_over.items()}
        return ", ".join(f"{count:,} {what}" for what, count in (counts | aside).items()) + "."

    def write_refusals(self, path: Path) -> int:
        """Write the refused rows as a sheet and return how many there are."""
        rows = ((row.line, row.column, row.reason) for row in self.refused)
        return write_rows(path, ("line", "column", "reason"), rows)

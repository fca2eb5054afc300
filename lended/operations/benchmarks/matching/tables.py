"""Tables of what was found, for a terminal or for Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """What was found, as it is shown.

    Parameters
    ----------
    head
        The names of the columns; the first is of what a row is about.
    notes
        What a reader must know to read it, a sentence or more each.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> str:
        """Show it with columns set side by side: words to the left, figures to the right."""
        lines = (self.head, *self.rows)
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        drawn = ["  ".join(_set(line, widths)).rstrip() for line in lines]
        return "\n".join([self.title, "─" * len(self.title), *drawn, *self.notes, ""])

    def markdown(self) -> str:
        """Show it as Markdown."""
        rule = ("---", *("---:" for _ in self.head[1:]))
        drawn = [f"| {' | '.join(line)} |" for line in (self.head, rule, *self.rows)]
        notes = [part for note in self.notes for part in ("", note)]
        return "\n".join([f"**{self.title}**", "", *drawn, *notes, ""])


def _set(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(line, widths, strict=True)
    return [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]

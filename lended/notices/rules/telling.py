"""What one side of a loan is told about a move."""

from __future__ import annotations

from dataclasses import dataclass

TEACHER, RESPONSIBLE, LEADS, SUPPLIER = "teacher", "responsible", "leads", "supplier"


@dataclass(frozen=True, slots=True)
class Telling:
    """What one side of a loan is told about a move.

    ``title`` and ``words`` may name ``{who}`` (who made the move), ``{product}``, ``{school}``,
    ``{supplier}`` and ``{on}`` (the day).

    Parameters
    ----------
    to
        Which side; the responsible person stands for the school's leads where none is named.
    receipt
        Whether it is also told to who made the move.
    """

    to: str
    title: str
    words: str
    action: str = "See the loan"
    urgent: bool = True
    receipt: bool = False

"""Why a file, or one cell of it, cannot be used."""

from __future__ import annotations

from lended.errors import Refusal


class SheetError(Refusal):
    """The whole file cannot be used; ``words`` say why and, where there is one, on which line."""

    status = 422


class BadCell(ValueError):
    """One cell cannot be used, so its row cannot be either."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason

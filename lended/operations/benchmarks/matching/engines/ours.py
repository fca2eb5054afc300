"""Our matcher, as LendED uses it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matching import Document, Matcher


class OurEngine:
    """The matcher with its parameters as they come."""

    can_add = True
    called = "Matcher.rank(query, 10), which also says why"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Learn documents and keep what was learnt in a folder."""
        Matcher().fit(documents).save(folder)

    def open(self, folder: Path) -> None:
        """Get ready to be asked of what a folder holds."""
        self._matcher = Matcher.load(folder)

    def find(self, query: str, limit: int) -> list[str]:
        """Give the keys of the best documents for a query, best first."""
        return [match.key for match in self._matcher.rank(query, limit)]

    def add(self, document: Document) -> None:
        """Add one document."""
        self._matcher.add([document])

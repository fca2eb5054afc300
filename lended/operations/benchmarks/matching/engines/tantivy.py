"""The tantivy engine, its files mapped into memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tantivy import Index

from lended.operations.benchmarks.matching.invented import key_of
from lended.operations.benchmarks.matching.peers import full_text
from lended.operations.benchmarks.matching.peers.tantivy import (
    Finder,
    analyzer,
    build_index,
    write,
)
from matching import Document


class TantivyEngine:
    """BM25 as tantivy computes it."""

    can_add = True
    called = "analyze(query), a boolean query of its terms, and Searcher.search of 10"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Learn documents and keep what was learnt in a folder."""
        folder.mkdir()
        build_index((("", full_text(each)) for each in documents), folder)

    def open(self, folder: Path) -> None:
        """Get ready to be asked of what a folder holds."""
        self._index = Index.open(str(folder))
        self._index.register_tokenizer("words", analyzer())
        self._finder = Finder(self._index)

    def find(self, query: str, limit: int) -> list[str]:
        """Give the keys of the best documents for a query, best first."""
        return [key_of(place) for place in self._finder.find(query, limit)]

    def add(self, document: Document) -> None:
        """Add one document."""
        write(self._index, [(int(document.key), ("", full_text(document)))])
        self._finder = Finder(self._index)

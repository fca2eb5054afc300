"""SQLite's full-text index, ranked by its own BM25."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from matching import Document

WORD = re.compile(r"\w+")


class FTS5Peer:
    """FTS5 with the Porter stemmer; any of the query's words will do.

    Parameters
    ----------
    title_weight
        How many words of the text a word of the title is worth; SQLite counts the words of both
        together.
    """

    def __init__(self, title_weight: int = 1) -> None:
        self._order = f"bm25(document, {title_weight:.1f}, 1.0)"

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE document USING fts5(title, text, tokenize = 'porter unicode61')"
        )
        self._base.executemany(
            "INSERT INTO document (rowid, title, text) VALUES (?, ?, ?)",
            ((place, each.title, each.text) for place, each in enumerate(documents)),
        )

    def rank(self, queries: Sequence[str], limit: int) -> Iterator[list[int]]:
        """Give for each query the places of documents that hold a word of it, best first."""
        for query in queries:
            words = " OR ".join(f'"{word}"' for word in WORD.findall(query))
            rows = self._base.execute(
                "SELECT rowid FROM document WHERE document MATCH ?"  # noqa: S608 - our own order
                f" ORDER BY {self._order}, rowid LIMIT ?",
                (words or '""', limit),
            )
            yield [place for (place,) in rows]

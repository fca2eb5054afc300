"""The bm25s library: BM25 with scores computed when it is fitted.

References
----------
X. H. Lù, BM25S: orders of magnitude faster lexical search via eager sparse scoring, 2024.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import bm25s
import Stemmer

from lended.operations.benchmarks.matching.peers.places import best_places
from matching import Document

STEMMER = Stemmer.Stemmer("english")


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """Read texts as bm25s advises: stemmed, without English stop words."""
    read: list[list[str]] = bm25s.tokenize(
        texts, stopwords="en", stemmer=STEMMER, return_ids=False, show_progress=False
    )
    return read


class BM25Peer:
    """BM25 as bm25s sets it up.

    Parameters
    ----------
    title_weight
        How often a title is repeated: the library has no fields.
    """

    def __init__(self, title_weight: int = 1) -> None:
        self._title_weight = title_weight

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        texts = [f"{each.title} " * self._title_weight + each.text for each in documents]
        self._index = bm25s.BM25()
        self._index.index(words_of(texts), show_progress=False)

    def rank(self, queries: Sequence[str], limit: int) -> Iterator[list[int]]:
        """Give for each query the places of documents that hold a word of it, best first."""
        for words in words_of(queries):
            yield best_places(self._index.get_scores(words), limit) if words else []

"""What anyone would use instead of our matcher: each peer is a module, and a line or two here.

Every peer reads words in its own way. It is given a document as one text, its title first; where
it can weigh titles, it is measured with that too, at the weight that serves it best on the public
collections beside the project: what is not tuned is our matcher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from lended.operations.benchmarks.matching.installed import Place, find_installed, make
from matching import Document

PEERS: dict[str, Place] = {
    "scikit-learn TF-IDF": (f"{__name__}.naive", "TfidfPeer", {}),
    "SQLite FTS5": (f"{__name__}.sqlite", "FTS5Peer", {}),
    "SQLite FTS5, title × 5": (f"{__name__}.sqlite", "FTS5Peer", {"title_weight": 5}),
    "tantivy": (f"{__name__}.tantivy", "TantivyPeer", {}),
    "tantivy, title × 2": (f"{__name__}.tantivy", "TantivyPeer", {"title_weight": 2}),
    "bm25s": (f"{__name__}.bm25", "BM25Peer", {}),
    "bm25s, title × 5": (f"{__name__}.bm25", "BM25Peer", {"title_weight": 5}),
    "MiniLM": (f"{__name__}.meaning", "MeaningPeer", {}),
}


class Ranker(Protocol):
    """Learns documents and ranks them for queries."""

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        ...

    def rank(self, queries: Sequence[str], limit: int) -> Iterable[list[int]]:
        """Give for each query the places of documents that answer it, best first."""
        ...


def find_peers() -> tuple[dict[str, Callable[[], Ranker]], tuple[str, ...]]:
    """Find the peers that can be had here, and a sentence about each that cannot."""
    found, missing = find_installed(PEERS)
    return {name: partial(make, PEERS[name]) for name in found}, missing


def full_text(document: Document) -> str:
    """Give a document as one text, as peers are given it."""
    return f"{document.title} {document.text}"

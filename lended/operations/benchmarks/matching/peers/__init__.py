"""What anyone would use instead of our matcher: each peer is a module, and a line or two here.

Every peer reads words in its own way. It is given a document as one text, its title first; where
it can weigh titles, it is measured with that too, at the weight that serves it best on the public
collections beside the project: what is not tuned is our matcher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from typing import Protocol

from matching import Document

PEERS = {
    "scikit-learn TF-IDF": ("naive", "TfidfPeer", {}),
    "SQLite FTS5": ("sqlite", "FTS5Peer", {}),
    "SQLite FTS5, title × 5": ("sqlite", "FTS5Peer", {"title_weight": 5}),
    "tantivy": ("tantivy", "TantivyPeer", {}),
    "tantivy, title × 2": ("tantivy", "TantivyPeer", {"title_weight": 2}),
    "bm25s": ("bm25", "BM25Peer", {}),
    "bm25s, title × 5": ("bm25", "BM25Peer", {"title_weight": 5}),
    "MiniLM": ("meaning", "MeaningPeer", {}),
}
"""For each peer the module beside this one, the class in it, and what it is made with."""


class Ranker(Protocol):
    """Learns documents and ranks them for queries."""

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        ...

    def rank(self, queries: Sequence[str], limit: int) -> Iterable[list[int]]:
        """Give for each query the places of documents that answer it, best first."""
        ...


def find_peers() -> tuple[dict[str, Callable[[], Ranker]], dict[str, str]]:
    """Find the peers that can be had here.

    Returns
    -------
    The peers that are installed, and for the others the name of what is not installed.
    """
    found: dict[str, Callable[[], Ranker]] = {}
    missing: dict[str, str] = {}
    for name, (module, kind, arguments) in PEERS.items():
        try:
            peer = getattr(import_module(f"{__name__}.{module}"), kind)
            found[name] = partial(peer, **arguments)
        except ModuleNotFoundError as error:
            missing[name] = error.name or module
    return found, missing


def full_text(document: Document) -> str:
    """Give a document as one text, as peers are given it."""
    return f"{document.title} {document.text}"

"""The bm25s library, its arrays mapped into memory."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import bm25s

from lended.operations.benchmarks.matching.invented import key_of
from lended.operations.benchmarks.matching.peers import full_text
from lended.operations.benchmarks.matching.peers.bm25 import STEMMER, words_of
from matching import Document


class BM25Engine:
    """BM25 as bm25s sets it up.

    Parameters
    ----------
    backend
        "numba" for compiled loops, or "numpy".

    Raises
    ------
    ModuleNotFoundError
        When the backend is not installed.
    """

    can_add = False
    called = "bm25s.tokenize([query]), stemmed by PyStemmer, and BM25.retrieve of 10 in one thread"

    def __init__(self, backend: str) -> None:
        import_module(backend)
        self._backend = backend

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Learn documents and keep what was learnt in a folder."""
        texts = [full_text(each) for each in documents]
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=STEMMER, show_progress=False)
        index = bm25s.BM25(backend=self._backend)
        index.index(tokens, show_progress=False)
        index.save(folder, show_progress=False)

    def open(self, folder: Path) -> None:
        """Get ready to be asked of what a folder holds."""
        self._index = bm25s.BM25.load(folder, mmap=True, backend=self._backend, show_progress=False)

    def find(self, query: str, limit: int) -> list[str]:
        """Give the keys of the best documents for a query, best first."""
        words = words_of([query])
        if not words[0]:
            return []
        places = self._index.retrieve(words, k=limit, show_progress=False, return_as="documents")
        return [key_of(place) for place in places[0].tolist()]

    def add(self, document: Document) -> None:
        """Refuse: nothing can be added to what was learnt.

        Raises
        ------
        NotImplementedError
            Always.
        """
        raise NotImplementedError

"""What is measured for speed: our matcher, and the fastest peers, each kept in a folder.

All are asked alike: a text goes in and the keys of ten documents come out, so that reading the
text and stemming its words is part of what is measured.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from lended.operations.benchmarks.matching.installed import Place, make
from matching import Document

ENGINES: dict[str, Place] = {
    "LendED": (f"{__name__}.ours", "OurEngine", {}),
    "bm25s, numba": (f"{__name__}.bm25", "BM25Engine", {"backend": "numba"}),
    "bm25s, NumPy": (f"{__name__}.bm25", "BM25Engine", {"backend": "numpy"}),
    "tantivy": (f"{__name__}.tantivy", "TantivyEngine", {}),
}


class Engine(Protocol):
    """An index in a folder that can be asked.

    Attributes
    ----------
    called
        How it is asked, in its own terms.
    can_add
        Whether a document can be added without learning all of them again.
    """

    called: str
    can_add: bool

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Learn documents and keep what was learnt in a folder."""
        ...

    def open(self, folder: Path) -> None:
        """Get ready to be asked of what a folder holds."""
        ...

    def find(self, query: str, limit: int) -> list[str]:
        """Give the keys of the best documents for a query, best first."""
        ...

    def add(self, document: Document) -> None:
        """Add one document so that it can be found."""
        ...


def engine_called(name: str) -> Engine:
    """Make one engine, importing nothing but what it needs: processes are measured with it."""
    engine: Engine = make(ENGINES[name])
    return engine

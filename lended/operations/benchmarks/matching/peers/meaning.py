"""Sentence embeddings: texts are near one another when their vectors are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from lended.operations.benchmarks.matching.peers import full_text
from lended.operations.benchmarks.matching.peers.places import best_places
from matching import Document
from matching.meaning.minilm import load_encoder


class Encoder(Protocol):
    """Turns texts into vectors."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give a vector of length 1 for each text; shape (texts, 384)."""
        ...


class MeaningPeer:
    """MiniLM's vectors of queries and documents, and the cosine between them.

    Parameters
    ----------
    encoder
        None takes MiniLM.
    """

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder: Encoder = encoder or load_encoder()

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        self._vectors = self._encoder.encode([full_text(each) for each in documents])

    def rank(self, queries: Sequence[str], limit: int) -> Iterator[list[int]]:
        """Give for each query the places of the documents nearest to it, nearest first."""
        for vector in self._encoder.encode(list(queries)):
            yield best_places(self._vectors @ vector + 1, limit)

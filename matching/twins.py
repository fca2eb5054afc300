"""Near-duplicates: listings of one source that say nearly the same, and must not fill a list.

Each document has a sketch of the terms it holds, made of them alone, so that documents come and go
without being compared; only those at the head of a ranking ever are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.counting import BLOCK, Counts
from matching.documents import Document

AMONG = 100
"""How many of the best are compared: a nearly equal one goes to the end of these."""

BITS = 128
MOST_APART = 26
"""Bits by which sketches of nearly equal texts differ at most: four of five terms are the same."""


@dataclass(frozen=True, eq=False, slots=True)
class Sketches:
    """What is needed to see near-duplicates among documents.

    Parameters
    ----------
    sources
        A number for each document's source, shape (n,); 0 for one that names none.
    bits
        The sketches, shape (n, BITS / 8).

    References
    ----------
    M. S. Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002.
    """

    sources: NDArray[np.int64]
    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, documents: Sequence[Document], counts: Counts) -> Self:
        """Sketch documents; those without a source need none."""
        sources = np.array([_number(document.source) for document in documents], dtype=np.int64)
        bits = np.zeros((len(documents), BITS // 8), dtype=np.uint8)
        if sources.any():
            signs = _signs(counts.vocabulary)
            for number, block in enumerate(counts.blocks):
                rows = slice(number * BLOCK, (number + 1) * BLOCK)
                shape = (len(sources[rows]), len(counts.vocabulary))
                holding = np.ones(len(block.terms), dtype=np.float32)
                held = csr_matrix((holding, (block.rows, block.terms)), shape=shape)
                bits[rows] = np.packbits(held @ signs > 0, axis=1)
        return cls(sources, bits)

    @classmethod
    def gather(cls, parts: Iterable["Sketches"]) -> "Sketches":
        """Put the sketches of several parts of an index one after another."""
        listed = list(parts)
        return cls(
            np.concatenate([each.sources for each in listed]),
            np.concatenate([each.bits for each in listed]),
        )

    def twins_last(self, ranked: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the order in which those come last that nearly repeat a better one of their source.

        Parameters
        ----------
        ranked
            Rows, best first; only the first `AMONG` are compared.
        """
        first = ranked[:AMONG]
        sources = self.sources[first]
        alike = np.where(sources == 0, -np.arange(len(first)), sources)  # none is like no other
        better, worse = np.nonzero(alike[:, None] == alike)
        pairs = better < worse
        better, worse = better[pairs], worse[pairs]
        bits = self.bits[first]
        apart = np.bitwise_count(bits[better] ^ bits[worse]).sum(axis=1, dtype=np.int64)
        again = np.zeros(len(ranked), dtype=np.bool_)
        again[worse[apart <= MOST_APART]] = True
        # Behind the others of the first, and before whatever follows those.
        return np.argsort(again + 2 * (np.arange(len(ranked)) >= AMONG), kind="stable")


def _number(source: str) -> int:
    if not source:
        return 0
    digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1 or 1


def _signs(vocabulary: Sequence[str]) -> NDArray[np.float32]:
    """Give each term's random direction, shape (terms, BITS), of −1 and 1."""
    digests = b"".join(
        blake2b(term.encode("utf-8", "surrogatepass"), digest_size=BITS // 8).digest()
        for term in vocabulary
    )
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8)).reshape(-1, BITS)
    return bits.astype(np.float32) * 2 - 1

"""What documents mean, kept small: unit vectors in steps of a byte, and their cosines to a need."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching import compiled
from matching.meaning.table import DIMENSIONS, STEPS

NEED_STEPS = 512
"""Steps of a need's components: finer than a document's, and no sum of products reaches 2²⁴."""

MOST_WIDENED = 32_768
"""Documents whose steps are kept as floats too, 25 MB of them: that is what multiplying takes."""

_ROWS_AT_ONCE = 1024  # what fits into a processor's nearest memory

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Vectors:
    """Vectors of documents.

    Parameters
    ----------
    steps, scale
        Their components in whole steps, shape (n, 192), and what a step of each is worth, shape
        (n,).

    Raises
    ------
    ValueError
        When the two do not fit together.
    """

    steps: NDArray[np.int8]
    scale: Floats

    def __post_init__(self) -> None:
        if self.steps.shape != (len(self.scale), DIMENSIONS):
            raise ValueError(f"vectors of shape {self.steps.shape} and {len(self.scale)} scales")

    @classmethod
    def of(cls, vectors: Floats) -> Self:
        """Keep vectors, shape (n, 192)."""
        return cls(*_in_steps(vectors, STEPS))

    def __len__(self) -> int:
        return len(self.scale)

    def __add__(self, others: Self) -> Self:
        return type(self)(
            np.concatenate([self.steps, others.steps]), np.concatenate([self.scale, others.scale])
        )

    def take(self, places: list[int]) -> Self:
        """Give some of the vectors, in this order."""
        return type(self)(self.steps[places], self.scale[places])

    def cosines(self, need: Floats) -> Floats:
        """Give the cosine of each vector to a need's, shape (n,).

        The sums are of whole numbers that 32-bit floats hold exactly: a document's cosine is the
        same to the last bit whatever documents are around it, and on every machine.
        """
        steps, scale = _in_steps(need[None], NEED_STEPS)
        cosines: Floats = self._sums(steps[0]) * self.scale * scale
        return cosines

    def _sums(self, steps: NDArray[np.signedinteger]) -> Floats:
        if compiled.available:
            exact: NDArray[np.int32] = compiled.products(self.steps, steps)
            return exact.astype(np.float32)
        asked = steps.astype(np.float32)
        if len(self) <= MOST_WIDENED:
            return self._widened @ asked
        sums = np.empty(len(self), dtype=np.float32)
        for start in range(0, len(self), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            sums[rows] = self.steps[rows].astype(np.float32) @ asked
        return sums

    @cached_property
    def _widened(self) -> Floats:
        return self.steps.astype(np.float32)


def _in_steps(vectors: Floats, most: int) -> tuple[NDArray[np.signedinteger], Floats]:
    scale = np.maximum(np.abs(vectors).max(axis=1, initial=0), np.float32(1e-9)) / np.float32(most)
    kind = np.int8 if most <= STEPS else np.int16
    return np.rint(vectors / scale[:, None]).astype(kind), scale.astype(np.float32)

"""Fitting the table: ridge regression from the pieces of texts to MiniLM's vectors of them.

References
----------
A. E. Hoerl, R. W. Kennard, Ridge regression, Technometrics 1970.
S. Arora, Y. Liang, T. Ma, A simple but tough-to-beat baseline for sentence embeddings, ICLR 2017.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.linalg import eigh, solve

from matching.meaning.table import DIMENSIONS, STEPS

RIDGE = 0.1
"""How strongly the vectors of pieces are held to what MiniLM says of each piece alone."""

ALONE = 0.6
"""How long a piece's vector is before any text is seen, against what MiniLM says of it alone."""

COMMON = 0.01
"""The share of texts from which a piece is so common that it weighs less than half."""

_FIRST_REAL_PIECE = 999  # those before it are marks that no text holds

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """What the table keeps; see `matching.meaning.table.Table`."""

    steps: NDArray[np.int8]
    scale: NDArray[np.float32]
    mean: NDArray[np.float32]
    axes: NDArray[np.float32]


def fit(
    cut: Sequence[Sequence[int]], vectors: Floats, alone: Floats, ridge: float = RIDGE
) -> Fitted:
    """Fit vectors of pieces, so that their sums come near MiniLM's vectors of whole texts.

    Parameters
    ----------
    cut
        The texts, as numbers of pieces; each holds one at least.
    vectors
        MiniLM's vectors of them, shape (texts, 384).
    alone
        MiniLM's vectors of the single pieces, shape (pieces, 384).
    """
    mean = vectors.mean(axis=0)
    axes = principal_axes(vectors - mean)
    weights = piece_weights(cut, len(alone))
    before = ALONE * (alone - alone[_FIRST_REAL_PIECE:].mean(axis=0)) @ axes
    shares = _shares(cut, weights)
    seen = np.flatnonzero(np.bincount(shares.indices, minlength=len(alone)))
    shares = shares[:, seen]
    missing = (vectors - mean) @ axes - shares @ before[seen]
    gram = (shares.T @ shares).toarray()
    gram[np.diag_indices_from(gram)] += ridge
    learnt = before.copy()
    learnt[seen] += solve(gram, shares.T @ missing, assume_a="pos", overwrite_a=True)
    steps, step = quantise(learnt)
    return Fitted(steps, (step * weights).astype(np.float32), _single(mean), _single(axes))


def principal_axes(centred: Floats) -> Floats:
    """Give the directions in which rows differ most, shape (384, 192), the main one first.

    Which way an axis points is settled by its largest component.
    """
    _, axes = eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :DIMENSIONS]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0)
    turned: Floats = axes * np.sign(largest)
    return turned


def piece_weights(cut: Sequence[Sequence[int]], pieces: int) -> Floats:
    """Give what each piece weighs in a text: the less, the more texts hold it."""
    holders = np.bincount([piece for text in cut for piece in set(text)], minlength=pieces)
    weights: Floats = COMMON / (COMMON + (holders + 1) / (len(cut) + 1))
    return weights


def quantise(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Give vectors in whole steps, and what a step of each row is worth."""
    step = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / STEPS
    return np.rint(vectors / step[:, None]).astype(np.int8), step


def _shares(cut: Sequence[Sequence[int]], weights: Floats) -> scipy.sparse.csr_array:
    """Give each piece's share of each text's weight, shape (texts, pieces)."""
    rows = np.repeat(np.arange(len(cut)), [len(text) for text in cut])
    pieces = np.array([piece for text in cut for piece in text])
    whole = np.bincount(rows, weights[pieces], minlength=len(cut))
    shares = weights[pieces] / whole[rows]
    return scipy.sparse.csr_array((shares, (rows, pieces)), shape=(len(cut), len(weights)))


def _single(numbers: Floats) -> NDArray[np.float32]:
    return numbers.astype(np.float32)

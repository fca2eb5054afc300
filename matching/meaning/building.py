"""The command that makes the table and the thesaurus: ``python -m matching.meaning.building``.

It needs the encoder (the extra called semantic) and takes about ten minutes.
"""

import argparse
import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.meaning.fitting import fit
from matching.meaning.minilm import MiniLM, load_encoder
from matching.meaning.relating import lexicon, relate
from matching.meaning.table import FOLDER, VERSION, load_table
from matching.meaning.texts import gather
from matching.meaning.wordpiece import WordPieces

_LOG = logging.getLogger(__name__)
_PIECES_AT_ONCE = 1024


def build(texts: Sequence[str], encoder: MiniLM, out: Path) -> None:
    """Make the table and the thesaurus from texts and write them into a folder.

    The same texts give the same files on the same machine; on another, a last digit may round the
    other way.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    cutter = WordPieces(encoder.vocabulary)
    cut = [cutter.numbers(text) for text in texts]
    _LOG.info("Encoding %s texts", len(texts))
    vectors = encoder.encode_pieces(cut)
    _LOG.info("Encoding %s pieces", len(encoder.vocabulary))
    alone = encoder.encode_pieces([[piece] for piece in range(len(encoder.vocabulary))])
    write(texts, cut, vectors, alone, encoder.vocabulary, out)


def write(
    texts: Sequence[str],
    cut: Sequence[Sequence[int]],
    vectors: NDArray[np.float32],
    alone: NDArray[np.float32],
    vocabulary: Sequence[str],
    out: Path,
) -> None:
    """Fit what was encoded, and write it."""
    out.mkdir(parents=True, exist_ok=True)
    _LOG.info("Fitting")
    fitted = fit(cut, vectors.astype(np.float64), alone.astype(np.float64))
    arrays = {name: getattr(fitted, name) for name in ("steps", "scale", "mean", "axes")}
    _write_arrays(out, arrays)
    _write_lines(out, "pieces", vocabulary)
    _write_about(out, texts, arrays)
    _LOG.info("Relating words")
    load_table.cache_clear()
    table = load_table(out)
    assert table is not None
    words = lexicon(vocabulary, texts)
    names = ("related_starts", "related_others", "related_weights")
    _write_arrays(out, dict(zip(names, relate(words, table), strict=True)))
    _write_lines(out, "related_words", words)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, metavar="PLACE")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    build(gather(asked.texts), load_encoder(), asked.out)


def _write_arrays(out: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    for name, numbers in arrays.items():
        np.save(out / f"{name}.npy", np.ascontiguousarray(numbers), allow_pickle=False)


def _write_lines(out: Path, name: str, words: Sequence[str]) -> None:
    text = "".join(f"{word}\n" for word in words)
    (out / f"{name}.txt").write_text(text, encoding="utf-8")


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

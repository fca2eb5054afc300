"""Keeping an index in a folder, opened without being read."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from matching.columns import FacetColumns, TermColumns
from matching.documents import Document
from matching.index import Index
from matching.meaning.meanings import Meanings
from matching.meaning.vectors import Vectors
from matching.savings import Savings, write_durably
from matching.segments import Segment, add_segment
from matching.strings import Marks, Strings
from matching.twins import Sketches
from matching.weights import Statistics, Weights

VERSION = 4
"""Of the layout; a change to what is saved, or to how text is analysed, raises it."""

_ABOUT = "about.json"


class IndexDamaged(ValueError):
    """What is in a folder is not a whole index of this version."""


def save(index: Index, parameters: Mapping[str, Any], folder: Path) -> None:
    """Save an index and the parameters of its matcher."""
    folder.mkdir(parents=True, exist_ok=True)
    before = _present(folder)
    _savings(folder).save(partial(_write, index, parameters))
    if before:
        _savings(folder).remove(before)


def load(folder: Path) -> tuple[Index, dict[str, Any]]:
    """Open an index and give it with the parameters of its matcher.

    Raises
    ------
    FileNotFoundError
        When nothing was saved there.
    IndexDamaged
        When what is there is not a whole index of this version.
    """
    name = _present(folder)
    while name:
        try:
            with _damage_named(folder):
                return _read(folder / name)
        except IndexDamaged:
            # A saving elsewhere may have replaced it meanwhile.
            name, failed = _present(folder), name
            if name == failed:
                raise
    raise FileNotFoundError(f"No index has been saved in {folder}.")


def _savings(folder: Path) -> Savings:
    return Savings(folder, prefix="index-", pointer="current")


def _present(folder: Path) -> str:
    try:
        return _savings(folder).present()
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The folder {folder} holds no index: {error}") from error


def _write(index: Index, parameters: Mapping[str, Any], aside: Path) -> None:
    arrays = {**_arrays(index.base), **_meaning_arrays(index.meanings), "alive": index.alive}
    for name, array in arrays.items():
        with (aside / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    about = {
        "version": VERSION,
        "sizes": {name: len(array) for name, array in arrays.items()},
        "blocks": index.base.terms.blocks,
        "parameters": dict(parameters),
        "weights": asdict(index.weights),
        "statistics": asdict(index.statistics),
        "meanings_made_by": index.meanings.made_by if index.meanings else None,
        "recent": [_plain(document) for document in index.recent],
    }
    write_durably(aside / _ABOUT, json.dumps(about))


def _arrays(segment: Segment) -> dict[str, np.ndarray[Any, Any]]:
    terms, facets = segment.terms, segment.facets
    packed = {
        "keys": segment.keys,
        "terms": terms.terms,
        "facets": facets.names,
        "words": segment.words,
    }
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "term_rarity": terms.rarity,
        "term_step": terms.step,
        "term_starts": terms.starts,
        "term_rows": terms.rows,
        "term_impacts": terms.impacts,
        "facet_starts": facets.starts,
        "facet_rows": facets.rows,
        "word_terms": segment.word_terms,
        "word_counts": segment.word_counts,
        "word_marks": segment.marks.bits,
        "sketch_sources": segment.sketches.sources,
        "sketch_bits": segment.sketches.bits,
    }
    for name, strings in packed.items():
        arrays |= {f"{name}_{part}": getattr(strings, part) for part in Strings.ARRAYS}
    return arrays


def _meaning_arrays(meanings: Meanings | None) -> dict[str, np.ndarray[Any, Any]]:
    if meanings is None:
        return {}
    base, recent = meanings.base, meanings.recent
    return {
        "meaning_steps": base.steps,
        "meaning_scale": base.scale,
        "recent_meaning_steps": recent.steps,
        "recent_meaning_scale": recent.scale,
    }


@contextmanager
def _damage_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise IndexDamaged(f"The index in {folder} cannot be read: {error}") from error


def _read(saved: Path) -> tuple[Index, dict[str, Any]]:
    about = json.loads((saved / _ABOUT).read_text(encoding="ascii"))
    if about["version"] != VERSION:
        raise IndexDamaged(f"version {about['version']}, not {VERSION}")
    arrays = {name: _open(saved / f"{name}.npy", size) for name, size in about["sizes"].items()}
    weights, statistics = Weights(**about["weights"]), Statistics(**about["statistics"])
    base = _segment(arrays, about["blocks"])
    recent = tuple(Document(**each) for each in about["recent"])
    delta = add_segment(recent, weights, statistics, base) if recent else None
    alive = np.array(arrays["alive"])
    meanings = _meanings(arrays, about["meanings_made_by"], len(base), len(recent))
    index = Index(weights, statistics, base, alive, recent, delta, meanings)
    return index, about["parameters"]


def _open(path: Path, size: int) -> np.ndarray[Any, Any]:
    # An empty file cannot be mapped. What is mapped is taken as a plain array: each slice of
    # NumPy's own kind for it takes a microsecond.
    array = np.asarray(np.load(path, mmap_mode="r" if size else None))
    if len(array) != size:
        raise IndexDamaged(f"{path.name} has {len(array)} entries, not {size}")
    return array


def _segment(arrays: Mapping[str, np.ndarray[Any, Any]], blocks: int) -> Segment:
    def strings(name: str) -> Strings:
        return Strings(*(arrays[f"{name}_{part}"] for part in Strings.ARRAYS))

    terms = TermColumns(
        strings("terms"),
        arrays["term_rarity"],
        arrays["term_step"],
        arrays["term_starts"],
        arrays["term_rows"],
        arrays["term_impacts"],
        blocks,
    )
    facets = FacetColumns(strings("facets"), arrays["facet_starts"], arrays["facet_rows"])
    return Segment(
        strings("keys"),
        terms,
        facets,
        strings("words"),
        arrays["word_terms"],
        arrays["word_counts"],
        Marks(arrays["word_marks"]),
        Sketches(arrays["sketch_sources"], arrays["sketch_bits"]),
    )


def _meanings(
    arrays: Mapping[str, np.ndarray[Any, Any]], made_by: str | None, base: int, recent: int
) -> Meanings | None:
    if made_by is None:
        return None
    fitted = Vectors(arrays["meaning_steps"], arrays["meaning_scale"])
    added = Vectors(arrays["recent_meaning_steps"], arrays["recent_meaning_scale"])
    if (len(fitted), len(added)) != (base, recent):
        raise IndexDamaged("there are not as many meanings as documents")
    return Meanings(made_by, fitted, added)


def _plain(document: Document) -> dict[str, Any]:
    plain = asdict(document)
    return plain | {"facets": {facet: list(codes) for facet, codes in document.facets.items()}}

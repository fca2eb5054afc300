"""Counting the terms of documents, field by field and block by block, reading each text once.

A catalogue is counted in blocks of `BLOCK` documents, so that a row fits two bytes within its block
and a million documents are counted in bounded memory.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.analysis import (
    FULL_NAMES,
    WORD,
    Word,
    is_shouted,
    may_name_ideas,
    read_word,
    spot_ideas,
)
from matching.documents import Document

Integers = NDArray[np.int64]

BLOCK = 1 << 16
"""Documents of a block."""


@dataclass(frozen=True, slots=True)
class Block:
    """How often each document of a block holds each term.

    Parameters
    ----------
    terms, rows, in_title, in_text
        One entry per pair of term and document, sorted by term, then row; rows count from the
        block's first document.
    title_lengths, text_lengths
        Terms in each document's fields.
    """

    terms: NDArray[np.int32]
    rows: NDArray[np.uint16]
    in_title: NDArray[np.int32]
    in_text: NDArray[np.int32]
    title_lengths: Integers
    text_lengths: Integers


@dataclass(frozen=True, slots=True)
class Counts:
    """How often the documents of a catalogue hold its terms.

    Parameters
    ----------
    vocabulary
        The terms, sorted.
    blocks
        The documents, `BLOCK` at a time.
    words
        How often each plain word was seen, with the term it is matched by.
    """

    vocabulary: list[str]
    blocks: list[Block]
    words: dict[str, tuple[str, int]]

    def holders(self) -> Integers:
        """Count for each term the documents that hold it."""
        held = np.zeros(len(self.vocabulary), dtype=np.int64)
        for block in self.blocks:
            held += np.bincount(block.terms, minlength=len(held))
        return held


def count(documents: Sequence[Document]) -> Counts:
    """Count the terms of documents; rows are the documents' positions."""
    reader = _Reader()
    counted = [
        _block(reader, documents[first : first + BLOCK])
        for first in range(0, max(len(documents), 1), BLOCK)
    ]
    vocabulary, renumbered = reader.in_order()
    return Counts(
        vocabulary=vocabulary,
        blocks=[_renumber(block, renumbered) for block in counted],
        words=reader.words(),
    )


class _Reader:
    """Reads texts into numbers of terms, and remembers each word so that it is analysed once."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._terms = _Memory()
        self._numbers = _Numbers()

    def read(self, text: str) -> list[int]:
        typed = WORD.findall(text.lower() if is_shouted(text) else text)
        self._seen.update(typed)
        terms = list(chain.from_iterable(map(self._terms.__getitem__, typed)))
        if may_name_ideas(terms):
            terms += [idea for _, _, idea in spot_ideas(terms)]
        return list(map(self._numbers.__getitem__, terms))

    def in_order(self) -> tuple[list[str], NDArray[np.int32]]:
        """Give the terms sorted, and for each number given so far its place among them."""
        vocabulary = sorted(self._numbers)
        places = np.empty(len(vocabulary), dtype=np.int32)
        places[[self._numbers[term] for term in vocabulary]] = np.arange(len(vocabulary))
        return vocabulary, places

    def words(self) -> dict[str, tuple[str, int]]:
        words: dict[str, tuple[str, int]] = {}
        for typed, times in self._seen.items():
            for lexeme in self._terms.words[typed].lexemes:
                term, before = words.get(lexeme.word, (lexeme.term, 0))
                # "SEND" is shown by its name in full, and leaves the word to "send".
                term = term if lexeme.term in FULL_NAMES else lexeme.term
                words[lexeme.word] = (term, before + times)
        return words


class _Memory(dict[str, tuple[str, ...]]):
    """The terms of a word as typed, read when it is first met, and the words read."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, Word] = {}

    def __missing__(self, typed: str) -> tuple[str, ...]:
        self.words[typed] = word = read_word(typed)
        self[typed] = word.terms
        return word.terms


class _Numbers(dict[str, int]):
    """A number for each term, in the order in which they are first met."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


class _Field:
    """The numbers of the terms of one field of a block's documents, end to end."""

    def __init__(self, texts: Iterator[list[int]]) -> None:
        terms, lengths = array("i"), array("i")
        for numbers in texts:
            terms.extend(numbers)
            lengths.append(len(numbers))
        self.terms = np.frombuffer(terms, dtype=np.int32) if terms else np.empty(0, np.int32)
        self.lengths = np.array(lengths, dtype=np.int64)

    def pairs(self) -> tuple[Integers, Integers]:
        """Give each pair of term and row as one number (term × BLOCK + row), and its count."""
        rows = np.repeat(np.arange(len(self.lengths)), self.lengths)
        pairs, times = np.unique(self.terms.astype(np.int64) * BLOCK + rows, return_counts=True)
        return pairs, times


def _block(reader: _Reader, documents: Sequence[Document]) -> Block:
    titles = _Field(reader.read(document.title) for document in documents)
    texts = _Field(reader.read(document.text) for document in documents)
    in_title, in_text = titles.pairs(), texts.pairs()
    pairs = np.union1d(in_title[0], in_text[0])
    return Block(
        terms=(pairs // BLOCK).astype(np.int32),
        rows=(pairs % BLOCK).astype(np.uint16),
        in_title=_spread(pairs, *in_title),
        in_text=_spread(pairs, *in_text),
        title_lengths=titles.lengths,
        text_lengths=texts.lengths,
    )


def _spread(pairs: Integers, held: Integers, times: Integers) -> NDArray[np.int32]:
    spread = np.zeros(len(pairs), dtype=np.int32)
    spread[np.searchsorted(pairs, held)] = times
    return spread


def _renumber(block: Block, places: NDArray[np.int32]) -> Block:
    terms = places[block.terms]
    order = np.argsort(terms, kind="stable")
    return Block(
        terms=terms[order],
        rows=block.rows[order],
        in_title=block.in_title[order],
        in_text=block.in_text[order],
        title_lengths=block.title_lengths,
        text_lengths=block.text_lengths,
    )


def lengths(blocks: Iterable[Block], field: str) -> Integers:
    """Give the lengths of a field of all documents, ``title`` or ``text``."""
    return np.concatenate([getattr(block, f"{field}_lengths") for block in blocks])

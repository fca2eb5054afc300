"""Counting the terms of documents, field by field, reading each text once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.analysis import WORD, is_shouted, lexemes, spot_ideas
from matching.documents import Document

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each document holds each term.

    Parameters
    ----------
    vocabulary
        The terms, sorted.
    terms, rows, in_title, in_text
        One entry per pair of term and document, sorted by term, then row.
    title_lengths, text_lengths
        Terms in each document's fields.
    words
        How often each plain word was seen, with the term it is matched by.
    """

    vocabulary: list[str]
    terms: Integers
    rows: Integers
    in_title: Integers
    in_text: Integers
    title_lengths: Integers
    text_lengths: Integers
    words: dict[str, tuple[str, int]]


def count(documents: Sequence[Document]) -> Counts:
    """Count the terms of documents; rows are the documents' positions."""
    reader = _Reader()
    titles = _Field(reader.read(document.title) for document in documents)
    texts = _Field(reader.read(document.text) for document in documents)
    vocabulary = sorted(set(titles.terms).union(texts.terms))
    numbers = {term: number for number, term in enumerate(vocabulary)}
    height = max(len(documents), 1)
    in_title, in_text = titles.pairs(numbers, height), texts.pairs(numbers, height)
    pairs = np.union1d(in_title[0], in_text[0])
    return Counts(
        vocabulary=vocabulary,
        terms=pairs // height,
        rows=pairs % height,
        in_title=_spread(pairs, *in_title),
        in_text=_spread(pairs, *in_text),
        title_lengths=titles.lengths,
        text_lengths=texts.lengths,
        words=reader.words(),
    )


class _Reader:
    """Reads texts into terms, and remembers each word as typed so that it is analysed once."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._terms = _Memory()

    def read(self, text: str) -> list[str]:
        typed = WORD.findall(text.lower() if is_shouted(text) else text)
        self._seen.update(typed)
        terms = list(chain.from_iterable([self._terms[word] for word in typed]))
        return terms + [idea for _, _, idea in spot_ideas(terms)]

    def words(self) -> dict[str, tuple[str, int]]:
        words: dict[str, tuple[str, int]] = {}
        for typed, times in self._seen.items():
            for lexeme in lexemes(typed):
                before = words.get(lexeme.word, (lexeme.term, 0))[1]
                words[lexeme.word] = (lexeme.term, before + times)
        return words


class _Memory(dict[str, tuple[str, ...]]):
    """The terms of a word as typed, worked out when it is first met."""

    def __missing__(self, typed: str) -> tuple[str, ...]:
        self[typed] = terms = tuple(lexeme.term for lexeme in lexemes(typed))
        return terms


class _Field:
    """The terms of one field of all documents, end to end."""

    def __init__(self, texts: Iterable[list[str]]) -> None:
        lengths: list[int] = []
        self.terms: list[str] = []
        for terms in texts:
            self.terms += terms
            lengths.append(len(terms))
        self.lengths = np.array(lengths, dtype=np.int64)

    def pairs(self, numbers: dict[str, int], height: int) -> tuple[Integers, Integers]:
        """Give each pair of term and row as one number (term × height + row), and its count."""
        terms = np.fromiter(map(numbers.__getitem__, self.terms), np.int64, len(self.terms))
        rows = np.repeat(np.arange(len(self.lengths)), self.lengths)
        pairs, times = np.unique(terms * height + rows, return_counts=True)
        return pairs, times


def _spread(pairs: Integers, held: Integers, times: Integers) -> Integers:
    spread = np.zeros(len(pairs), dtype=np.int64)
    spread[np.searchsorted(pairs, held)] = times
    return spread

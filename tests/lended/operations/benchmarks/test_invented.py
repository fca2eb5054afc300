"""Invented documents are the same every time, and like real ones where it matters."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest
import Stemmer

from lended.operations.benchmarks.matching.invented import (
    Inventor,
    read_documents,
    word,
    write_documents,
)


def test_the_same_size_gives_the_same_documents_and_queries() -> None:
    assert list(Inventor(1_500).documents()) == list(Inventor(1_500).documents())
    assert Inventor(1_500).queries(9) == Inventor(1_500).queries(9)


@pytest.mark.parametrize("size", [1_000, 20_000])
def test_a_document_has_120_words_and_about_86_different_ones(size: int) -> None:
    documents = Inventor(size).documents()
    words = [f"{each.title} {each.text}".split() for each, _ in zip(documents, range(900))]  # noqa: B905
    assert {len(each) for each in words} == {120}
    assert 79 < mean(len(set(each)) for each in words) < 93


def test_words_differ_and_stemmers_shorten_most_of_them() -> None:
    words = [word(rank) for rank in range(20_000)]
    stems = Stemmer.Stemmer("english").stemWords(words)
    assert len(set(words)) == len(words)
    assert sum(a != b for a, b in zip(words, stems, strict=True)) > len(words) / 2


def test_the_commonest_word_is_used_much_more_than_the_hundredth() -> None:
    used = " ".join(each.text for each in Inventor(1_000).documents()).split()
    assert 60 < used.count(word(0)) / used.count(word(99)) < 250


def test_queries_have_three_to_twelve_words() -> None:
    assert {len(query.split()) for query in Inventor(1_000).queries(300)} == set(range(3, 13))


def test_documents_that_are_written_down_are_read_as_they_were(tmp_path: Path) -> None:
    inventor = Inventor(120)
    write_documents(inventor, tmp_path / "documents.tsv")
    assert list(read_documents(tmp_path / "documents.tsv")) == list(inventor.documents())

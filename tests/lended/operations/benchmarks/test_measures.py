"""Measures have the values that their definitions give by hand."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from lended.operations.benchmarks.matching.corpora import Corpus, read_corpus
from lended.operations.benchmarks.matching.measures import MEASURES, NDCG, score
from tests.lended.operations.benchmarks.tiny import write_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Read a tiny collection."""
    return read_corpus(write_corpus(tmp_path / "tiny"))


def test_the_right_document_first_is_worth_everything(corpus: Corpus) -> None:
    scores = score(corpus, [[0, 1], [1]])
    assert [scores.mean(measure) for measure in MEASURES] == [1, 1, 1]


def test_a_document_further_down_is_worth_less(corpus: Corpus) -> None:
    scores = score(corpus, [[1, 2, 0], [0, 1]])
    ndcg, reciprocal, recall = (scores.by_query[measure].tolist() for measure in MEASURES)
    assert ndcg == pytest.approx([1 / log2(4), 1 / log2(3)])
    assert reciprocal == pytest.approx([1 / 3, 1 / 2])
    assert recall == [1, 1]


def test_an_empty_ranking_counts_as_nought_in_its_place(corpus: Corpus) -> None:
    assert score(corpus, [[], [1]]).by_query[NDCG].tolist() == [0, 1]

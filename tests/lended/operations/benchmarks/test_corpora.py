"""Judged collections are read as they are written, and said to be missing when they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from lended.errors import Invalid
from lended.operations.benchmarks.matching.corpora import read_corpora, read_corpus
from tests.lended.operations.benchmarks.tiny import write_corpus


def test_documents_come_in_their_order_and_queries_that_nobody_judged_are_left_out(
    tmp_path: Path,
) -> None:
    corpus = read_corpus(write_corpus(tmp_path / "tiny"))
    assert corpus.name == "tiny"
    assert [document.key for document in corpus.documents] == ["bars", "choir", "marks"]
    assert list(corpus.queries) == ["q1", "q2"]
    assert corpus.grades == {"q1": {"bars": 2, "marks": 0}, "q2": {"choir": 1}}


def test_collections_are_read_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_corpus(tmp_path / name)
    assert [corpus.name for corpus in read_corpora(tmp_path)] == ["a", "b"]


def test_a_folder_that_is_not_there_or_holds_none_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(Invalid, match=str(folder)):
            read_corpora(folder)

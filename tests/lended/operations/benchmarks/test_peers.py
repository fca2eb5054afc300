"""Peers find what anybody would find, and keep the order of documents where scores are equal."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from lended.operations.benchmarks.matching.corpora import read_corpus
from lended.operations.benchmarks.matching.installed import find_installed, make
from lended.operations.benchmarks.matching.ours import WAYS, ways, without_each_part
from lended.operations.benchmarks.matching.peers import PEERS
from lended.operations.benchmarks.matching.peers.places import best_places
from matching import Document
from tests.lended.operations.benchmarks.tiny import write_corpus

HERE = find_installed(PEERS)[0]
TWINS = [Document(key, "Twin", "the same words in each") for key in "zyx"]


@pytest.mark.parametrize("name", HERE)
def test_a_peer_ranks_the_document_with_the_words_first(name: str, tmp_path: Path) -> None:
    corpus = read_corpus(write_corpus(tmp_path / "tiny"))
    peer = make(PEERS[name])
    peer.fit(corpus.documents)
    queries = ["Misconceptions; about: fractions_bars?", "SINGING", ""]
    fractions, singing, nothing = peer.rank(queries, 10)
    assert (fractions[0], singing[0]) == (0, 1)
    assert nothing == [] or name == "MiniLM"


@pytest.mark.parametrize("name", HERE)
def test_a_peer_breaks_ties_by_place(name: str) -> None:
    peer = make(PEERS[name])
    peer.fit(TWINS)
    assert list(peer.rank(["same words"], 10)) == [[0, 1, 2]]


@pytest.mark.parametrize("name", [*ways(), *without_each_part()])
def test_ours_breaks_ties_by_place_in_every_way_it_is_measured(name: str) -> None:
    ours = (ways() | without_each_part())[name]()
    ours.fit(TWINS)
    assert list(ours.rank(["same words"], 10)) == [[0, 1, 2]]


def test_only_what_is_not_installed_is_missing() -> None:
    found, missing = find_installed(
        {"a": ("no.such", "Thing", {}), "b": ("fractions", "Fraction", {})}
    )
    assert found == ("b",)
    assert missing == ("a is missing: no is not installed.",)


def test_the_tools_for_tests_bring_every_peer_of_words() -> None:
    assert set(PEERS) - set(HERE) <= {"MiniLM"}
    assert importlib.util.find_spec("torch") is None


def test_the_best_places_are_few_positive_and_stable() -> None:
    assert best_places(np.array([0.0, 2.0, 1.0, 2.0, -1.0]), 3) == [1, 3, 2]
    assert best_places(np.array([0.0, 2.0, 1.0, 2.0, -1.0]), 9) == [1, 3, 2]


def test_nothing_is_left_out_where_ours_is_compared_with_peers() -> None:
    assert WAYS["LendED"]["floor"] == 0

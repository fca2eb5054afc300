"""Engines answer alike from a folder, and what is measured of them makes sense."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lended.operations.benchmarks.matching.engines import ENGINES, engine_called
from lended.operations.benchmarks.matching.installed import find_installed
from lended.operations.benchmarks.matching.invented import Inventor, key_of, write_documents
from lended.operations.benchmarks.matching.memory import Memory, measure_memory
from lended.operations.benchmarks.matching.speed import (
    HEAD,
    ROUND,
    SETTLING,
    Answering,
    Fitting,
    answer_all,
    fit,
    row,
    turns,
)
from matching import Document

SIZE = 120
RARE = Document(key_of(SIZE), "zuzuzuzu", "zuzuzuzu bobobobo")


def test_the_tools_for_tests_bring_every_engine() -> None:
    assert find_installed(ENGINES) == (tuple(ENGINES), ())


# Compiling for numba takes ten seconds, and only what is compiled would be new.
@pytest.mark.parametrize("name", [name for name in ENGINES if name != "bm25s, numba"])
def test_an_engine_finds_what_it_learnt_and_what_was_added(name: str, tmp_path: Path) -> None:
    documents = list(Inventor(SIZE).documents())
    documents[7] = replace(documents[7], text=f"{documents[7].text} wowowowo")
    engine_called(name).build(documents, tmp_path / "index")
    engine = engine_called(name)
    engine.open(tmp_path / "index")
    assert engine.find("wowowowo", 10)[0] == key_of(7)
    assert len(engine.find(documents[0].text, 10)) == 10
    if engine.can_add:
        engine.add(RARE)
        assert engine.find("zuzuzuzu", 10) == [RARE.key]
    else:
        with pytest.raises(NotImplementedError):
            engine.add(RARE)


def test_each_engine_is_asked_every_query_once_and_another_comes_first_each_round() -> None:
    queries = [f"query {place}" for place in range(2 * ROUND + 5)]
    names = ("a", "b", "c")
    asked = list(turns(names, queries))
    assert [name for name, _ in asked] == [*"abc", *"bca", *"cab"]
    for name in names:
        assert [query for who, part in asked if who == name for query in part] == queries


def test_measuring_gives_a_row_of_plausible_figures(tmp_path: Path) -> None:
    inventor, name = Inventor(SIZE), "tantivy"
    write_documents(inventor, tmp_path / "documents.tsv")
    fitting = fit(name, tmp_path / "documents.tsv", tmp_path / name)
    answering = answer_all([name], tmp_path, inventor, inventor.queries(SETTLING + 5))[name]
    assert len(answering.walls) == len(answering.cpus) == 5
    shown, *figures = row(name, fitting, answering, 2_000_000, Memory(3_000_000, 4_000_000))
    assert len(HEAD) == len(figures) + 1
    assert (shown, *figures[-3:]) == (name, "2.0", "3.0", "4.0")
    seconds, peak, load, middle, p99, cpu, add = map(float, figures[:-3])
    assert min(seconds, peak, load, cpu, add) >= 0
    assert 0 < middle <= p99


def test_what_cannot_be_told_is_not_made_up() -> None:
    answering = Answering(1.0, (1.0,), (1.0,), add=None)
    assert row("bm25s", Fitting(1.0, None), answering, 0, None).count("–") == 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what processes share")
def test_processes_that_answer_hold_the_index_and_themselves(tmp_path: Path) -> None:
    for index, size in (("small", SIZE), ("large", SIZE * 9)):
        engine_called("tantivy").build(Inventor(size).documents(), tmp_path / index)
    small, large = tmp_path / "small", tmp_path / "large"
    memory = measure_memory("tantivy", large, small, Inventor(SIZE).queries(9), processes=1)
    assert memory is not None
    assert abs(memory.index) < memory.in_all
    assert memory.in_all > 10_000_000

"""Quality is measured from the files to the tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lended.__main__ import main
from lended.operations.benchmarks.matching.measures import MEASURES, NDCG, Scores
from lended.operations.benchmarks.matching.quality import (
    Result,
    difference_table,
    measure_table,
    parts_table,
    slips_table,
)
from tests.conftest import SECRET
from tests.lended.operations.benchmarks.tiny import write_corpus


def result(*values: float, slipped: float = 1.0) -> Result:
    """Return a result with the same values on two collections, and worse ones with slips."""
    every = np.array(values)
    scores = Scores(dict.fromkeys(MEASURES, every))
    worse = Scores(dict.fromkeys(MEASURES, every * slipped))
    return Result({"a": scores, "b": scores}, {"a": worse, "b": worse})


def test_a_measure_is_shown_for_each_collection_and_on_the_mean() -> None:
    table = measure_table(NDCG, {"ours": result(0.5, 0.7)}, ("A note.",))
    assert table.head == ("", "a", "b", "mean")
    assert table.rows == (("ours", "0.600", "0.600", "0.600"),)
    assert table.notes == ("A note.",)


def test_a_difference_is_starred_when_it_is_more_than_chance() -> None:
    ours = result(*[0.9, 0.8] * 20)
    peers = {"worse": result(*[0.5, 0.4] * 20), "other": result(*[0.8, 0.9] * 20)}
    table = difference_table(peers, ours)
    assert table.rows == (
        ("worse", "+0.400*", "+0.400*", "+0.400*"),
        ("other", "+0.000 ", "+0.000 ", "+0.000 "),
    )


def test_a_part_adds_what_is_lost_without_it() -> None:
    table = parts_table({"without it": result(0.5)}, result(0.7))
    assert table.rows == (("without it", "-0.200", "-0.200", "-0.200"),)


def test_what_is_kept_with_slips_is_a_share() -> None:
    table = slips_table({"ours": result(0.5, 0.7, slipped=0.97)})
    assert table.rows == (("ours", "97.0 %", "97.0 %", "97.0 %"),)


def test_nothing_can_be_kept_of_nothing() -> None:
    assert slips_table({"ours": result(0.0)}).rows == (("ours", "–", "–", "–"),)


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a folder that LendED is started in."""
    monkeypatch.setenv("LENDED_SECRET_KEY", SECRET)
    monkeypatch.setenv("LENDED_DATA_FOLDER", str(tmp_path))
    return tmp_path


def test_the_command_measures_a_tiny_collection(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_corpus(surroundings / "ir" / "tiny")
    folder = str(surroundings / "ir")
    assert main(["bench", "matching", "--quality", "--markdown", "--collections", folder]) == 0
    shown = capsys.readouterr().out
    assert shown.count("| tiny | mean |") == 6
    for name in ("LendED", "bm25s", "tantivy", "scikit-learn TF-IDF"):
        assert f"| {name} | 1.000 | 1.000 |" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--quality", "--collections", "nowhere"], "nowhere is not there."),
        (["--speed", "--sizes", "many"], "'many' is not a list of numbers such as 1000,10000."),
        (["--speed", "--sizes", "1000,9"], "There must be at least 100 documents."),
    ],
)
def test_what_cannot_be_measured_is_said(
    arguments: list[str], said: str, surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "matching", *arguments]) != 0
    assert said in capsys.readouterr().err

"""Needs of teachers are asked of the demo as the need page asks, and judged by their grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from lended.needs.index import Index
from lended.operations.benchmarks.matching.needs import Verdict, demo_index, judge, kinds_table


@dataclass(frozen=True)
class Need:
    """A judged need."""

    id: str
    words: str
    grades: Mapping[str, int] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset({"plain"})
    codes: tuple[str, ...] = ()
    half: str = "held_out"
    nothing_fits: bool = False


@pytest.fixture(scope="module")
def answers() -> dict[str, Verdict]:
    """Ask the demo for a need that something fits, one judged otherwise, and one of nothing."""
    with demo_index() as index:
        first, second = best_of(index, "times tables")
        needs = [
            Need("right", "times tables", {first: 3, second: 2}),
            Need("wrong", "times tables", {second: 3}),
            Need("nothing", "qwxyz", nothing_fits=True),
        ]
        return {verdict.need.id: verdict for verdict in judge(index, needs)}


def best_of(index: Index, words: str) -> tuple[str, str]:
    """Return the two products that a plain ranking puts first."""
    first, second = index.matcher.rank(words, 2)
    return first.key, second.key


def test_the_first_suggestion_is_right_when_it_was_graded_so(answers: dict[str, Verdict]) -> None:
    assert answers["right"].right
    assert answers["right"].ndcg == 1
    assert not answers["wrong"].right
    assert answers["wrong"].ndcg == pytest.approx(0.631, abs=0.001)


def test_an_answer_of_nothing_is_noticed(answers: dict[str, Verdict]) -> None:
    assert [each.nothing for each in answers.values()] == [False, False, True]
    assert answers["nothing"].ndcg is None


def test_kinds_are_shown_apart_and_nothing_is_no_share() -> None:
    short, off = frozenset({"short"}), frozenset({"short", "off_topic"})
    verdicts = [
        Verdict(Need("a", "", kinds=short), ndcg=0.5, right=True, nothing=False),
        Verdict(Need("b", "", kinds=short), ndcg=0.0, right=False, nothing=True),
        Verdict(Need("c", "", kinds=off, nothing_fits=True), None, right=False, nothing=True),
    ]
    table = kinds_table("held_out", verdicts, verdicts[:1])
    assert table.title == "Needs of teachers: held out"
    assert table.rows == (
        ("all", "3", "0.250", "50 %", "100 %", "50 %"),
        ("all, codes confirmed", "1", "0.500", "100 %", "–", "0 %"),
        ("off topic", "1", "–", "–", "100 %", "–"),
        ("short", "3", "0.250", "50 %", "100 %", "50 %"),
    )

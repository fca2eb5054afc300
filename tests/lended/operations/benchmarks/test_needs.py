"""Needs of teachers are asked of the demo as the need page asks, and judged by their grades."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lended.needs.index import Index
from lended.operations.benchmarks.judged import JudgedNeed
from lended.operations.benchmarks.matching.needs import Verdict, demo_index, judge, kinds_table


def need(
    name: str, *kinds: str, words: str = "", grades: Mapping[str, int] | None = None
) -> JudgedNeed:
    return JudgedNeed(name, words, frozenset(kinds), (), grades or {})


@pytest.fixture(scope="module")
def answers() -> dict[str, Verdict]:
    """Ask the demo for a need that something fits, one judged otherwise, and one of nothing."""
    with demo_index() as index:
        first, second = best_of(index, "times tables")
        needs = [
            need("right", "plain", words="times tables", grades={first: 3, second: 2}),
            need("wrong", "plain", words="times tables", grades={second: 3}),
            need("nothing", "off_topic", words="qwxyz"),
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
    verdicts = [
        Verdict(need("a", "short"), ndcg=0.5, right=True, nothing=False),
        Verdict(need("b", "short"), ndcg=0.0, right=False, nothing=True),
        Verdict(need("c", "short", "off_topic"), None, right=False, nothing=True),
    ]
    table = kinds_table("held_out", verdicts, verdicts[:1])
    assert table.title == "Needs of teachers: held out"
    assert table.rows == (
        ("all", "3", "0.250", "50 %", "100 %", "50 %"),
        ("all, codes confirmed", "1", "0.500", "100 %", "–", "0 %"),
        ("off topic", "1", "–", "–", "100 %", "–"),
        ("short", "3", "0.250", "50 %", "100 %", "50 %"),
    )

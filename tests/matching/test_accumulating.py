"""Compiled loops and those of NumPy give the same numbers, to the last bit."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from matching import compiled
from matching.accumulating import Asked, head, scores
from matching.columns import TermColumns
from matching.counting import BLOCK
from matching.strings import Strings

HEIGHT = BLOCK + 300
HELD_BY = (40_000, 0, 7, 3_000, 60_000)
Result = TypeVar("Result")

pytestmark = pytest.mark.skipif(not compiled.available, reason="numba is not installed")


def made_up(chance: np.random.Generator) -> TermColumns:
    """Make up the columns of five terms in two blocks, with few impacts and so with many ties."""
    held = [np.sort(chance.choice(HEIGHT, many, replace=False)) for many in HELD_BY]
    parts = [rows[rows // BLOCK == block] % BLOCK for rows in held for block in range(2)]
    rows = np.concatenate(parts).astype(np.uint16)
    return TermColumns(
        terms=Strings.of("abcde"),
        rarity=np.ones(len(HELD_BY), dtype=np.float32),
        step=(chance.random(len(HELD_BY)) / 255).astype(np.float32),
        starts=np.cumsum([0, *map(len, parts)], dtype=np.int64),
        rows=rows,
        impacts=chance.choice(np.array([1, 7, 100, 255], dtype=np.uint8), len(rows)),
        blocks=2,
    )


@pytest.fixture(scope="module")
def columns() -> TermColumns:
    return made_up(np.random.default_rng(4))


@pytest.fixture(params=[0.0, 0.3, float("inf")])
def asked(columns: TermColumns, request: pytest.FixtureRequest) -> Asked:
    return Asked.of(columns, [3, 0, 1, 2, 4], [1.0, 0.7, 2.0, 1.3, 0.1], 4, request.param)


def in_numpy(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Result]) -> Result:
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "available", False)
        return act()


def test_scores_are_the_same(
    columns: TermColumns, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = in_numpy(monkeypatch, lambda: scores(columns, asked, HEIGHT))
    assert plain.any()
    assert np.array_equal(scores(columns, asked, HEIGHT), plain)


@pytest.mark.parametrize("limit", [0, 1, 10, 500])
def test_the_best_are_the_same_in_the_same_order(
    columns: TermColumns, asked: Asked, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed: NDArray[np.bool_] = np.random.default_rng(limit).random(HEIGHT) < 0.7
    rows, reached = head(columns, asked, limit, allowed)
    plain_rows, plain = in_numpy(monkeypatch, lambda: head(columns, asked, limit, allowed))
    assert len(rows) == (limit if np.isfinite(asked.least) else 0)
    assert np.array_equal(rows, plain_rows)
    assert np.array_equal(reached, plain)
